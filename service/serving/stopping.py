"""Being told to stop: answers that are being given may end, for a while; then they are ended.

A server tells an application that it stops when all connections are closed, which a stream that
goes on holds up. So the signal is listened to beside the server, which stops listening and waits.
"""

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from service.http.questions import Questions

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def ends_answers(questions: Questions, after_s: float) -> Iterator[None]:
    """While inside, in the loop that serves: have `questions` take no more once the process is
    told to stop, and end what is at work `after_s` seconds later."""
    if threading.current_thread() is not threading.main_thread():
        yield  # in a thread nobody hears signals
        return
    loop = asyncio.get_running_loop()

    def stop() -> None:
        questions.close()
        loop.call_later(after_s, questions.stop)

    before = {kind: signal.getsignal(kind) for kind in _SIGNALS}
    for kind, handler in before.items():
        signal.signal(kind, _both(lambda: loop.call_soon_threadsafe(stop), handler))
    try:
        yield
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)


def _both(ours: Callable[[], Any], theirs: Any) -> Callable[[int, FrameType | None], None]:
    def handle(kind: int, frame: FrameType | None) -> None:
        ours()
        if callable(theirs):
            theirs(kind, frame)

    return handle
