"""The Chroma collections an index is made of.

One generation of an index is three collections: passages (vectors, texts, offsets), documents
(a record each) and duplicates (files whose text another document has). A fourth, the root, says
which generation is current and changes its revision with every write. So a rebuilt index takes the
old one's place in one write, in a folder as on a server.
"""

import uuid
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from ingest.errors import IndexMismatch

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

ROOT = "footnote"
SCHEMA = 2


@dataclass(frozen=True, slots=True)
class IndexSettings:
    """What an index was built with; passages of other settings cannot join it."""

    embedding_model: str
    dimension: int
    target_tokens: int
    most_tokens: int

    def __str__(self) -> str:
        return (
            f"{self.embedding_model} and passages of {self.target_tokens} "
            f"to {self.most_tokens} tokens"
        )


@dataclass(frozen=True, slots=True)
class Collections:
    """One generation, and the client it is reached by."""

    client: "ClientAPI"
    generation: str
    passages: "Collection"
    documents: "Collection"
    duplicates: "Collection"
    batch: int
    """Rows that one call may write."""

    @property
    def settings(self) -> IndexSettings:
        return IndexSettings(**(self.passages.metadata or {}))


def current_generation(client: "ClientAPI") -> tuple[str, str]:
    """Generation and revision of the index. Raises chromadb's NotFoundError when there is none,
    IndexMismatch when another version of this program wrote it."""
    metadata: dict[str, Any] = dict(client.get_collection(ROOT, embedding_function=None).metadata)
    if metadata.get("schema") != SCHEMA:
        raise IndexMismatch(
            "the index was written by another version of Footnote: "
            "ingest into a new place, or delete it and ingest again"
        )
    return str(metadata["generation"]), str(metadata["revision"])


def open_collections(client: "ClientAPI", generation: str | None = None) -> Collections:
    """A generation, the current one by default. Raises chromadb's NotFoundError."""
    generation = generation or current_generation(client)[0]
    passages, documents, duplicates = (
        client.get_collection(_name(generation, kind), embedding_function=None)
        for kind in ("passages", "documents", "duplicates")
    )
    batch = client.get_max_batch_size()
    return Collections(client, generation, passages, documents, duplicates, batch)


def make_collections(client: "ClientAPI", settings: IndexSettings) -> Collections:
    """A new and empty generation, which is not the current one yet."""
    generation = uuid.uuid4().hex[:12]
    for kind in ("passages", "documents", "duplicates"):
        client.create_collection(
            _name(generation, kind),
            metadata=asdict(settings) if kind == "passages" else None,
            embedding_function=None,
            configuration={"hnsw": {"space": "cosine"}},
        )
    return open_collections(client, generation)


def make_current(client: "ClientAPI", generation: str) -> None:
    """Point readers at a generation, in one write, with a new revision."""
    from chromadb.errors import NotFoundError

    metadata = {"schema": SCHEMA, "generation": generation, "revision": uuid.uuid4().hex}
    try:
        client.get_collection(ROOT, embedding_function=None).modify(metadata=metadata)
    except NotFoundError:
        client.create_collection(ROOT, metadata=metadata, embedding_function=None)


def is_current(client: "ClientAPI", generation: str) -> bool:
    from chromadb.errors import NotFoundError

    try:
        return current_generation(client)[0] == generation
    except NotFoundError:
        return False


def delete_others(client: "ClientAPI", generation: str) -> None:
    """Remove replaced generations, and those that an interrupted build left."""
    for collection in client.list_collections():
        name = collection.name
        if name.startswith(f"{ROOT}-") and not name.startswith(f"{ROOT}-{generation}-"):
            client.delete_collection(name)


def _name(generation: str, kind: str) -> str:
    return f"{ROOT}-{generation}-{kind}"
