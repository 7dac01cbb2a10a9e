"""Keeping readers and the writer of a folder's index apart.

Chroma is made for one process: one that loads vectors while another saves them may fail, or crash.
So a write waits for the reads at work, and reads wait for a write, some tenths of a second.
"""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.index.database import is_url

_DOOR, _ROOM = "door.lock", "room.lock"
_holds = threading.local()


@contextmanager
def reading(location: str, make: bool = False) -> Iterator[None]:
    """Many may read at a time. Inside `writing` of the same thread it does nothing.

    Lock files are made by who writes, and with `make`: else each read could put one back into a
    folder that is being removed.
    """
    if is_url(location) or getattr(_holds, "writing", False):
        yield
        return
    with _locked(location, _DOOR, fcntl.LOCK_SH, make):
        room = _locked(location, _ROOM, fcntl.LOCK_SH, make)
        room.__enter__()
    try:
        yield
    finally:
        room.__exit__(None, None, None)


@contextmanager
def writing(location: str) -> Iterator[None]:
    """One writes, and nobody reads. Who waits to write holds the door, so that no stream of
    readers keeps a writer out."""
    if is_url(location) or getattr(_holds, "writing", False):
        yield
        return
    with _locked(location, _DOOR, fcntl.LOCK_EX), _locked(location, _ROOM, fcntl.LOCK_EX):
        _holds.writing = True
        try:
            yield
        finally:
            _holds.writing = False


@contextmanager
def _locked(location: str, name: str, kind: int, make: bool = True) -> Iterator[None]:
    """Hold a lock file in the index's folder; without the folder there is nothing to guard."""
    try:
        flags = os.O_RDWR | (os.O_CREAT if make else 0)
        descriptor = os.open(Path(location) / name, flags, 0o666)
    except OSError:
        yield
        return
    try:
        fcntl.flock(descriptor, kind)
        yield
    finally:
        os.close(descriptor)
