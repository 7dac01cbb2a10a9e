"""Whether a language model wrote a statement is told with it: it may hold Markdown then."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.model_servers.reply import Reply
from tests.model_servers.scripted_server import ScriptedServer
from tests.service.written_service import BUILT, WHO, ask, events, numbers, word_checked


@pytest.fixture(scope="module")
def client(index: Path, server: ScriptedServer) -> Iterator[httpx.Client]:
    with word_checked(index, server, model_timeout_seconds=20) as client:
        yield client


def told(client: httpx.Client) -> set[bool]:
    """Of each statement, as it is streamed and in the whole answer."""
    streamed = events(client, WHO)
    statements = [data for name, data in streamed if name == "statement"]
    whole = streamed[-1][1]["statements"]
    assert len(statements) == len(whole) > 0
    return {one["written"] for one in (*statements, *whole)}


def test_what_a_model_wrote_says_so(client: httpx.Client, server: ScriptedServer) -> None:
    number = numbers(client, server, WHO)[BUILT]
    server.says(f"The **Aune mill** was built by Ida Holm [{number}].")
    assert told(client) == {True}


def test_what_is_quoted_in_its_place_does_not(client: httpx.Client, server: ScriptedServer) -> None:
    server.replies = [Reply(status=500)]
    assert told(client) == {False}
    assert ask(client, WHO)["notice"]
