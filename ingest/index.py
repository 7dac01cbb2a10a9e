"""The index: two Chroma collections, and the order of writes that keeps them true.

`passages` holds vectors, texts and offsets. `documents` holds one record a document, whose
vector is the mean of its passages'. A document exists for readers when its record is "whole" and
only passages of the record's version belong to it. A write sets the record to "writing", replaces
the passages, then sets it to "whole": whatever instant a process dies at, every document is whole
in its old version, whole in its new one, or absent, and `recover` clears what was left.
"""

import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from ingest.database import database_file, is_url
from ingest.documents import (
    Document,
    Passage,
    decode_blocks,
    decode_pages,
    encode_blocks,
    encode_pages,
    passage_id,
)
from ingest.errors import DocumentNotFound, IndexMismatch
from ingest.record import DocumentRecord

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

PASSAGES = "footnote-passages"
DOCUMENTS = "footnote-documents"
SCHEMA = 2
_PAGE = 1000
_SEPARATOR = "\x1f"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class IndexSettings:
    """What an index was built with; passages of other settings cannot join it."""

    embedding_model: str
    dimension: int
    target_tokens: int
    most_tokens: int

    def to_metadata(self) -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            "embedding_model": self.embedding_model,
            "dimension": self.dimension,
            "target_tokens": self.target_tokens,
            "most_tokens": self.most_tokens,
        }


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage with its document's record and its cosine similarity to a question."""

    passage: Passage
    record: DocumentRecord
    similarity: float


@dataclass(frozen=True, slots=True)
class PreparedDocument:
    """A document ready to be written: tiled and embedded."""

    record: DocumentRecord
    passages: tuple[Passage, ...]
    vectors: tuple[list[float], ...]


