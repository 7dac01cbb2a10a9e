"""Finding the files to ingest and telling whether one has changed."""

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import SourceError, UnreadableFile
from ingest.readers import READERS, reader_for


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file on disk. `source` is its path relative to `folder`, with `/` between parts."""

    folder: str
    source: str
    size: int
    modified: int
    wanted: bool
    """False for a file that stands in a folder but has a format no reader knows."""

    @property
    def path(self) -> Path:
        return Path(self.folder) / self.source

    def read(self) -> bytes:
        """The file's bytes. Raises UnreadableFile."""
        try:
            return self.path.read_bytes()
        except OSError as error:
            raise UnreadableFile(f"cannot be read: {error.strerror or error}") from None


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def find_files(paths: Sequence[str]) -> Iterator[SourceFile | tuple[str, UnreadableFile]]:
    """All files under the paths in a stable order; one that cannot be looked at comes with why.

    Hidden files and folders (a leading dot) are passed over inside folders.
    """
    for path in paths:
        place = Path(path).resolve()
        if place.is_dir():
            yield from _inside(place)
        else:
            yield _source_file(place.parent, place.name, wanted=True)


def check_paths(paths: Sequence[str], may_be_empty: bool = False) -> None:
    """Raises SourceError when a path does not exist or there is no file to ingest under any."""
    for path in paths:
        if not os.path.lexists(path):
            raise SourceError(f"{path} does not exist")
    if may_be_empty:
        return
    if not any(isinstance(file, tuple) or file.wanted for file in find_files(paths)):
        raise SourceError(
            f"no documents in {', '.join(paths)} (formats read: {', '.join(sorted(READERS))})"
        )


def _inside(folder: Path) -> Iterator[SourceFile | tuple[str, UnreadableFile]]:
    denied: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=denied.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.startswith("."):
                continue
            source = (Path(parent) / name).relative_to(folder).as_posix()
            yield _source_file(folder, source, wanted=reader_for(name) is not None)
    for error in denied:
        yield str(error.filename), UnreadableFile(f"cannot be read: {error.strerror}")


def _source_file(
    folder: Path, source: str, wanted: bool
) -> SourceFile | tuple[str, UnreadableFile]:
    if any("\ud800" <= letter <= "\udfff" for letter in source):
        shown = os.fsencode(source).decode("utf-8", "backslashreplace")
        return shown, UnreadableFile("its name is not valid UTF-8: rename it")
    try:
        status = (folder / source).stat()
    except OSError as error:
        return source, UnreadableFile(f"cannot be read: {error.strerror}")
    if not (folder / source).is_file():
        return source, UnreadableFile("not a regular file")
    return SourceFile(str(folder), source, status.st_size, status.st_mtime_ns, wanted)
