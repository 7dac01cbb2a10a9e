"""Uploaded files on disk: they are sources as any other, in a folder of their own."""

import os
import re
import shutil
import tempfile
import unicodedata
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from ingest.errors import FootnoteError

_CONTROL = re.compile(r"[\x00-\x1f\x7f/\\]")
_WAITING = ".upload-"  # hidden files are passed over by an ingest of the folder
_MOST_NAME = 200  # bytes; file systems allow 255


class UploadRefused(FootnoteError):
    """An uploaded file cannot be kept, for a reason that its sender can mend."""


class UploadsUnwritable(FootnoteError):
    """The folder for uploads cannot be written to."""


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

    def take_place(self) -> None:
        """Put it where an earlier upload of its name is. Raises UploadsUnwritable."""
        try:
            if self.place.exists():
                self.place.replace(self._earlier)
            self.waiting.replace(self.place)
        except OSError as error:
            raise _unwritable(self.waiting.parent, error) from None

    def settle(self, is_good: bool) -> None:
        """Forget the earlier upload, or bring it back in the place of one that cannot be read."""
        if is_good:
            self._earlier.unlink(missing_ok=True)
            return
        self.place.unlink(missing_ok=True)
        if self._earlier.exists():
            self._earlier.replace(self.place)


def receive(folder: Path, name: str, content: BinaryIO) -> Upload:
    """Write a file that has come into `folder`. Raises UploadsUnwritable."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor, waiting = tempfile.mkstemp(prefix=_WAITING, dir=folder.resolve())
        upload = Upload(name, Path(waiting))
        try:
            with os.fdopen(descriptor, "wb") as file:
                shutil.copyfileobj(content, file)
        except OSError:
            upload.waiting.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise _unwritable(folder, error) from None
    return upload


def clear_waiting(folder: Path) -> None:
    """Remove files whose ingest a service that has ended never began."""
    for waiting in folder.glob(f"{_WAITING}*"):
        waiting.unlink(missing_ok=True)


def _unwritable(folder: Path, error: OSError) -> UploadsUnwritable:
    return UploadsUnwritable(
        f"uploads cannot be kept in {folder} (FOOTNOTE_UPLOADS): {error.strerror}"
    )
