"""Overlapping the steps of a pipeline: a step runs in a thread of its own, a little ahead."""

import threading
from collections.abc import Generator, Iterable, Iterator
from queue import Empty, Full, Queue
from typing import TypeVar

T = TypeVar("T")
_LOOK = 0.1  # seconds between looks whether the consumer is still there
_PATIENCE = 0.5  # seconds that a consumer which stops waits for the item at work


def ahead(items: Iterable[T], most: int = 1) -> Iterator[T]:
    """The same items, up to `most` of them computed before they are asked for.

    An error of `items` is raised where it would have come. When the consumer stops early, so does
    the thread, at the next item.
    """
    queue: Queue[tuple[T] | BaseException | None] = Queue(most)
    ended = threading.Event()

    def put(item: tuple[T] | BaseException | None) -> None:
        while not ended.is_set():
            try:
                queue.put(item, timeout=_LOOK)
            except Full:
                continue
            return

    def work() -> None:
        try:
            for item in items:
                put((item,))
                if ended.is_set():
                    return
        except BaseException as error:  # the consumer raises it
            put(error)
        else:
            put(None)
        finally:
            if isinstance(items, Generator):
                items.close()

    thread = threading.Thread(target=work, daemon=True, name="ahead")
    thread.start()
    try:
        while True:
            try:
                item = queue.get(timeout=_LOOK)
            except Empty:
                continue
            if item is None:
                return
            if isinstance(item, BaseException):
                raise item
            yield item[0]
    finally:
        ended.set()
        thread.join(_PATIENCE)
