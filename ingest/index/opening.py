"""Opening an index: a folder, or a Chroma server by URL."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ingest.errors import FootnoteError, IndexMismatch, IndexMissing, IndexUnreachable
from ingest.index.collections import IndexSettings, delete_others, make_collections, make_current
from ingest.index.database import database_file, is_url, missing
from ingest.index.index import Index

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.config import Settings


def open_index(location: str) -> Index:
    """Open an index.

    Raises IndexMissing when there is none (nothing is created), IndexUnreachable when it cannot
    be opened, IndexMismatch when another version wrote it.
    """
    if not is_url(location):
        database_file(location)
    from chromadb.errors import NotFoundError

    try:
        return Index(partial(_connect, location), location)
    except NotFoundError:
        raise missing(location) from None
    except FootnoteError:
        raise
    except Exception as error:  # Chroma raises many kinds, some of them from its Rust core
        raise IndexUnreachable(f"the index at {location} cannot be opened: {error}") from error


def create_index(location: str, settings: IndexSettings) -> Index:
    """Open an index, made if there is none. Raises IndexMismatch when it has other settings."""
    try:
        index = open_index(location)
    except IndexMissing:
        index = new_generation(location, settings)
        replace_generation(index)
        index = open_index(location)
    if index.settings != settings:
        raise IndexMismatch(
            f"the index at {location} was built with {index.settings}, "
            f"the settings say {settings}: change the settings back, make the index again "
            "with --rebuild, or ingest into a new place (--index)"
        )
    return index


def new_generation(location: str, settings: IndexSettings) -> Index:
    """An empty index that stands beside the current one, if any, and is seen by no reader."""
    connect: Callable[[], ClientAPI] = partial(_connect, location)
    return Index(connect, location, make_collections(connect(), settings).generation)


def replace_generation(index: Index) -> None:
    """Make a new generation the current one, and remove all others."""
    collections = index.collections
    make_current(collections.client, collections.generation)
    delete_others(collections.client, collections.generation)


def _connect(location: str) -> "ClientAPI":
    import chromadb
    from chromadb.config import Settings

    quiet = Settings(anonymized_telemetry=False)
    try:
        if is_url(location):
            url = urlsplit(location)
            return chromadb.HttpClient(
                host=url.hostname or "",
                port=url.port or (443 if url.scheme == "https" else 80),
                ssl=url.scheme == "https",
                settings=quiet,
            )
        Path(location).mkdir(parents=True, exist_ok=True)
        return _own_client(location, quiet)
    except Exception as error:  # connection, permission, damaged database: many kinds
        raise IndexUnreachable(f"the index at {location} cannot be opened: {error}") from error


def _own_client(folder: str, settings: "Settings") -> "ClientAPI":
    """A persistent client that shares nothing with earlier ones of this process.

    chromadb.PersistentClient hands the same view of a folder to all, however old it is.
    """
    from chromadb.api import ServerAPI
    from chromadb.api.client import Client
    from chromadb.config import System

    settings.persist_directory = folder
    settings.is_persistent = True
    system = System(settings)
    system.instance(ServerAPI)  # type: ignore[type-abstract]
    system.start()
    return Client.from_system(system)
