"""What ends a generation from outside: the time is up, or nobody waits for it any more."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from service.language_models.failures import Cancelled, ModelFailure


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment on the monotonic clock."""

    at: float

    @classmethod
    def after(cls, seconds: float) -> "Deadline":
        return cls(time.monotonic() + seconds)

    def left(self) -> float:
        """Seconds, 0 once it has passed."""
        return max(0.0, self.at - time.monotonic())

    @property
    def passed(self) -> bool:
        return time.monotonic() >= self.at


class Cancellation:
    """Says, from any thread, that whoever asked has gone. It cannot be taken back."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._callbacks: list[Callable[[], None]] = []
        self._cancelled = False

    @property
    def cancelled(self) -> bool:
        return self._cancelled

    def cancel(self) -> None:
        with self._lock:
            self._cancelled = True
            callbacks, self._callbacks = self._callbacks, []
        for callback in callbacks:
            callback()

    def on_cancel(self, callback: Callable[[], None]) -> None:
        """Call it once, in the thread that cancels; at once if that has happened."""
        with self._lock:
            if not self._cancelled:
                self._callbacks.append(callback)
                return
        callback()


@dataclass(frozen=True, slots=True)
class Limits:
    deadline: Deadline
    cancellation: Cancellation = field(default_factory=Cancellation)

    def hold(self, too_late: str) -> None:
        """Raises Cancelled when whoever asked has gone, and ModelFailure, which says `too_late`,
        when the time is up."""
        if self.cancellation.cancelled:
            raise Cancelled
        if self.deadline.passed:
            raise ModelFailure("timeout", f"{too_late} in time (FOOTNOTE_MODEL_TIMEOUT_SECONDS)")
