"""Where the time of an answer goes, while its steps take turns."""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


class Stopwatch:
    """Adds up the time of what it is given, and not of what happens between."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def call(self, step: Callable[[], T]) -> T:
        started = time.perf_counter()
        try:
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
