"""A server is asked again only where that may help, and only while nothing has been said."""

import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from service.language_models.retry_after import retry_after_seconds
from tests.language_models.asking import ask, model_at
from tests.model_servers.reply import Reply, says
from tests.model_servers.scripted_server import ScriptedServer

YES = says("It is 47 metres tall.")


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_or_failing_server_is_asked_again(server: ScriptedServer, status: int) -> None:
    server.says(Reply(status=status), YES)
    outcome = ask(model_at(server, model_retries=1))
    assert outcome.text == "It is 47 metres tall."
    assert len(server.requests) == 2


def test_it_is_asked_no_more_often_than_the_settings_say(server: ScriptedServer) -> None:
    server.says(Reply(status=500))
    assert ask(model_at(server, model_retries=1)).kind == "server_error"
    assert len(server.requests) == 2
    assert ask(model_at(server, model_retries=0)).kind == "server_error"
    assert len(server.requests) == 3


@pytest.mark.parametrize(
    "reply",
    [
        Reply(status=401),
        Reply(status=404),
        Reply(status=400),
        Reply(raw="{nonsense"),
        Reply(("It is",), breaks_after=1),
        Reply(("It is",), error_after=1),
    ],
    ids=["key", "model", "request", "no JSON", "broken off", "failed midway"],
)
def test_what_would_not_help_is_not_tried(server: ScriptedServer, reply: Reply) -> None:
    server.says(reply, YES)
    assert ask(model_at(server, model_retries=3)).failure
    assert len(server.requests) == 1


def test_retry_after_is_honoured_in_seconds(server: ScriptedServer) -> None:
    server.says(Reply(status=429, headers={"Retry-After": "1"}), YES)
    assert ask(model_at(server, model_retries=1)).text == "It is 47 metres tall."
    first, second = (request.at for request in server.requests)
    assert second - first >= 0.95


def test_who_is_busy_for_longer_than_there_is_time_is_left_at_once(server: ScriptedServer) -> None:
    server.says(Reply(status=429, headers={"Retry-After": "30"}), YES)
    started = time.monotonic()
    outcome = ask(model_at(server, model_retries=3), seconds=20)
    assert time.monotonic() - started < 10
    assert outcome.kind == "rate_limited"
    assert "in 30 seconds" in str(outcome.failure)
    assert outcome.failure
    assert outcome.failure.retry_after_s == 30
    assert len(server.requests) == 1


def test_retry_after_is_read_as_seconds_or_as_a_date() -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    assert retry_after_seconds({"retry-after": "2.5"}) == 2.5
    assert 80 < (retry_after_seconds({"retry-after": soon}) or 0) <= 90
    past = format_datetime(datetime.now(UTC) - timedelta(seconds=90), usegmt=True)
    assert retry_after_seconds({"retry-after": past}) == 0
    for unreadable in ("", "soon", "-3"):
        assert retry_after_seconds({"retry-after": unreadable}) is None
    assert retry_after_seconds({}) is None
