"""More than can be answered: some wait, others are refused at once, nothing slows for all."""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest

from service.answering.answerer import Answerer
from service.http.questions import Asked, Questions
from service.http.turns import Overloaded, Turns
from service.language_models.limits import Cancellation
from tests.conftest import serving
from tests.model_servers.reply import Reply
from tests.model_servers.scripted_server import ScriptedServer
from tests.service.test_cancelling import asking
from tests.service.written_service import WHO

SOON_S = 20.0
QUESTION: dict[str, object] = {"question": WHO}


@contextmanager
def narrow(index: Path, server: ScriptedServer, **settings: object) -> Iterator[httpx.Client]:
    """A service that works on one question at a time, and lets one wait."""
    limits = {"concurrent_answers": 1, "waiting_answers": 1, "model_retries": 0}
    model = {"model": server.model, "model_base_url": server.url}
    with serving(index, **limits | model | settings) as client:
        server.says("NO ANSWER")
        assert client.post("/v1/ask", json=QUESTION).status_code == 200
        server.requests.clear()
        yield client


def wait_until_asked(server: ScriptedServer) -> None:
    until = time.monotonic() + SOON_S
    while not server.requests and time.monotonic() < until:
        time.sleep(0.01)


def refused(response: httpx.Response) -> None:
    assert response.status_code == 503
    assert int(response.headers["retry-after"]) >= 1
    assert "ask again" in response.json()["detail"]


@pytest.mark.parametrize("stream", [True, False])
def test_one_is_answered_one_waits_and_others_are_refused_at_once(
    index: Path, server: ScriptedServer, stream: bool
) -> None:
    with narrow(index, server, wait_seconds=60) as client, ExitStack() as first:
        server.says(Reply(hangs="before_text"))
        first.enter_context(asking(client, {**QUESTION, "stream": stream}))
        wait_until_asked(server)
        answers: list[httpx.Response] = []
        body = {**QUESTION, "stream": stream}
        waiting = threading.Thread(
            target=lambda: answers.append(
                httpx.post(f"{client.base_url}/v1/ask", json=body, timeout=60)
            )
        )
        waiting.start()
        time.sleep(0.5)
        refused(client.get("/v1/search?q=mill"))
        refused(client.post("/v1/ask", json=body))
        assert client.get("/readyz").status_code == 200
        server.says("NO ANSWER")
        first.close()  # its client goes away
        waiting.join(SOON_S)
        assert [answer.status_code for answer in answers] == [200]


def test_who_has_waited_long_enough_is_refused(index: Path, server: ScriptedServer) -> None:
    with narrow(index, server, wait_seconds=0.3) as client:
        server.says(Reply(hangs="before_text"))
        with asking(client, QUESTION):
            wait_until_asked(server)
            refused(client.post("/v1/ask", json=QUESTION))
            refused(client.get("/v1/search?q=mill"))


def test_who_goes_away_leaves_the_place_it_waited_at(index: Path, server: ScriptedServer) -> None:
    with narrow(index, server, wait_seconds=60) as client, ExitStack() as first:
        server.says(Reply(hangs="before_text"))
        first.enter_context(asking(client, QUESTION))
        wait_until_asked(server)
        for stream in (True, False):
            with asking(client, {**QUESTION, "stream": stream}):
                time.sleep(0.3)
        time.sleep(0.3)
        answers: list[httpx.Response] = []
        waiting = threading.Thread(
            target=lambda: answers.append(client.post("/v1/ask", json=QUESTION))
        )
        waiting.start()
        time.sleep(0.3)
        assert answers == []
        server.says("NO ANSWER")
        first.close()
        waiting.join(SOON_S)
        assert answers[0].status_code == 200


