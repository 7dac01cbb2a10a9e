"""A generation ends when its time is up or nobody waits for it, and its connection with it."""

import threading
import time
from dataclasses import replace

import pytest

from service.language_models.failures import Cancelled
from service.language_models.limits import Cancellation, Deadline
from tests.language_models.asking import MESSAGES, ask, limits, model_at
from tests.model_servers.reply import Reply
from tests.model_servers.scripted_server import ScriptedServer

TEXT = Reply(("It is", " 47"))
NEVER_ENDING = {
    "hangs before the headers": (Reply(hangs="before_headers"), ""),
    "never ends the headers": (Reply(hangs="in_headers"), ""),
    "hangs before the text": (Reply(hangs="before_text"), ""),
    "hangs after the text": (replace(TEXT, hangs="after_text"), "It is 47"),
    "drips": (Reply(drips=True), ""),
    "repeats itself for ever": (replace(TEXT, endless=True, pause_s=0.02), "It is 47It is 47"),
    "thinks for ever": (Reply(("<think>", "hm"), endless=True, pause_s=0.02), ""),
}


@pytest.mark.parametrize("does", NEVER_ENDING)
def test_whatever_the_server_does_the_deadline_holds(server: ScriptedServer, does: str) -> None:
    reply, text = NEVER_ENDING[does]
    server.says("Ready.", reply)
    model = model_at(server)
    assert ask(model).text == "Ready."
    started = time.monotonic()
    outcome = ask(model, seconds=0.6)
    assert time.monotonic() - started < 5
    assert outcome.kind == "timeout"
    assert outcome.text.startswith(text)
    assert ("finish its answer" in str(outcome.failure)) == bool(text)
    assert server.dropped.wait(5), "the connection stayed open"


def test_no_request_is_made_when_the_time_is_up_already(server: ScriptedServer) -> None:
    assert ask(model_at(server), seconds=0).kind == "timeout"
    assert server.requests == []


def test_retries_are_within_the_deadline(server: ScriptedServer) -> None:
    server.says(Reply(status=500))
    started = time.monotonic()
    assert ask(model_at(server, model_retries=10), seconds=0.8).failure
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("reply", [Reply(hangs="before_headers"), replace(TEXT, endless=True)])
def test_cancelling_stops_the_generation(server: ScriptedServer, reply: Reply) -> None:
    server.says(replace(reply, pause_s=0.02))
    cancellation = Cancellation()
    threading.Thread(target=cancel_once_asked, args=(server, cancellation)).start()
    with pytest.raises(Cancelled):
        model_at(server).complete(MESSAGES, limits(60, cancellation))
    assert server.dropped.wait(5), "the connection stayed open"


def cancel_once_asked(server: ScriptedServer, cancellation: Cancellation) -> None:
    while not server.requests:
        time.sleep(0.01)
    time.sleep(0.1)
    cancellation.cancel()


def test_who_has_gone_already_is_not_answered(server: ScriptedServer) -> None:
    cancellation = Cancellation()
    cancellation.cancel()
    with pytest.raises(Cancelled):
        model_at(server).complete(MESSAGES, limits(60, cancellation))
    assert server.requests == []


def test_closing_the_iterator_stops_the_generation(server: ScriptedServer) -> None:
    server.says(replace(TEXT, endless=True, pause_s=0.02))
    stream = model_at(server).stream(MESSAGES, limits(60))
    assert next(stream) == "It is"
    stream.close()  # type: ignore[attr-defined]
    assert server.dropped.wait(5), "the connection stayed open"


def test_callbacks_are_called_once_also_when_they_come_late() -> None:
    calls: list[str] = []
    cancellation = Cancellation()
    cancellation.on_cancel(lambda: calls.append("early"))
    cancellation.cancel()
    cancellation.cancel()
    cancellation.on_cancel(lambda: calls.append("late"))
    assert calls == ["early", "late"]
    assert cancellation.cancelled


def test_a_deadline_has_nothing_left_once_it_has_passed() -> None:
    assert 50 < Deadline.after(60).left() <= 60
    assert not Deadline.after(60).passed
    passed = Deadline.after(-1)
    assert passed.passed
    assert passed.left() == 0