class Index:
    """Reads and writes one index. Made by `ingest.opening`."""

    def __init__(self, connect: Callable[[], "ClientAPI"], location: str) -> None:
        """`connect` makes a new Chroma client that sees all that has been written."""
        self.location = location
        self._connect = connect
        self.refresh()

    def refresh(self) -> None:
        """See what other processes have written: Chroma keeps a folder's vectors in memory and
        does not look for changes."""
        client = self._connect()
        self._file = self._file_now()
        self._passages: Collection = client.get_collection(PASSAGES, embedding_function=None)
        self._documents: Collection = client.get_collection(DOCUMENTS, embedding_function=None)
        self._batch = client.get_max_batch_size()
        self._client = client

    def _file_now(self) -> int:
        """Tells a folder's database from one made anew in its place; 0 for a server."""
        return 0 if is_url(self.location) else database_file(self.location)

    # Reading

    @property
    def settings(self) -> IndexSettings:
        metadata = dict(self._passages.metadata or {})
        if metadata.pop("schema", None) != SCHEMA:
            raise IndexMismatch(
                f"the index at {self.location} was written by another version of Footnote: "
                "ingest into a new place, or delete it and ingest again"
            )
        return IndexSettings(**metadata)

    @property
    def passage_collection(self) -> "Collection":
        """The Chroma collection of passages, to read from."""
        return self._passages

    def revision(self) -> str:
        """Changes with every write, as seen by any process.

        Follows an index that was deleted and made anew; raises IndexMissing while it is gone.
        """
        if self._file_now() != self._file:
            self.refresh()
        collection = self._client.get_collection(DOCUMENTS, embedding_function=None)
        return str((collection.metadata or {}).get("revision", ""))

    def document_count(self) -> int:
        return self._documents.count()

    def passage_count(self) -> int:
        return self._passages.count()

    def records(self, ids: Sequence[str]) -> dict[str, DocumentRecord]:
        """Records by document id, those being written included; unknown ids are left out."""
        found: dict[str, DocumentRecord] = {}
        for part in _parts(list(dict.fromkeys(ids)), self._batch):
            found |= _records(self._documents.get(ids=part, include=["metadatas"]))
        return found

    def all_records(self) -> Iterator[DocumentRecord]:
        offset = 0
        while page := self.page_of_records(_PAGE, offset):
            yield from page
            offset += len(page)

    def page_of_records(self, limit: int, offset: int) -> list[DocumentRecord]:
        got = self._documents.get(limit=limit, offset=offset, include=["metadatas"])
        return list(_records(got).values())

    def record(self, document_id: str) -> DocumentRecord:
        """The record of a whole document. Raises DocumentNotFound."""
        record = self.records([document_id]).get(document_id)
        if record is None or record.state != "whole":
            raise DocumentNotFound(f"there is no document {document_id!r}")
        return record

    def document(self, document_id: str) -> Document:
        """A document rebuilt from its passages. Raises DocumentNotFound."""
        return self.document_of(self.record(document_id))

    def document_of(self, record: DocumentRecord) -> Document:
        """The document of a record, rebuilt from its passages. Raises DocumentNotFound."""
        passages = self.passages_of(record)
        blocks = tuple(block for passage in passages for block in passage.blocks)
        starts = dict.fromkeys(page for passage in passages for page in passage.pages)
        return Document(
            id=record.document_id,
            title=record.title,
            source=record.source,
            text="".join(passage.text for passage in passages),
            blocks=blocks,
            pages=tuple(starts),
            metadata=record.metadata,
        )

    def passages_of(self, record: DocumentRecord) -> list[Passage]:
        """All passages of a document in order. Raises DocumentNotFound when some are missing."""
        ids = [passage_id(record.document_id, position) for position in range(record.passages)]
        found = self.passages(ids, {record.document_id: record})
        if len(found) != record.passages:
            raise DocumentNotFound(f"the document {record.document_id!r} is being replaced")
        return found

    def passages(
        self, ids: Sequence[str], records: dict[str, DocumentRecord] | None = None
    ) -> list[Passage]:
        """Passages by id, in the order asked for; unknown ones and those of no whole document
        are left out."""
        found: dict[str, tuple[Passage, str]] = {}
        for part in _parts(list(ids), self._batch):
            got = self._passages.get(ids=part, include=["documents", "metadatas"])
            for text, metadata in zip(got["documents"] or [], got["metadatas"] or [], strict=True):
                passage = _passage(text, dict(metadata))
                found[passage.id] = (passage, str(metadata["version"]))
        if records is None:
            records = self.records([passage.document_id for passage, _ in found.values()])
        return [
            found[wanted][0]
            for wanted in ids
            if wanted in found and _belongs(*found[wanted], records)
        ]

    def nearest(
        self, vector: list[float], limit: int, document_ids: Sequence[str] | None = None
    ) -> list[FoundPassage]:
        """The passages nearest to a vector, most similar first."""
        where: Any = {"document_id": {"$in": list(document_ids)}} if document_ids else None
        got = self._afresh(
            lambda: self._passages.query(
                query_embeddings=[vector],  # type: ignore[arg-type]
                n_results=max(1, min(limit, self._passages.count())),
                where=where,
                include=["documents", "metadatas", "distances"],
            )
        )
        texts, metadatas, distances = got["documents"], got["metadatas"], got["distances"]
        assert texts is not None and metadatas is not None and distances is not None
        return self._found(zip(texts[0], metadatas[0], distances[0], strict=True))

    def compare(self, ids: Sequence[str], vector: list[float]) -> list[FoundPassage]:
        """The passages of these ids with their similarity to a vector; unknown ids are left out."""
        if not ids:
            return []
        got = self._afresh(
            lambda: self._passages.get(
                ids=list(ids), include=["documents", "metadatas", "embeddings"]
            )
        )
        texts, metadatas, embeddings = got["documents"], got["metadatas"], got["embeddings"]
        assert texts is not None and metadatas is not None and embeddings is not None
        distances = [1.0 - float(embedding @ vector) for embedding in embeddings]  # type: ignore[operator]
        return self._found(zip(texts, metadatas, distances, strict=True))

    def _found(self, rows: Iterable[tuple[Any, Any, float]]) -> list[FoundPassage]:
        """Rows of text, metadata and cosine distance as passages of whole documents."""
        read = [
            (_passage(text, dict(metadata)), str(metadata["version"]), 1.0 - distance)
            for text, metadata, distance in rows
            if metadata is not None and text is not None  # deleted since by another process
        ]
        records = self.records([passage.document_id for passage, _, _ in read])
        return [
            FoundPassage(passage, records[passage.document_id], similarity)
            for passage, version, similarity in read
            if _belongs(passage, version, records)
        ]

    def _afresh(self, read: Callable[[], T]) -> T:
        """Read vectors; once more from a new client when another process has just written, for
        Chroma fails on an id that the vectors in memory do not have yet."""
        from chromadb.errors import InternalError

        try:
            return read()
        except InternalError:
            self.refresh()
            return read()

    # Writing

    def write(self, documents: Sequence[PreparedDocument]) -> None:
        """Add documents or replace their old versions."""
        if not documents:
            return
        known = self.records([document.record.document_id for document in documents])
        before = {key: record.passages for key, record in known.items()}
        records, vectors = zip(*((d.record, _mean(d.vectors)) for d in documents), strict=True)
        pending = [
            replace(r, state="writing", passages=max(r.passages, before.get(r.document_id, 0)))
            for r in records
        ]
        self._put_records(pending, vectors)
        self._put_passages(documents)
        self._delete_passages(
            passage_id(r.document_id, position)
            for r in records
            for position in range(r.passages, before.get(r.document_id, 0))
        )
        self.update_records(records)

    def update_records(self, records: Sequence[DocumentRecord]) -> None:
        """Replace the records of documents whose passages stay as they are."""
        for part in _parts(list(records), self._batch):
            self._documents.update(
                ids=[record.document_id for record in part],
                metadatas=[record.to_metadata() for record in part],
            )
        self._touch()

    def delete(self, records: Sequence[DocumentRecord]) -> None:
        """Remove documents, and what an interrupted write left of them."""
        if not records:
            return
        for part in _parts(list(records), self._batch):
            self._documents.update(
                ids=[record.document_id for record in part],
                metadatas=[replace(r, state="writing").to_metadata() for r in part],
            )
        self._delete_passages(
            passage_id(record.document_id, position)
            for record in records
            for position in range(record.passages)
        )
        for ids in _parts([record.document_id for record in records], self._batch):
            self._documents.delete(ids=ids)
        self._touch()

    def recover(self) -> int:
        """Clear documents that an interrupted run left half written; returns how many."""
        got = self._documents.get(where={"state": "writing"}, include=["metadatas"])
        broken = list(_records(got).values())
        self.delete(broken)
        return len(broken)

    def _put_records(
        self, records: Sequence[DocumentRecord], vectors: Sequence[list[float]]
    ) -> None:
        for part in _parts(list(zip(records, vectors, strict=True)), self._batch):
            self._documents.upsert(
                ids=[record.document_id for record, _ in part],
                metadatas=[record.to_metadata() for record, _ in part],
                embeddings=[vector for _, vector in part],  # type: ignore[arg-type]
            )

    def _put_passages(self, documents: Sequence[PreparedDocument]) -> None:
        rows = [
            (passage, vector, document.record.version)
            for document in documents
            for passage, vector in zip(document.passages, document.vectors, strict=True)
        ]
        for part in _parts(rows, self._batch):
            self._passages.upsert(
                ids=[passage.id for passage, _, _ in part],
                documents=[passage.text for passage, _, _ in part],
                metadatas=[_metadata(passage, version) for passage, _, version in part],
                embeddings=[vector for _, vector, _ in part],  # type: ignore[arg-type]
            )

    def _delete_passages(self, ids: Iterable[str]) -> None:
        for part in _parts(list(ids), self._batch):
            self._passages.delete(ids=part)

    def _touch(self) -> None:
        self._documents.modify(metadata={"revision": uuid.uuid4().hex})