def test_open_requests_are_bounded_and_signs_of_life_are_not(
    index: Path, server: ScriptedServer
) -> None:
    with narrow(index, server, most_requests=1) as client:
        server.says(Reply(hangs="before_text"))
        with asking(client, {**QUESTION, "stream": True}):
            wait_until_asked(server)
            refused(client.get("/v1/documents"))
            assert client.get("/healthz").status_code == 200
        until = time.monotonic() + SOON_S
        while client.get("/v1/documents").status_code != 200:
            assert time.monotonic() < until


def test_who_reads_slowly_holds_no_turn(seeds_index: Path) -> None:
    body = {"question": "Who is Chen Xu?", "stream": True}
    settings = {"concurrent_answers": "1", "waiting_answers": "1"}
    with serving(seeds_index, **settings) as client, ExitStack() as slow:
        for _ in range(5):
            opened = slow.enter_context(client.stream("POST", "/v1/ask", json=body))
            assert opened.status_code == 200  # and nothing of it is read
        assert client.post("/v1/ask", json={"question": "Who is Chen Xu?"}).status_code == 200


def test_a_search_whose_client_is_gone_keeps_its_turn_until_it_has_ended(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, goes_on = threading.Semaphore(0), threading.Event()

    def search(*_: object) -> list[object]:
        begun.release()
        goes_on.wait(SOON_S)
        return []

    monkeypatch.setattr(Answerer, "search", search)
    with serving(index, concurrent_answers=1, waiting_answers=0) as client:
        with pytest.raises(httpx.ReadTimeout):
            client.get("/v1/search?q=mill", timeout=0.5)
        assert begun.acquire(timeout=SOON_S)
        time.sleep(0.3)
        refused(client.get("/v1/search?q=mill"))
        goes_on.set()
        until = time.monotonic() + SOON_S
        while client.get("/v1/search?q=mill").status_code != 200:
            assert time.monotonic() < until


class Panic(BaseException):
    """As a library in Rust raises it."""


@pytest.mark.parametrize("stream", [True, False])
def test_what_no_library_should_raise_ends_an_answer_and_frees_its_turn(
    index: Path, monkeypatch: pytest.MonkeyPatch, stream: bool
) -> None:
    def panics(*_: object) -> Iterator[object]:
        raise Panic
        yield

    with serving(index, concurrent_answers=1, waiting_answers=0) as client:
        with monkeypatch.context() as patch:
            patch.setattr(Answerer, "stream", panics)
            for _ in range(2):
                response = client.post("/v1/ask", json={**QUESTION, "stream": stream})
                assert response.status_code == (200 if stream else 500)
                assert "Something went wrong inside the service" in response.text
        assert client.post("/v1/ask", json=QUESTION).status_code == 200


def test_an_answer_that_has_just_begun_is_ended_too() -> None:
    """Told to stop between a turn's beginning and its thread's."""
    cancellation = Cancellation()

    async def stopped_at_once() -> None:
        questions = Questions(Turns(concurrent=1, waiting=0, wait_s=1.0))
        answerer = SimpleNamespace(stream=lambda *_: iter(()))
        await questions.events(answerer, Asked(WHO), cancellation)  # type: ignore[arg-type]
        questions.stop()

    asyncio.run(stopped_at_once())
    assert cancellation.cancelled


def test_who_would_wait_too_long_is_refused_before_waiting() -> None:
    async def outcomes() -> list[object]:
        turns = Turns(concurrent=1, waiting=100, wait_s=1.0)
        turn = await turns.take()
        await asyncio.sleep(0.3)  # so long takes a turn
        turns.release(turn)
        turn = await turns.take()
        waits = [asyncio.create_task(turns.take()) for _ in range(20)]
        refused, waiting = await asyncio.wait(waits, timeout=0.2)
        for task in waiting:
            task.cancel()
        turns.release(turn)
        return [len(waiting), *(type(task.exception()) for task in refused)]

    waiting, *refusals = asyncio.run(outcomes())
    assert waiting in (2, 3)
    assert set(refusals) == {Overloaded}
