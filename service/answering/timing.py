"""Where the time of an answer goes, while its steps take turns."""

import time
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import Self, TypeVar

from service.observing.spans import begin

T = TypeVar("T")


class Stopwatch:
    """Adds up the time of what it is given, and not of what happens between. It is also a span of
    a trace, from its making to its end, current in what it is given."""

    def __init__(self, stage: str) -> None:
        self.seconds = 0.0
        self.span = begin(stage)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        self.span.end(kind.__name__ if kind is not None else None)

    def call(self, step: Callable[[], T]) -> T:
        started = time.perf_counter()
        try:
            with self.span.current():
                return step()
        finally:
            self.seconds += time.perf_counter() - started

    def each(self, items: Iterable[T]) -> Iterator[T]:
        """The same items; the time that each takes to be made."""
        made = iter(items)
        while True:
            try:
                item = self.call(made.__next__)
            except StopIteration:
                return
            yield item
