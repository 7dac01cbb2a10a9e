"""One writer at a time: a second ingest of the same index waits for the first, or says so."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from ingest.errors import IndexBusy, IndexUnreachable
from ingest.index.database import is_url


@contextmanager
def lock_index(location: str, wait: float = 0.0) -> Iterator[None]:
    """Hold the right to write to an index. A dead process holds nothing.

    Raises IndexBusy when another process, or thread, has it for longer than `wait` seconds.
    For a Chroma server this keeps apart the processes of one user on one machine only.
    """
    path = _lock_file(location)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path, timeout=wait, is_singleton=False, thread_local=False)
        lock.acquire()
    except Timeout:
        raise IndexBusy(
            f"another ingest is writing to {location}: try again when it has ended"
        ) from None
    except OSError as error:
        raise IndexUnreachable(
            f"the index at {location} cannot be made: {error.strerror}"
        ) from None
    try:
        yield
    finally:
        lock.release()


def _lock_file(location: str) -> Path:
    """Beside a folder, so that the folder can be deleted while the lock is held."""
    if is_url(location):
        name = hashlib.sha256(location.rstrip("/").encode()).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"footnote-{os.getuid()}-{name}.lock"
    place = Path(location).resolve()
    return place.with_name(place.name + ".lock")
