"""Finding the files to ingest."""

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import SourceError, UnreadableFile
from ingest.readers import is_known, known_suffixes


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


def find_files(paths: Sequence[str]) -> Iterator[SourceFile | tuple[str, UnreadableFile]]:
    """All files under the paths in a stable order, each once; one that cannot be looked at comes
    with why.

    Hidden files and folders (a leading dot) are passed over inside folders. Links are followed,
    each folder is visited once: by its own name if it has one under the path.
    """
    for place in _outermost(paths):
        if place.is_dir():
            yield from _Walk(place).files()
        else:
            yield stat_file(str(place.parent), place.name)


def check_paths(paths: Sequence[str], may_be_empty: bool = False) -> None:
    """Raises SourceError when a path does not exist or there is no file to ingest under any."""
    for path in paths:
        if not os.path.lexists(path):
            raise SourceError(f"{path} does not exist")
        if not _is_text(str(_place(path))):
            raise SourceError(f"the name of the folder {path!r} is not valid UTF-8: rename it")
    if may_be_empty:
        return
    if not any(isinstance(file, tuple) or file.wanted for file in find_files(paths)):
        raise SourceError(
            f"no documents in {', '.join(paths)} (formats read: {', '.join(known_suffixes())})"
        )


def _is_text(name: str) -> bool:
    """Whether a name can be stored: file systems allow bytes that are no text."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def folders_of(paths: Sequence[str]) -> set[str]:
    """The folders among the paths, as `SourceFile.folder` has them."""
    return {str(place) for place in _outermost(paths) if place.is_dir()}


def _outermost(paths: Sequence[str]) -> list[Path]:
    """The places that the paths name, without those that lie inside another."""
    places = list(dict.fromkeys(_place(path) for path in paths))
    folders = {place for place in places if place.is_dir()}
    return [place for place in places if not folders.intersection(place.parents)]


def _place(path: str) -> Path:
    """A folder is what it is, whatever link leads to it; a linked file keeps the link's name."""
    place = Path(path)
    if place.is_dir():
        return place.resolve()
    return place.parent.resolve() / place.name


class _Walk:
    """One pass through a folder. Linked folders come last, so that each has its own name."""

    def __init__(self, folder: Path) -> None:
        self._root = str(folder)
        self._folders = [self._root]
        self._links: list[str] = []
        self._visited: set[tuple[int, int]] = set()

    def files(self) -> Iterator[SourceFile | tuple[str, UnreadableFile]]:
        while self._folders or self._links:
            folder = self._folders.pop() if self._folders else self._links.pop(0)
            try:
                entries = self._enter(folder)
            except OSError as error:
                yield folder, UnreadableFile(f"cannot be read: {error.strerror}")
            except UnreadableFile as error:
                yield self._source(folder), error
            else:
                yield from self._look_at(entries)

    def _enter(self, folder: str) -> list[os.DirEntry[str]]:
        """The entries of a folder that has not been visited. Raises UnreadableFile for a link to
        a folder that it is in."""
        identity = _identity(folder)
        if Path(folder).is_symlink() and identity in map(_identity, Path(folder).parents):
            raise UnreadableFile("a loop: the link leads to a folder that it is in")
        if identity in self._visited:
            return []
        self._visited.add(identity)
        with os.scandir(folder) as found:
            seen = [entry for entry in found if not entry.name.startswith(".")]
        return sorted(seen, key=lambda entry: entry.name)

    def _look_at(
        self, entries: list[os.DirEntry[str]]
    ) -> Iterator[SourceFile | tuple[str, UnreadableFile]]:
        inner = []
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                inner.append(entry.path)
            elif entry.is_symlink() and Path(entry.path).is_dir():
                self._links.append(entry.path)
            else:
                wanted = is_known(entry.name)
                yield stat_file(self._root, self._source(entry.path), wanted)
        self._folders += reversed(inner)

    def _source(self, path: str) -> str:
        return path[len(self._root) :].lstrip(os.sep).replace(os.sep, "/")


def _identity(folder: str | Path) -> tuple[int, int]:
    status = os.stat(folder)  # noqa: PTH116 (Path costs more than the stat)
    return status.st_dev, status.st_ino


def stat_file(
    folder: str, source: str, wanted: bool = True
) -> SourceFile | tuple[str, UnreadableFile]:
    """The file `source` of a folder, or its name with why it cannot be looked at."""
    if not _is_text(source):
        shown = os.fsencode(source).decode("utf-8", "backslashreplace")
        return shown, UnreadableFile("its name is not valid UTF-8: rename it")
    try:
        status = os.stat(f"{folder}/{source}")  # noqa: PTH116
    except OSError as error:
        return source, UnreadableFile(f"cannot be read: {error.strerror}")
    if not stat.S_ISREG(status.st_mode):
        return source, UnreadableFile("not a regular file")
    return SourceFile(folder, source, status.st_size, status.st_mtime_ns, wanted)


def count_files(paths: Sequence[str]) -> int:
    """Files that an ingest of the paths looks into."""
    return sum(isinstance(file, tuple) or file.wanted for file in find_files(paths))
