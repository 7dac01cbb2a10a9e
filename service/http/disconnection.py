"""Work for a client that may go away before it is done."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import Request

from service.language_models.failures import Cancelled

T = TypeVar("T")


async def unless_gone(
    request: Request, work: Callable[[], T], gone: Callable[[], None], threads: CapacityLimiter
) -> T | None:
    """The result of work in one of the threads; None when it was cancelled. `gone` is called when
    the client goes away meanwhile."""
    watching = asyncio.create_task(_watch(request, gone))
    try:
        return await to_thread.run_sync(work, limiter=threads)
    except Cancelled:
        return None
    finally:
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching


async def _watch(request: Request, gone: Callable[[], None]) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
    gone()
