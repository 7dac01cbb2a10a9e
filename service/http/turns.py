"""Turns to work: as many at once as the service can; some wait, the rest are refused at once."""

import asyncio
import math
import time

from anyio import CapacityLimiter

from ingest.errors import FootnoteError
from service.observing.metrics import QUESTIONS, REFUSALS

_MEMORY = 0.1  # the share that the newest turn has in what turns are expected to take


class Overloaded(FootnoteError):
    """More is asked than the service can answer now."""

    def __init__(self, retry_after_s: float = 1.0) -> None:
        """`retry_after_s`: when it may have room again, in seconds."""
        super().__init__("more is being asked than the service can answer now: ask again soon")
        self.retry_after_s = retry_after_s


class Stopping(FootnoteError):
    """The service was told to stop."""

    retry_after_s = 5.0

    def __init__(self) -> None:
        super().__init__("the service is being stopped: ask again when it is back")


class Turns:
    """Bounds the work that is done at once, and the wait for it. Used in one loop."""

    def __init__(self, concurrent: int, waiting: int, wait_s: float) -> None:
        """`waiting`: the most that wait; `wait_s`: how long each may."""
        self.concurrent = concurrent
        self.stopping = False
        """Whether the service was told to stop: streams that wait for something should end."""
        self._most_waiting = waiting
        self._wait_s = wait_s
        self._limiter = CapacityLimiter(concurrent)
        self._began: dict[object, float] = {}
        self._takes_s = 0.0
        """What a turn takes: an exponential moving average."""

    @property
    def running(self) -> int:
        return self._limiter.borrowed_tokens

    @property
    def waiting(self) -> int:
        return self._limiter.statistics().tasks_waiting

    async def take(self) -> object:
        """A turn, to be released. Raises Overloaded, at once where waiting would take too long,
        and Stopping."""
        self._go_on_or_stop()
        self._refuse_what_waits_in_vain()
        turn = object()
        try:
            with QUESTIONS.labels("waiting").track_inprogress():
                async with asyncio.timeout(self._wait_s):
                    await self._limiter.acquire_on_behalf_of(turn)
        except TimeoutError:
            raise self._overloaded() from None
        self._began[turn] = time.monotonic()
        QUESTIONS.labels("running").inc()
        if self.stopping:
            self.release(turn)
        self._go_on_or_stop()
        return turn

    def release(self, turn: object) -> None:
        took = time.monotonic() - self._began.pop(turn)
        self._takes_s += _MEMORY * (took - self._takes_s) if self._takes_s else took
        QUESTIONS.labels("running").dec()
        self._limiter.release_on_behalf_of(turn)

    def _refuse_what_waits_in_vain(self) -> None:
        if self.running < self.concurrent:
            return
        if self.waiting >= self._most_waiting or self._expected_wait_s() > self._wait_s:
            raise self._overloaded()

    def _expected_wait_s(self) -> float:
        return (self.waiting + 1) * self._takes_s / self.concurrent

    def _overloaded(self) -> Overloaded:
        REFUSALS.labels("overload").inc()
        return Overloaded(max(1, math.ceil(min(self._expected_wait_s(), self._wait_s))))

    def _go_on_or_stop(self) -> None:
        if self.stopping:
            REFUSALS.labels("stopping").inc()
            raise Stopping
