"""Opening an index: a folder, or a Chroma server by URL."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import FootnoteError, IndexMismatch, IndexMissing, IndexUnreachable
from ingest.index.collections import IndexSettings, delete_others, make_collections, make_current
from ingest.index.database import ServerAccess, is_url
from ingest.index.index import Index

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

_DEFAULT = ServerAccess()


def open_index(location: str, access: ServerAccess = _DEFAULT) -> Index:
    """Open an index.

    Raises IndexMissing when there is none (nothing is created), IndexUnreachable when it cannot
    be opened, IndexMismatch when another version wrote it.
    """
    return _opened(location, partial(_connect, location, access))


def create_index(location: str, settings: IndexSettings, access: ServerAccess = _DEFAULT) -> Index:
    """Open an index, made if there is none. Raises IndexMismatch when it has other settings."""
    try:
        index = open_index(location, access)
    except IndexMissing:
        index = new_generation(location, settings, access)
        replace_generation(index)
        index = open_index(location, access)
    if index.settings != settings:
        raise IndexMismatch(
            f"the index at {location} was built with {index.settings}, "
            f"the settings say {settings}: change the settings back, make the index again "
            "with --rebuild, or ingest into a new place (--index)"
        )
    return index


def new_generation(
    location: str, settings: IndexSettings, access: ServerAccess = _DEFAULT
) -> Index:
    """An empty index that stands beside the current one, if any, and is seen by no reader."""
    if not is_url(location):
        _make_folder(location)
    connect: Callable[[], ClientAPI] = partial(_connect, location, access)
    generation = make_collections(connect(), settings).generation
    return _opened(location, connect, generation)


def replace_generation(index: Index) -> None:
    """Make a new generation the current one, and remove all others."""
    collections = index.collections
    make_current(collections.client, collections.generation)
    delete_others(collections.client, collections.generation)


def _opened(
    location: str, connect: Callable[[], "ClientAPI"], generation: str | None = None
) -> Index:
    try:
        return Index(connect, location, generation)
    except FootnoteError:
        raise
    except Exception as error:  # Chroma raises many kinds, some of them from its Rust core
        raise _cannot_be_opened(location, error) from error


def _connect(location: str, access: ServerAccess) -> "ClientAPI":
    if is_url(location):
        from ingest.index.server import ServerClient

        return ServerClient(location, access)
    from ingest.index.folder import FolderClient

    try:
        return FolderClient(location)
    except Exception as error:  # permission, damaged database, full disk: many kinds
        raise _cannot_be_opened(location, error) from error


def _make_folder(location: str) -> None:
    try:
        Path(location).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _cannot_be_opened(location, error) from error


def _cannot_be_opened(location: str, error: Exception) -> IndexUnreachable:
    return IndexUnreachable(f"the index at {location} cannot be opened: {error}")
