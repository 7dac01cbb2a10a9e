"""A service that is told to stop: answers end well, and nothing holds it up for ever."""

import json
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.conftest import started
from tests.model_servers.reply import Reply
from tests.model_servers.scripted_server import ScriptedServer
from tests.service.written_service import BUILT, WHO, numbers
from tests.serving.test_overload import wait_until_asked

SOON_S = 30.0


def events(response: httpx.Response) -> list[tuple[str, dict[str, Any]]]:
    """The rest of a stream's events."""
    found, name = [], ""
    for line in response.iter_lines():
        field, _, value = line.partition(": ")
        if field == "event":
            name = value
        elif field == "data":
            found.append((name, json.loads(value)))
    return found


def test_an_answer_that_is_being_given_is_given_to_its_end(
    index: Path, server: ScriptedServer
) -> None:
    settings = {"model": server.model, "model_base_url": server.url}
    with started(index, **settings) as (process, client):
        number = numbers(client, server, WHO)[BUILT]
        words = ("Ida ", "Holm ", "built ", "the ", "Aune ", "mill ", f"[{number}].")
        server.says(Reply(words, pause_s=0.3))
        question = {"question": WHO, "stream": True}
        with client.stream("POST", "/v1/ask", json=question) as response:
            process.send_signal(signal.SIGTERM)
            told = events(response)
        assert [name for name, _ in told] == ["passages", "statement", "done"]
        assert told[-1][1]["statements"]
        assert process.wait(SOON_S) in (0, -signal.SIGTERM)


@pytest.mark.parametrize(("stream", "kind"), [(True, signal.SIGTERM), (False, signal.SIGINT)])
def test_an_answer_without_end_is_ended_and_says_so(
    index: Path, server: ScriptedServer, stream: bool, kind: signal.Signals
) -> None:
    settings = {"model": server.model, "model_base_url": server.url, "shutdown_seconds": "0.5"}
    with started(index, **settings) as (process, client), ThreadPoolExecutor(1) as pool:
        numbers(client, server, WHO)
        server.requests.clear()
        server.says(Reply(hangs="before_text"))
        asking = pool.submit(client.post, "/v1/ask", json={"question": WHO, "stream": stream})
        wait_until_asked(server)
        process.send_signal(kind)
        response = asking.result(SOON_S)
        if stream:
            name, problem = events(response)[-1]
            assert name == "error"
        else:
            problem = response.json()
            assert response.headers["retry-after"]
        assert problem["status"] == 503
        assert "being stopped" in problem["detail"]
        assert process.wait(SOON_S) in (0, -kind)


@pytest.mark.parametrize(("workers", "kind"), [("1", signal.SIGINT), ("2", signal.SIGTERM)])
def test_a_second_signal_does_not_wait_for_answers(
    index: Path, server: ScriptedServer, workers: str, kind: signal.Signals
) -> None:
    settings = {"model": server.model, "model_base_url": server.url, "shutdown_seconds": "120"}
    with (
        started(index, "--workers", workers, **settings) as (process, client),
        ThreadPoolExecutor(1) as pool,
    ):
        numbers(client, server, WHO)
        server.requests.clear()
        server.says(Reply(hangs="before_text"))
        asking = pool.submit(client.post, "/v1/ask", json={"question": WHO})
        wait_until_asked(server)
        process.send_signal(kind)
        time.sleep(1.5)
        assert not asking.done()
        process.send_signal(kind)
        response = asking.result(SOON_S)
        assert response.status_code == 503
        assert "being stopped" in response.json()["detail"]
        assert process.wait(SOON_S) in (0, -kind)


def test_a_connection_that_is_kept_does_not_hold_it_up(seeds_index: Path) -> None:
    with started(seeds_index) as (process, client):
        assert client.get("/readyz").status_code == 200  # and stays connected
        at = time.monotonic()
        process.terminate()
        process.wait(SOON_S)
        assert time.monotonic() - at < SOON_S / 2


def test_control_c_at_rest_ends_without_a_word(seeds_index: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with started(seeds_index, log=str(log)) as (process, client):
        assert client.get("/readyz").status_code == 200
        process.send_signal(signal.SIGINT)
        assert process.wait(SOON_S) == 0
    assert log.read_text() == ""
