"""What was made once and is likely to be needed again."""

import threading
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Generic, TypeVar

from cachetools import LRUCache

from service.observing.metrics import CACHE_LOOKUPS

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Memory(Generic[K, V]):
    """Values by key, the least recently used forgotten first. Thread-safe."""

    def __init__(self, name: str, most: int) -> None:
        """`name`: what its lookups are counted as."""
        self._hits = CACHE_LOOKUPS.labels(name, "hit")
        self._misses = CACHE_LOOKUPS.labels(name, "miss")
        self._known: LRUCache[K, V] = LRUCache(most)
        self._lock = threading.Lock()

    def of(self, keys: Sequence[K], make: Callable[[list[K]], Iterable[V]]) -> list[V]:
        """The values of the keys; `make` makes those that are not remembered, all at once."""
        with self._lock:
            found = {key: self._known[key] for key in keys if key in self._known}
        missing = [key for key in dict.fromkeys(keys) if key not in found]
        self._hits.inc(len(found))
        self._misses.inc(len(missing))
        if missing:
            found |= zip(missing, make(missing), strict=True)
            with self._lock:
                self._known.update((key, found[key]) for key in missing)
        return [found[key] for key in keys]
