"""Uploaded files on disk: they are sources as any other, in a folder of their own.

A file that has come waits under a hidden name, which an ingest of the folder passes over. Each step
from there may be done again: whoever does it may die at any instant.
"""

import os
import re
import shutil
import tempfile
import time
import unicodedata
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from ingest.errors import FootnoteError
from ingest.full_disk import FULL

_CONTROL = re.compile(r"[\x00-\x1f\x7f/\\]")
_WAITING = ".upload-"
_MOST_NAME = 200  # bytes; file systems allow 255
_STRAY_S = 3600.0  # a file that is being received has a job much sooner


class UploadRefused(FootnoteError):
    """An uploaded file cannot be kept, for a reason that its sender can mend."""


class UploadsUnwritable(FootnoteError):
    """The folder for uploads cannot be written to."""


class UploadsFull(FootnoteError):
    """There is no room for uploads."""


def safe_name(name: str) -> str:
    """The file name that a client gave, without any folder. Raises UploadRefused.

    It never leads out of a folder, and never names a hidden file, which ingest would pass over.
    """
    base = PurePosixPath(name.replace("\\", "/")).name
    base = _CONTROL.sub("", unicodedata.normalize("NFC", base)).strip().lstrip(".")
    try:
        size = len(base.encode())
    except UnicodeEncodeError:
        raise UploadRefused("a file's name is not valid Unicode") from None
    if not base:
        raise UploadRefused("a file has no name")
    if size > _MOST_NAME:
        raise UploadRefused(f"a file's name is longer than {_MOST_NAME} bytes: {base[:40]}...")
    return base


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that has come and waits for its ingest, hidden until then."""

    name: str
    waiting: Path

    @property
    def place(self) -> Path:
        """Where it is ingested from."""
        return self.waiting.parent / self.name

    @property
    def _earlier(self) -> Path:
        """Where the earlier upload of its name waits meanwhile."""
        return self.waiting.with_name(f"{self.waiting.name}-earlier")

    @property
    def _refused(self) -> Path:
        """Where it goes when it cannot be read."""
        return self.waiting.with_name(f"{self.waiting.name}-refused")

    def take_place(self) -> None:
        """Put it where an earlier upload of its name is. Raises OSError."""
        if not self.waiting.exists():
            return
        if self.place.exists() and not self._earlier.exists():
            self.place.replace(self._earlier)
        self.waiting.replace(self.place)
        _sync(self.place.parent)

    def give_way(self) -> None:
        """Bring back the earlier upload, if any, in the place of one that cannot be read.
        Raises OSError."""
        if not self._refused.exists():
            taken = self.waiting if self.waiting.exists() else self.place
            if taken.exists():
                taken.replace(self._refused)
        if self._earlier.exists():
            self._earlier.replace(self.place)
        _sync(self.place.parent)

    def clear(self) -> None:
        """Remove what is not needed any more once its job has ended."""
        for left in (self.waiting, self._earlier, self._refused):
            left.unlink(missing_ok=True)


def receive(folder: Path, name: str, content: BinaryIO) -> Upload:
    """Write a file that has come into `folder`; when this returns it outlives a loss of power.

    Raises UploadsUnwritable, UploadsFull.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor, waiting = tempfile.mkstemp(prefix=_WAITING, dir=folder.resolve())
        upload = Upload(name, Path(waiting))
        try:
            with os.fdopen(descriptor, "wb") as file:
                shutil.copyfileobj(content, file)
                file.flush()
                os.fsync(file.fileno())
            _sync(upload.waiting.parent)
        except OSError:
            upload.waiting.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise unwritable(folder, error) from None
    return upload


def give_way(files: Sequence[Upload], unreadable: Collection[str] | None) -> None:
    """Bring back what was there before those of these names, or before all; the last first, as one
    may have replaced another. Raises OSError."""
    for file in reversed(files):
        if unreadable is None or file.name in unreadable:
            file.give_way()


def remove_strays(folder: Path, wanted: Collection[str]) -> None:
    """Remove files of uploads that never got a job, or whose job has ended; `wanted` are the names
    under which those of other jobs wait."""
    for path in folder.glob(f"{_WAITING}*"):
        name = path.name.removesuffix("-earlier").removesuffix("-refused")
        with suppress(FileNotFoundError):  # another process refuses its upload just now
            if name not in wanted and time.time() - path.stat().st_mtime > _STRAY_S:
                path.unlink()


def unwritable(folder: Path, error: OSError) -> UploadsUnwritable | UploadsFull:
    if error.errno in FULL:
        return UploadsFull(f"there is no room left for uploads in {folder} (FOOTNOTE_UPLOADS)")
    return UploadsUnwritable(
        f"uploads cannot be kept in {folder} (FOOTNOTE_UPLOADS): {error.strerror or error}"
    )


def not_received(error: OSError) -> UploadsUnwritable | UploadsFull:
    """A body that could not be written where it is put together."""
    kind = UploadsFull if error.errno in FULL else UploadsUnwritable
    said = error.strerror or str(error)
    return kind(f"the upload cannot be received in the folder for temporary files (TMPDIR): {said}")


def _sync(folder: Path) -> None:
    """Have the names in a folder outlive a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
