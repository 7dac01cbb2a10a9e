"""A client that goes away stops the model that writes for it."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import httpx
import pytest

from tests.model_servers.reply import Reply
from tests.model_servers.scripted_server import ScriptedServer
from tests.service.written_service import (
    BUILT,
    WHO,
    ask,
    ingest_mill,
    numbers,
    word_checked,
)

SOON_S = 20.0  # long before the time limit
THREADS = 40  # for questions
MANY = 2 * THREADS
HISTORY = [
    {"role": "user", "content": "Who built the Aune mill?"},
    {"role": "assistant", "content": "Ida Holm built it. [1]"},
]
REPLIES = pytest.mark.parametrize(
    "reply",
    [
        Reply(hangs="before_headers"),
        Reply(hangs="before_text"),
        Reply(drips=True),
        Reply(("of ", "marble ", "or "), pause_s=0.01, endless=True),
    ],
    ids=["before headers", "before text", "signs of life", "while it writes"],
)


@pytest.fixture(scope="module")
def client(
    tmp_path_factory: pytest.TempPathFactory, server: ScriptedServer
) -> Iterator[httpx.Client]:
    index = ingest_mill(tmp_path_factory.mktemp("mill"))
    with word_checked(index, server, model_timeout_seconds=60) as client:
        yield client


@pytest.fixture(autouse=True)
def works(client: httpx.Client, server: ScriptedServer) -> None:
    server.says("NO ANSWER")
    ask(client, WHO)
    server.dropped.clear()
    server.requests.clear()


@REPLIES
@pytest.mark.parametrize("stream", [True, False], ids=["stream", "whole"])
@pytest.mark.parametrize("history", [[], HISTORY], ids=["answer", "rewriting"])
def test_a_client_that_goes_away_stops_the_model(
    client: httpx.Client,
    server: ScriptedServer,
    reply: Reply,
    stream: bool,
    history: list[dict[str, str]],
) -> None:
    server.says(reply)
    with asking(client, {"question": WHO, "stream": stream, "history": history}):
        until = time.monotonic() + SOON_S
        while not server.requests and time.monotonic() < until:
            time.sleep(0.01)
        assert not server.dropped.is_set()
    assert server.dropped.wait(SOON_S)
    assert len(server.requests) == 1
    server.says("NO ANSWER")
    assert ask(client, WHO)["abstained"]  # the service is as well as before


@pytest.mark.parametrize("stream", [True, False], ids=["stream", "whole"])
def test_answers_that_wait_for_the_model_hold_up_nothing_else(
    client: httpx.Client, server: ScriptedServer, stream: bool
) -> None:
    server.says(Reply(hangs="before_text"))
    with ExitStack() as stack:
        for _ in range(MANY):
            stack.enter_context(asking(client, {"question": WHO, "stream": stream}))
        until = time.monotonic() + SOON_S
        while len(server.requests) < THREADS and time.monotonic() < until:
            time.sleep(0.01)
        for path in ("/healthz", "/readyz", "/v1/documents", "/"):
            assert client.get(path, timeout=SOON_S).status_code == 200
    server.says("NO ANSWER")
    assert ask(client, WHO)["abstained"]


@contextmanager
def asking(client: httpx.Client, body: dict[str, object]) -> Iterator[None]:
    """A client that does not wait for the answer."""
    data = json.dumps(body).encode()
    head = (
        "POST /v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(data)}\r\n\r\n"
    )
    with socket.create_connection((client.base_url.host, client.base_url.port)) as sent:
        sent.sendall(head.encode() + data)
        yield


def test_a_client_that_leaves_after_a_statement_stops_the_rest(
    client: httpx.Client, server: ScriptedServer
) -> None:
    number = numbers(client, server, WHO)[BUILT]
    first = f"Ida Holm built the mill [{number}].\n"
    server.says(Reply((first, "It was 1898."), hangs="after_text"))
    with client.stream("POST", "/v1/ask", json={"question": WHO, "stream": True}) as response:
        assert any(line == "event: statement" for line in response.iter_lines())
        assert not server.dropped.is_set()
    assert server.dropped.wait(SOON_S)
