"""One writer at a time: a second ingest of the same index waits for the first, or says so."""

import hashlib
import os
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from ingest.errors import IndexBusy, IndexUnreachable
from ingest.index.database import ServerAccess, is_url
from ingest.index.lease import lease

_DEFAULT = ServerAccess()


@contextmanager
def lock_index(location: str, wait: float = 0.0, access: ServerAccess = _DEFAULT) -> Iterator[None]:
    """Hold the right to write to an index. A dead process holds nothing; on a Chroma server, for a
    minute after its death.

    Raises IndexBusy when another process, or thread, has it for longer than `wait` seconds, and
    IndexUnreachable.
    """
    path = _lock_file(location)
    until = time.monotonic() + wait
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
        if not is_url(location):
            yield
            return
        with lease(location, access, _holder(path), until - time.monotonic()):
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


def _holder(lock: Path) -> str:
    """The same for all who share the lock file, of whom one at a time comes as far as the lease."""
    file = lock.stat()
    return f"{socket.gethostname()}-{file.st_dev}-{file.st_ino}"
