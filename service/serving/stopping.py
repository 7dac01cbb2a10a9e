"""Being told to stop: answers that are being given may end, for a while; then they are ended.

A server tells an application that it stops when all connections are closed, which a stream that
goes on holds up. So the signal is listened to beside the server, which stops listening and waits.
"""

import asyncio
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from service.http.questions import Questions

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_ONE_STOP_S = 1.0  # a worker may be told twice: with its whole group, and by its supervisor


@contextmanager
def ends_answers(questions: Questions, after_s: float) -> Iterator[None]:
    """While inside, in the loop that serves: have `questions` take no more once the process is
    told to stop, and end what is at work `after_s` seconds later, or when it is told again."""
    if threading.current_thread() is not threading.main_thread():
        yield  # in a thread nobody hears signals
        return
    loop = asyncio.get_running_loop()

    told_at: float | None = None

    def stop() -> None:
        questions.close()
        loop.call_later(after_s, questions.stop)

    def handle(kind: int, frame: FrameType | None) -> None:
        nonlocal told_at
        if told_at is None:
            told_at = time.monotonic()
            loop.call_soon_threadsafe(stop)
            server = before[signal.Signals(kind)]
            if callable(server):
                server(kind, frame)
        elif time.monotonic() - told_at >= _ONE_STOP_S:
            loop.call_soon_threadsafe(questions.stop)  # the server itself would break them off

    before = {kind: signal.getsignal(kind) for kind in _SIGNALS}
    for kind in _SIGNALS:
        signal.signal(kind, handle)
    try:
        yield
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)
