"""Threads for questions, apart from those of everything else: answers that wait for a language
model may take all of these, and the service still tells that it is alive and shows its pages."""

from collections.abc import AsyncIterator, Iterator
from typing import Annotated

from anyio import CapacityLimiter, to_thread
from fastapi import Depends, FastAPI, Request

_MOST = 40  # at once; more questions wait for their turn


def install(app: FastAPI) -> None:
    app.state.question_threads = CapacityLimiter(_MOST)


def _threads(request: Request) -> CapacityLimiter:
    threads: CapacityLimiter = request.app.state.question_threads
    return threads


QuestionThreads = Annotated[CapacityLimiter, Depends(_threads)]


async def in_threads(events: Iterator[bytes], threads: CapacityLimiter) -> AsyncIterator[bytes]:
    """Each step of the iterator in one of the threads."""
    while (event := await to_thread.run_sync(next, events, None, limiter=threads)) is not None:
        yield event
