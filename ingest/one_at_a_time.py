"""A lock for what may take long to fail."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from ingest.errors import IndexUnreachable


class OneAtATime:
    """Who waits for a turn while the one before finds that the index cannot be reached is told the
    same at once: with a server that hangs, each would wait as long as all before it together."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._failed = 0.0
        self._said = ""

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Raises IndexUnreachable as the turn before did."""
        came = time.monotonic()
        with self._lock:
            if self._failed > came:
                raise IndexUnreachable(self._said)
            try:
                yield
            except IndexUnreachable as error:
                self._failed, self._said = time.monotonic(), str(error)
                raise
