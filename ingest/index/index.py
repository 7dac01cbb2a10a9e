"""Reading an index: passages, documents, and the passages nearest to a vector.

A document exists for readers when its record is "whole", and then only passages of the record's
version belong to it. `ingest.index.writer` keeps that true at any instant.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from ingest.chunks import chunks
from ingest.documents import Document, Passage, passage_id
from ingest.errors import DocumentNotFound, IndexMismatch, IndexUnreachable
from ingest.index.collections import (
    Collections,
    IndexSettings,
    current_generation,
    open_collections,
)
from ingest.index.database import database_file, is_url, missing
from ingest.index.gate import reading
from ingest.index.record import DocumentRecord, DuplicateRecord
from ingest.index.rows import belongs, duplicates_of, is_of_version, passage_of_row, records_of
from ingest.one_at_a_time import OneAtATime

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

_PAGE = 1000
_RENEWALS = 2  # the first may have been begun by another thread, too early

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage with its document's record and its cosine similarity to a question."""

    passage: Passage
    record: DocumentRecord
    similarity: float


@dataclass(frozen=True, slots=True)
class _View:
    """What one client shows. One takes another's place as a whole: nothing of two is mixed."""

    collections: Collections
    revision: str
    """What the index's was when the client was opened; it shows that, or what is newer."""
    file: int
    """Of the folder's database that the client opened; 0 on a server."""


