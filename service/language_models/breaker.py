"""A circuit breaker: a model that fails again and again is left alone for a while."""

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from pybreaker import (
    STATE_CLOSED,
    STATE_OPEN,
    CircuitBreaker,
    CircuitBreakerError,
    CircuitBreakerListener,
    CircuitBreakerState,
    CircuitMemoryStorage,
)

from service.language_models.failures import ModelFailure, StoppedEarly
from service.observing.metrics import OPEN_CIRCUITS

_FAILURES = 5  # in a row
_REST_S = 30.0
_LEAST_WAIT_S = 1.0  # for who asks during the trial, whose end nobody knows
_THE_SERVERS = ("unreachable", "timeout", "server_error", "malformed", "broke_off")


class Breaker:
    def __init__(self, name: str, failures: int = _FAILURES, rest_s: float = _REST_S) -> None:
        self._name, self._failures, self._rest_s = name, failures, rest_s
        self._state = CircuitMemoryStorage(STATE_CLOSED)
        self._trial = threading.Lock()
        self._breaker = CircuitBreaker(
            fail_max=failures,
            reset_timeout=rest_s,
            state_storage=self._state,
            throw_new_error_on_trip=False,
            listeners=[_Shown()],
        )

    def guard(self, stream: Callable[[], Iterator[str]]) -> Iterator[str]:
        """What `stream` gives, which is a generator function; ModelFailure `resting` when it is
        not called, since it failed too often, or while one trial after the rest is under way."""
        if self._breaker.current_state == STATE_CLOSED:
            yield from self._counted(stream)
        elif self._trial.acquire(blocking=False):
            try:
                if self._rest_left_s() > 0:
                    raise self._resting()
                yield from self._counted(stream)
            finally:
                self._trial.release()
        else:
            raise self._resting()

    def _counted(self, stream: Callable[[], Iterator[str]]) -> Iterator[str]:
        """A whole answer is a success. What is not the server's failure, such as a caller who
        leaves, is nothing at all: for pybreaker an excluded error would be a success."""
        try:
            yield from stream()
        except ModelFailure as failure:
            if _is_the_servers(failure):
                self._count(failure)
            raise
        self._count(None)

    def _count(self, failure: ModelFailure | None) -> None:
        def outcome() -> None:
            if failure:
                raise failure

        # Others may have opened it while this one was under way.
        with suppress(ModelFailure, CircuitBreakerError):
            self._breaker.call(outcome)

    def _rest_left_s(self) -> float:
        opened = self._state.opened_at
        if self._breaker.current_state != STATE_OPEN or opened is None:
            return 0.0
        return (opened + timedelta(seconds=self._rest_s) - datetime.now(UTC)).total_seconds()

    def _resting(self) -> ModelFailure:
        return ModelFailure(
            "resting",
            f"{self._name} failed {self._failures} times in a row and is left alone for "
            f"{self._rest_s:.0f} seconds",
            retry_after_s=max(_LEAST_WAIT_S, self._rest_left_s()),
        )


class _Shown(CircuitBreakerListener):
    def state_change(
        self,
        cb: CircuitBreaker,
        old_state: CircuitBreakerState | None,
        new_state: CircuitBreakerState,
    ) -> None:
        OPEN_CIRCUITS.set(new_state.name != STATE_CLOSED)


def _is_the_servers(failure: ModelFailure) -> bool:
    return failure.kind in _THE_SERVERS and not isinstance(failure, StoppedEarly)
