"""Opening an index: a folder, or a Chroma server by URL."""

import uuid
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ingest.database import database_file, is_url, missing
from ingest.errors import IndexMismatch, IndexMissing, IndexUnreachable
from ingest.index import DOCUMENTS, PASSAGES, Index, IndexSettings

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.config import Settings


def open_index(location: str) -> Index:
    """Open an index for reading and writing.

    Raises IndexMissing when there is none (nothing is created), IndexUnreachable when it cannot
    be opened, IndexMismatch when another version wrote it.
    """
    if not is_url(location):
        database_file(location)
    from chromadb.errors import NotFoundError

    connect = partial(_connect, location)
    try:
        index = Index(connect, location)
    except NotFoundError:
        raise missing(location) from None
    except (IndexMissing, IndexUnreachable):
        raise
    except Exception as error:  # Chroma raises many kinds, some of them from its Rust core
        raise IndexUnreachable(f"the index at {location} cannot be opened: {error}") from error
    _ = index.settings
    return index


def create_index(location: str, settings: IndexSettings) -> Index:
    """Open an index, made if there is none. Raises IndexMismatch when it has other settings."""
    try:
        index = open_index(location)
    except IndexMissing:
        client = _connect(location)
        for name, metadata in (
            (DOCUMENTS, {"revision": uuid.uuid4().hex}),
            (PASSAGES, settings.to_metadata()),
        ):
            client.get_or_create_collection(
                name,
                metadata=metadata,
                embedding_function=None,
                configuration={"hnsw": {"space": "cosine"}},
            )
        index = open_index(location)
    found = index.settings
    if found != settings:
        raise IndexMismatch(
            f"the index at {location} was built with {_describe(found)}, "
            f"the settings say {_describe(settings)}: change the settings back, "
            "or ingest into a new place (--index)"
        )
    return index


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


def _describe(settings: IndexSettings) -> str:
    return (
        f"{settings.embedding_model} and passages of {settings.target_tokens} "
        f"to {settings.most_tokens} tokens"
    )