class Index:
    """One index, for reading, by any number of threads. Made by `ingest.index.opening`."""

    def __init__(
        self, connect: Callable[[], "ClientAPI"], location: str, generation: str | None = None
    ) -> None:
        """`connect` makes a new Chroma client that sees all that has been written; `generation`
        names one that is not current yet."""
        self.location = location
        self._connect = connect
        self._fixed = generation
        self._renewing = OneAtATime()
        self._embedding_model: str | None = None
        self._view = self._opened()
        self._embedding_model = self.settings.embedding_model
        self._first_file = self._view.file

    @property
    def collections(self) -> Collections:
        return self._view.collections

    def check_in_place(self) -> None:
        """Raises IndexUnreachable when another index is where this one was first opened, and
        IndexMissing when none is: what was written to it since may be gone."""
        if self._file_now() != self._first_file:
            raise IndexUnreachable(
                f"the index at {self.location} was replaced while it was written to: ingest again"
            )

    @property
    def settings(self) -> IndexSettings:
        return self.collections.settings

    @property
    def passage_collection(self) -> "Collection":
        """The Chroma collection of passages, to read from."""
        return self.collections.passages

    def revision(self) -> str:
        """Changes with every write, as seen by any process; what is read from now on is of it, or
        newer.

        Follows an index that was rebuilt, or deleted and made anew. Raises IndexMissing while it
        is gone, and IndexMismatch when it was rebuilt with another embedding model.
        """
        for _ in range(_RENEWALS):
            view, (generation, revision) = self._read_of(lambda now: current_generation(now.client))
            if self._fixed:
                return revision
            if (generation, revision) == (view.collections.generation, view.revision):
                return revision
            view = self._renewed(view)
        return view.revision

    def document_count(self) -> int:
        return self._read(lambda now: now.documents.count())

    def passage_count(self) -> int:
        return self._read(lambda now: now.passages.count())

    # Records

    def records(self, ids: Sequence[str]) -> dict[str, DocumentRecord]:
        """Records by document id, those being written included; unknown ids are left out."""
        found: dict[str, DocumentRecord] = {}
        for part in chunks(list(dict.fromkeys(ids)), self.collections.batch):
            found |= records_of(self._get("documents", ids=part))
        return found

    def record(self, document_id: str) -> DocumentRecord:
        """The record of a whole document. Raises DocumentNotFound."""
        record = self.records([document_id]).get(document_id)
        if record is None or record.state != "whole":
            raise DocumentNotFound(f"there is no document {document_id!r}")
        return record

    def all_records(self) -> Iterator[DocumentRecord]:
        offset = 0
        while page := self.page_of_records(_PAGE, offset):
            yield from page
            offset += len(page)

    def page_of_records(self, limit: int, offset: int) -> list[DocumentRecord]:
        return list(records_of(self._get("documents", limit=limit, offset=offset)).values())

    def unfinished(self) -> list[DocumentRecord]:
        """Documents that an interrupted run left half written."""
        return list(records_of(self._get("documents", where={"state": "writing"})).values())

    def with_content(self, contents: Sequence[str]) -> list[DocumentRecord]:
        """Documents with one of these texts (`Document.content`)."""
        found: list[DocumentRecord] = []
        for part in chunks(contents, self.collections.batch):
            where = {"content": {"$in": part}}
            found += records_of(self._get("documents", where=where)).values()
        return found

    def duplicates(self, ids: Sequence[str]) -> dict[str, DuplicateRecord]:
        """Of these document ids, those of files whose text another document has."""
        if not self._read(lambda now: now.duplicates.count()):
            return {}
        found: dict[str, DuplicateRecord] = {}
        for part in chunks(list(dict.fromkeys(ids)), self.collections.batch):
            found |= duplicates_of(self._get("duplicates", ids=part))
        return found

    def duplicates_of(self, document_ids: Sequence[str]) -> list[DuplicateRecord]:
        """The files whose text is that of these documents."""
        if not document_ids or not self._read(lambda now: now.duplicates.count()):
            return []
        where = {"duplicate_of": {"$in": list(document_ids)}}
        return list(duplicates_of(self._get("duplicates", where=where)).values())

    def all_duplicates(self) -> list[DuplicateRecord]:
        return list(duplicates_of(self._get("duplicates")).values())

    # Documents and passages

    def document(self, document_id: str) -> Document:
        """A document rebuilt from its passages. Raises DocumentNotFound."""
        return self.document_of(self.record(document_id))

    def document_of(self, record: DocumentRecord) -> Document:
        """The document of a record, rebuilt from its passages. Raises DocumentNotFound."""
        passages = self.passages_of(record)
        pages = dict.fromkeys(page for passage in passages for page in passage.pages)
        return Document(
            id=record.document_id,
            title=record.title,
            source=record.source,
            text="".join(passage.text for passage in passages),
            blocks=tuple(block for passage in passages for block in passage.blocks),
            pages=tuple(pages),
            metadata=record.metadata,
        )

    def text_of(self, record: DocumentRecord) -> str:
        """`document_of(record).text`, in half the time. Raises DocumentNotFound."""
        ids = [passage_id(record.document_id, position) for position in range(record.passages)]
        texts: dict[str, str] = {}
        for part in chunks(ids, self.collections.batch):
            got = self._get("passages", ids=part, include=["documents", "metadatas"])
            for key, text, row in zip(got["ids"], got["documents"], got["metadatas"], strict=True):
                if is_of_version(row, record.version):
                    texts[key] = text
        if len(texts) != record.passages:
            raise _being_replaced(record)
        return "".join(texts[key] for key in ids)

    def passages_of(self, record: DocumentRecord) -> list[Passage]:
        """All passages of a document in order. Raises DocumentNotFound when some are missing."""
        ids = [passage_id(record.document_id, position) for position in range(record.passages)]
        found = self.passages(ids, {record.document_id: record})
        if len(found) != record.passages:
            raise _being_replaced(record)
        return found

    def passages(
        self, ids: Sequence[str], records: dict[str, DocumentRecord] | None = None
    ) -> list[Passage]:
        """Passages by id, in the order asked for; unknown ones and those of no whole document
        are left out."""
        found = self._rows(ids)
        if records is None:
            records = self.records([passage.document_id for passage, _ in found.values()])
        return [
            found[wanted][0]
            for wanted in ids
            if wanted in found and belongs(*found[wanted], records)
        ]

    def vectors_of(self, record: DocumentRecord) -> list[tuple[Passage, NDArray[np.float32]]]:
        """The passages of a document that are there, each with its vector (dimension,)."""
        ids = [passage_id(record.document_id, position) for position in range(record.passages)]
        found = []
        for part in chunks(ids, self.collections.batch):
            include = ["documents", "metadatas", "embeddings"]
            got = self._get("passages", ids=part, include=include)
            for text, metadata, vector in zip(
                got["documents"], got["metadatas"], got["embeddings"], strict=True
            ):
                passage, version = passage_of_row(text, metadata)
                if version == record.version:
                    found.append((passage, np.asarray(vector, dtype=np.float32)))
        return found

    # Searching

    def nearest(
        self, vector: list[float], limit: int, document_ids: Sequence[str] | None = None
    ) -> list[FoundPassage]:
        """The passages nearest to a vector, most similar first."""
        return self.found(self.similarities(vector, limit, document_ids))

    def similarities(
        self,
        vector: list[float],
        limit: int,
        document_ids: Sequence[str] | None = None,
        others: Sequence[str] = (),
    ) -> dict[str, float]:
        """Cosine similarities, by passage id, of the passages nearest to a vector, most similar
        first, then of those of the ids `others` that are not among them."""
        where: Any = {"document_id": {"$in": list(document_ids)}} if document_ids else None
        got = self._read(
            lambda now: now.passages.query(
                query_embeddings=[vector],  # type: ignore[arg-type]
                n_results=limit,  # of fewer passages all; counting them takes longer than this
                where=where,
                include=["distances"],
            )
        )
        assert got["distances"] is not None
        found = {
            key: 1.0 - distance
            for key, distance in zip(got["ids"][0], got["distances"][0], strict=True)
        }
        return found | self._similarities([key for key in others if key not in found], vector)

    def found(
        self, similarities: Mapping[str, float], known: dict[str, DocumentRecord] | None = None
    ) -> list[FoundPassage]:
        """The passages of these ids in their order, those left out that no whole document has.

        `known` are records that need not be read where passages fit them; those that are read are
        added to it.
        """
        rows = self._rows(list(similarities))
        records = {} if known is None else known
        unknown = [
            p.document_id for p, version in rows.values() if not belongs(p, version, records)
        ]
        records |= self.records(unknown)
        return [
            FoundPassage(passage, records[passage.document_id], similarities[key])
            for key, (passage, version) in ((k, rows[k]) for k in similarities if k in rows)
            if belongs(passage, version, records)
        ]

    def _similarities(self, ids: Sequence[str], vector: list[float]) -> dict[str, float]:
        """Cosine similarities to a vector by passage id; unknown ids are left out."""
        if not ids:
            return {}
        got = self._get("passages", ids=list(ids), include=["embeddings"])
        return {
            key: float(embedding @ vector)
            for key, embedding in zip(got["ids"], got["embeddings"], strict=True)
        }

    def _rows(self, ids: Sequence[str]) -> dict[str, tuple[Passage, str]]:
        """Passages with the version of their document by id; unknown ids are left out."""
        found: dict[str, tuple[Passage, str]] = {}
        for part in chunks(ids, self.collections.batch):
            got = self._get("passages", ids=part, include=["documents", "metadatas"])
            for text, metadata in zip(got["documents"] or [], got["metadatas"] or [], strict=True):
                passage, version = passage_of_row(text, metadata)
                found[passage.id] = (passage, version)
        return found

    # Chroma

    def _get(self, kind: str, include: Sequence[str] = ("metadatas",), **which: Any) -> Any:
        return self._read(lambda now: getattr(now, kind).get(include=list(include), **which))

    def _read(self, read: Callable[[Collections], T]) -> T:
        return self._read_of(read)[1]

    def _read_of(self, read: Callable[[Collections], T]) -> tuple[_View, T]:
        """Read, and of what; from a new client when another process has just written. Chroma fails
        on an id that the vectors in memory do not have yet, and on a replaced generation."""
        from chromadb.errors import InternalError, NotFoundError

        view, renewals = self._in_place(), 0
        while True:
            try:
                with reading(self.location):
                    return view, read(view.collections)
            except (InternalError, NotFoundError) as error:
                if renewals == _RENEWALS:
                    raise self._unreadable(error) from error
            renewals += 1
            view = self._renewed(view)

    def _in_place(self) -> _View:
        """The view of the database that is there: an open one can be read after it was deleted."""
        view = self._view
        return view if self._file_now() == view.file else self._renewed(view)

    def _renewed(self, outdated: _View) -> _View:
        """The view that has taken an outdated one's place. Chroma keeps a folder's vectors in
        memory and does not look for changes: only a new client sees them."""
        with self._renewing.turn():
            if self._view is outdated:
                self._view = self._opened()
            return self._view

    def _opened(self) -> _View:
        with reading(self.location, make=True):
            file = self._file_now()  # first: to connect to a folder makes a database there
            collections, revision = self._open_collections(self._connect())
        model = collections.settings.embedding_model
        if self._embedding_model not in (None, model):
            raise IndexMismatch(
                f"the index at {self.location} was rebuilt with {model}: "
                "set FOOTNOTE_EMBEDDING_MODEL to that and start the service again"
            )
        return _View(collections, revision, file)

    def _open_collections(self, client: "ClientAPI") -> tuple[Collections, str]:
        from chromadb.errors import InternalError, NotFoundError

        try:
            try:
                return self._current(client)
            except NotFoundError:  # a rebuilt index has just taken the place of this one, or
                return self._current(client)
        except NotFoundError:
            raise missing(self.location) from None
        except InternalError as error:
            raise self._unreadable(error) from error

    def _current(self, client: "ClientAPI") -> tuple[Collections, str]:
        """The collections, and the revision that they have, or a newer one."""
        generation, revision = (self._fixed, "") if self._fixed else current_generation(client)
        return open_collections(client, generation), revision

    def _unreadable(self, error: Exception) -> IndexUnreachable:
        return IndexUnreachable(f"the index at {self.location} cannot be read: {error}")

    def _file_now(self) -> int:
        """Tells a folder's database from one made anew in its place; 0 for a server."""
        return 0 if is_url(self.location) else database_file(self.location)


def _being_replaced(record: DocumentRecord) -> DocumentNotFound:
    return DocumentNotFound(f"the document {record.document_id!r} is being replaced")
