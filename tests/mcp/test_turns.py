"""Questions of MCP clients take turns with all others, and end when their client goes."""

import time
from collections.abc import Iterator

import anyio
import httpx
import pytest
from mcp import Client

from tests.mcp.conftest import Library, connected, said
from tests.model_servers.reply import Reply
from tests.model_servers.scripted_server import ScriptedServer, openai_server
from tests.service.written_service import WHO, word_checked

pytestmark = pytest.mark.anyio
SOON_S = 20.0
MODES = pytest.mark.parametrize("mode", ["auto", "legacy"])


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedServer]:
    with openai_server() as server:
        yield server


@pytest.fixture(scope="module")
def http(library: Library, server: ScriptedServer) -> Iterator[httpx.Client]:
    """A service that works on one question at a time, and lets none wait."""
    with word_checked(library.index, server, concurrent_answers=1, waiting_answers=0) as http:
        yield http


@MODES
async def test_a_client_that_cancels_stops_the_model(
    http: httpx.Client, server: ScriptedServer, mode: str
) -> None:
    server.dropped.clear()
    server.says(Reply(hangs="before_text"))
    async with connected(http, mode=mode) as client, anyio.create_task_group() as tasks:
        tasks.start_soon(_ask, client)
        await _asked(server)
        tasks.cancel_scope.cancel()
    assert await anyio.to_thread.run_sync(server.dropped.wait, SOON_S)
    server.says("NO ANSWER")
    async with connected(http) as client:  # the turn is free again
        assert not (await client.call_tool("ask", {"question": WHO})).is_error


async def test_one_question_too_many_is_told_to_come_again(
    http: httpx.Client, server: ScriptedServer
) -> None:
    server.says(Reply(hangs="before_text"))
    async with connected(http) as client, anyio.create_task_group() as tasks:
        tasks.start_soon(_ask, client)
        await _asked(server)
        for tool, arguments in (("ask", {"question": WHO}), ("search", {"query": "mill"})):
            result = await client.call_tool(tool, arguments)
            assert result.is_error
            assert said(result).startswith("More is being asked than the service can answer now")
        tasks.cancel_scope.cancel()
    server.says("NO ANSWER")


async def _ask(client: Client) -> None:
    await client.call_tool("ask", {"question": WHO})


async def _asked(server: ScriptedServer) -> None:
    server.requests.clear()
    until = time.monotonic() + SOON_S
    while not server.requests and time.monotonic() < until:
        await anyio.sleep(0.01)
    assert server.requests