def _belongs(passage: Passage, version: str, records: dict[str, DocumentRecord]) -> bool:
    record = records.get(passage.document_id)
    return record is not None and record.state == "whole" and record.version == version


def _records(got: Any) -> dict[str, DocumentRecord]:
    return {
        key: DocumentRecord.from_metadata(key, metadata)
        for key, metadata in zip(got["ids"], got["metadatas"] or [], strict=True)
    }


def _metadata(passage: Passage, version: str) -> dict[str, Any]:
    return {
        "document_id": passage.document_id,
        "position": passage.position,
        "start": passage.start,
        "version": version,
        "blocks": encode_blocks(passage.blocks, passage.start),
        "headings": _SEPARATOR.join(passage.headings),
        "pages": encode_pages(passage.pages, passage.start),
    }


def _passage(text: str, metadata: dict[str, Any]) -> Passage:
    start = int(metadata["start"])
    headings = str(metadata["headings"])
    return Passage(
        document_id=str(metadata["document_id"]),
        position=int(metadata["position"]),
        start=start,
        text=text,
        blocks=decode_blocks(str(metadata["blocks"]), start),
        headings=tuple(headings.split(_SEPARATOR)) if headings else (),
        pages=decode_pages(str(metadata["pages"]), start),
    )


def _mean(vectors: Sequence[list[float]]) -> list[float]:
    import numpy as np

    mean = np.mean(np.asarray(vectors, dtype=np.float32), axis=0)
    result: list[float] = (mean / (np.linalg.norm(mean) or 1.0)).tolist()
    return result


def _parts(items: list[T], size: int) -> Iterator[list[T]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
