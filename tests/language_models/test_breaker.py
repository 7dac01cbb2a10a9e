"""A model that fails again and again is left alone for a while, then tried once."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from service.language_models.breaker import Breaker
from service.language_models.failures import Cancelled, FailureKind, ModelFailure
from tests.language_models.asking import ask, model_at
from tests.model_servers.reply import Reply, says
from tests.model_servers.scripted_server import ScriptedServer

REST_S = 0.3


def test_after_five_failures_the_server_is_not_asked_any_more(server: ScriptedServer) -> None:
    server.says(Reply(status=500))
    model = model_at(server)
    kinds = [ask(model).kind for _ in range(7)]
    assert kinds == ["server_error"] * 5 + ["resting"] * 2
    assert len(server.requests) == 5
    failure = ask(model).failure
    assert failure
    assert "left alone for 30 seconds" in str(failure)
    assert 20 < (failure.retry_after_s or 0) <= 30


def test_an_answer_in_between_begins_the_count_anew(server: ScriptedServer) -> None:
    failures = [Reply(status=500)] * 4
    server.says(*failures, says("Yes."), *failures, says("Yes."))
    model = model_at(server)
    kinds = [ask(model).kind for _ in range(10)]
    assert kinds == ["server_error"] * 4 + [None] + ["server_error"] * 4 + [None]


@pytest.mark.parametrize("status", [401, 404, 429])
def test_what_is_not_the_servers_failure_does_not_count(
    server: ScriptedServer, status: int
) -> None:
    server.says(Reply(status=status))
    model = model_at(server)
    assert "resting" not in [ask(model).kind for _ in range(7)]


@pytest.mark.parametrize("finish", ["length", "content_filter"])
def test_an_answer_that_is_cut_off_does_not_count(server: ScriptedServer, finish: Any) -> None:
    server.says(Reply(("It is",), finish=finish))
    model = model_at(server, model_retries=3)
    assert [ask(model).kind for _ in range(7)] == ["broke_off"] * 7
    assert len(server.requests) == 7, "it was asked again"


@pytest.mark.parametrize("status", [401, 429])
def test_what_is_not_the_servers_failure_is_no_success_either(
    server: ScriptedServer, status: int
) -> None:
    failures = [Reply(status=500)] * 4
    server.says(*failures, Reply(status=status), Reply(status=500))
    model = model_at(server)
    kinds = [ask(model).kind for _ in range(7)]
    assert kinds[5:] == ["server_error", "resting"]


def fails(kind: FailureKind) -> Callable[[], Iterator[str]]:
    def stream() -> Iterator[str]:
        yield "It is"
        raise ModelFailure(kind, "it failed")

    return stream


def answers() -> Iterator[str]:
    yield "It is"
    yield " 47"


def kind_of(breaker: Breaker, stream: Callable[[], Iterator[str]]) -> str | None:
    try:
        list(breaker.guard(stream))
    except ModelFailure as failure:
        return failure.kind
    return None


@pytest.fixture
def resting() -> Breaker:
    breaker = Breaker("it", failures=2, rest_s=REST_S)
    assert [kind_of(breaker, fails("timeout")) for _ in range(2)] == ["timeout"] * 2
    assert kind_of(breaker, answers) == "resting"
    return breaker


def test_after_the_rest_an_answer_ends_it(resting: Breaker) -> None:
    time.sleep(REST_S)
    assert kind_of(resting, answers) is None
    assert kind_of(resting, fails("timeout")) == "timeout"
    assert kind_of(resting, answers) is None


def test_after_the_rest_one_failure_begins_another(resting: Breaker) -> None:
    time.sleep(REST_S)
    assert kind_of(resting, fails("timeout")) == "timeout"
    assert kind_of(resting, answers) == "resting"


def leaves() -> Iterator[str]:
    yield "It is"
    raise Cancelled


@pytest.mark.parametrize("kind", ["bad_key", "rate_limited"])
def test_a_trial_that_tells_nothing_leaves_it_to_the_next(
    resting: Breaker, kind: FailureKind
) -> None:
    time.sleep(REST_S)
    assert kind_of(resting, fails(kind)) == kind
    with pytest.raises(Cancelled):
        list(resting.guard(leaves))
    closed = resting.guard(answers)
    next(closed)
    closed.close()  # type: ignore[attr-defined]
    assert kind_of(resting, fails("timeout")) == "timeout"
    assert kind_of(resting, answers) == "resting"


def test_a_caller_who_leaves_does_not_begin_the_count_anew() -> None:
    breaker = Breaker("it", failures=2, rest_s=60)
    kind_of(breaker, fails("timeout"))
    closed = breaker.guard(answers)
    next(closed)
    closed.close()  # type: ignore[attr-defined]
    with pytest.raises(Cancelled):
        list(breaker.guard(leaves))
    kind_of(breaker, fails("timeout"))
    assert kind_of(breaker, answers) == "resting"


def test_during_a_trial_the_others_are_told_to_wait_a_second(resting: Breaker) -> None:
    time.sleep(REST_S)
    trial = resting.guard(answers)
    next(trial)
    with pytest.raises(ModelFailure) as raised:
        list(resting.guard(answers))
    assert raised.value.retry_after_s == 1


def test_while_it_is_tried_the_others_wait(resting: Breaker) -> None:
    time.sleep(REST_S)
    trial = resting.guard(answers)
    assert next(trial) == "It is"
    assert kind_of(resting, answers) == "resting"
    assert list(trial) == [" 47"]
    assert kind_of(resting, answers) is None
