"""Work for a client that may go away before it is done."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, TypeVar

from fastapi import Request

T = TypeVar("T")


async def unless_gone(
    request: Request, work: Coroutine[Any, Any, T], gone: Callable[[], None]
) -> T | None:
    """The result of the work; None when the client went away meanwhile: then `gone` is called,
    as when this is cancelled, and the work is not waited for."""
    working, watching = asyncio.create_task(work), asyncio.create_task(_watch(request))
    try:
        await asyncio.wait((working, watching), return_when=asyncio.FIRST_COMPLETED)
        return await working if working.done() else None
    finally:
        if not working.done():
            gone()
        for task in (working, watching):
            task.cancel()
        with suppress(asyncio.CancelledError):
            await watching


async def _watch(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
