"""One event loop in a thread of its own, for what must be ended from outside at any instant."""

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from functools import cache
from typing import Any


@cache
def _loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="language models", daemon=True).start()
    return loop


_starting = threading.Lock()


def run_in_background(coroutine: Coroutine[Any, Any, None]) -> "Future[None]":
    """Cancelling the future cancels the coroutine, wherever it waits."""
    with _starting:  # so that two threads do not make two loops
        loop = _loop()
    return asyncio.run_coroutine_threadsafe(coroutine, loop)
