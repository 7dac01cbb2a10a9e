"""Questions of all endpoints go through here, each in its turn.

What is drafted goes into a queue in memory, so that who reads an answer slowly holds no thread.
"""

import asyncio
import logging
import math
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any, TypeVar

from anyio import CapacityLimiter, to_thread

from service.answering.answer import Answer
from service.answering.answerer import Answerer, Event
from service.answering.conversation import Turn
from service.http.turns import Stopping, Turns
from service.language_models.failures import Cancelled
from service.language_models.limits import Cancellation

T = TypeVar("T")

_log = logging.getLogger("footnote")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a client put it."""

    question: str
    history: tuple[Turn, ...] = ()
    document_ids: tuple[str, ...] | None = None


Observer = Callable[[Asked, Answer], None]
"""Called with each answer, in the thread that made it, before its client gets it."""


class Questions:
    """Has questions answered in their turns; made in no loop, used in one."""

    def __init__(self, turns: Turns) -> None:
        self.turns = turns
        self._threads = CapacityLimiter(math.inf)  # who has a turn has a thread
        self._at_work: dict[object, Cancellation] = {}
        self._tasks: set[asyncio.Task[Any]] = set()
        self.observers: list[Observer] = []

    @property
    def stopping(self) -> bool:
        return self.turns.stopping

    async def events(
        self, answerer: Answerer, asked: Asked, cancellation: Cancellation
    ) -> AsyncIterator[Event]:
        """Begin an answer; its events come as they are made, `cancellation` ends it.

        Raises Overloaded, at once or after waiting, and Stopping. The iterator raises what
        answering raises, Cancelled, and Stopping.
        """
        turn = await self.turns.take()
        queue: asyncio.Queue[Event | Exception | None] = asyncio.Queue()
        loop = asyncio.get_running_loop()

        def make() -> None:
            last: Exception | None = None
            try:
                for event in self._made(answerer, asked, cancellation):
                    loop.call_soon_threadsafe(queue.put_nowait, event)
            except Exception as error:
                last = error
            except BaseException as error:  # such as a panic in Rust: its reader must hear of it
                last = RuntimeError("answering was broken off")
                last.__cause__ = error
            loop.call_soon_threadsafe(queue.put_nowait, last)

        async def work() -> None:
            try:
                await to_thread.run_sync(make, limiter=self._threads)
            finally:
                del self._at_work[turn]
                self.turns.release(turn)

        self._at_work[turn] = cancellation
        self._begin(work())
        return self._read(queue)

    async def answer(self, answerer: Answerer, asked: Asked, cancellation: Cancellation) -> Answer:
        """The whole answer. Raises as `events` and its iterator do."""
        last: Event | None = None
        async for event in await self.events(answerer, asked, cancellation):
            last = event
        assert isinstance(last, Answer)
        return last

    async def call(self, work: Callable[[], T]) -> T:
        """Do something else that searches, in a turn of its own. Raises Overloaded, Stopping."""
        turn = await self.turns.take()

        async def working() -> T:
            try:
                return await to_thread.run_sync(work, limiter=self._threads)
            finally:
                self.turns.release(turn)

        # Who goes away leaves the thread at work, and so its turn.
        return await asyncio.shield(self._begin(working()))

    def _begin(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        task = asyncio.create_task(work)
        self._tasks.add(task)  # the loop itself holds no task
        task.add_done_callback(self._tasks.discard)
        return task

    def close(self) -> None:
        """Begin no more answers: the service was told to stop."""
        self.turns.stopping = True

    def stop(self) -> None:
        """End every answer at work, and begin no more."""
        self.close()
        for cancellation in list(self._at_work.values()):
            cancellation.cancel()

    def _made(
        self, answerer: Answerer, asked: Asked, cancellation: Cancellation
    ) -> Iterator[Event]:
        made = answerer.stream(asked.question, asked.history, asked.document_ids, cancellation)
        with closing(made) as events:
            for event in events:
                if isinstance(event, Answer):
                    self._tell(asked, event)
                yield event

    def _tell(self, asked: Asked, answer: Answer) -> None:
        for observer in self.observers:
            try:
                observer(asked, answer)
            except Exception as error:
                _log.error("an observer of answers failed", exc_info=error)

    async def _read(self, queue: "asyncio.Queue[Event | Exception | None]") -> AsyncIterator[Event]:
        while (item := await queue.get()) is not None:
            if isinstance(item, Cancelled) and self.stopping:
                raise Stopping from item
            if isinstance(item, Exception):
                raise item
            yield item
