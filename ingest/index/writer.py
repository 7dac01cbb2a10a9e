"""Writing to an index, in an order that keeps it true at any instant.

A write sets a document's record to "writing", replaces its passages, then sets the record to
"whole": whatever instant a process dies at, every document is whole in its old version, whole in
its new one, or absent, and `recover` clears what was left.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

import numpy as np
from numpy.typing import NDArray

from ingest.chunks import chunks
from ingest.documents import Passage, passage_id
from ingest.errors import IndexUnreachable
from ingest.full_disk import NO_ROOM, is_nearly_full
from ingest.index.collections import is_current, make_current
from ingest.index.database import is_url
from ingest.index.gate import writing
from ingest.index.index import Index
from ingest.index.record import DocumentRecord, DuplicateRecord
from ingest.index.rows import duplicate_row, passage_row, record_row, vector_of_id

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PreparedDocument:
    """A document ready to be written: tiled and embedded."""

    record: DocumentRecord
    passages: tuple[Passage, ...]
    vectors: NDArray[np.float32]
    """Shape (len(passages), dimension)."""
    instead_of: DocumentRecord | None = None
    """A document under another id that this one replaces, in the same instant."""


def _alone(change: Callable[Concatenate["IndexWriter", P], T]) -> Callable[..., T]:
    """Make a change while nobody reads. Raises IndexUnreachable where Chroma cannot write."""

    @wraps(change)
    def alone(self: "IndexWriter", *arguments: P.args, **named: P.kwargs) -> T:
        from chromadb.errors import InternalError, NotFoundError

        location = self._index.location
        try:
            with writing(location):
                return change(self, *arguments, **named)
        except NotFoundError as error:
            raise IndexUnreachable(
                f"the index at {location} was removed while it was written to: ingest again"
            ) from error
        except InternalError as error:
            full = not is_url(location) and is_nearly_full(location)
            reason = NO_ROOM if full else str(error)
            raise IndexUnreachable(
                f"the index at {location} cannot be written: {reason}"
            ) from error

    return alone


class IndexWriter:
    """Changes one index. Only one process at a time may (see `ingest.index.lock`)."""

    def __init__(self, index: Index) -> None:
        """`index` must be up to date: opened, or refreshed, since the right to write was taken.
        Chroma would save the vectors that it has in memory over those of another process."""
        self._index = index

    @_alone
    def write(self, documents: Sequence[PreparedDocument]) -> None:
        """Add documents or replace their old versions."""
        if not documents:
            return
        known = self._index.records([document.record.document_id for document in documents])
        before = {key: record.passages for key, record in known.items()}
        self._put_pending(documents, before)
        self._put_passages(documents)
        records = [document.record for document in documents]
        self._delete_passages(
            passage_id(r.document_id, position)
            for r in records
            for position in range(r.passages, before.get(r.document_id, 0))
        )
        replaced = [d.instead_of for d in documents if d.instead_of is not None]
        self._update([*records, *(replace(old, state="writing") for old in replaced)])
        self._delete_duplicates([r.document_id for r in records])
        self._remove(replaced)
        self._touch()

    @_alone
    def update_records(self, records: Sequence[DocumentRecord]) -> None:
        """Replace the records of documents whose passages stay as they are."""
        if records:
            self._update(records)
            self._touch()

    @_alone
    def put_duplicates(self, duplicates: Sequence[DuplicateRecord]) -> None:
        """Remember files whose text another document has, instead of documents of their own."""
        if not duplicates:
            return
        collections = self._index.collections
        for part in chunks(duplicates, collections.batch):
            collections.duplicates.upsert(
                ids=[duplicate.document_id for duplicate in part],
                metadatas=[duplicate_row(duplicate) for duplicate in part],
                embeddings=[vector_of_id(d.document_id) for d in part],  # type: ignore[arg-type]
            )
        own = self._index.records([duplicate.document_id for duplicate in duplicates])
        self.delete(list(own.values()))
        self._touch()

    @_alone
    def delete(self, records: Sequence[DocumentRecord]) -> None:
        """Remove documents, and what an interrupted write left of them."""
        if not records:
            return
        self._update([replace(record, state="writing") for record in records])
        self._remove(records)
        self._touch()

    @_alone
    def delete_duplicates(self, duplicates: Sequence[DuplicateRecord]) -> None:
        if duplicates:
            self._delete_duplicates([duplicate.document_id for duplicate in duplicates])
            self._touch()

    @_alone
    def recover(self) -> int:
        """Clear documents that an interrupted run left half written; returns how many."""
        broken = self._index.unfinished()
        self.delete(broken)
        return len(broken)

    def _put_pending(self, documents: Sequence[PreparedDocument], before: dict[str, int]) -> None:
        collections = self._index.collections
        for part in chunks(documents, collections.batch):
            pending = [
                replace(
                    document.record,
                    state="writing",
                    passages=max(
                        document.record.passages, before.get(document.record.document_id, 0)
                    ),
                )
                for document in part
            ]
            collections.documents.upsert(
                ids=[record.document_id for record in pending],
                metadatas=[record_row(record) for record in pending],
                embeddings=[vector_of_id(record.document_id) for record in pending],  # type: ignore[arg-type]
            )

    def _put_passages(self, documents: Sequence[PreparedDocument]) -> None:
        rows = [
            (passage, vector, document.record.version)
            for document in documents
            for passage, vector in zip(document.passages, document.vectors, strict=True)
        ]
        collections = self._index.collections
        for part in chunks(rows, collections.batch):
            collections.passages.upsert(
                ids=[passage.id for passage, _, _ in part],
                documents=[passage.text for passage, _, _ in part],
                metadatas=[passage_row(passage, version) for passage, _, version in part],
                embeddings=[vector for _, vector, _ in part],
            )

    def _update(self, records: Sequence[DocumentRecord]) -> None:
        collections = self._index.collections
        for part in chunks(records, collections.batch):
            collections.documents.update(
                ids=[record.document_id for record in part],
                metadatas=[record_row(record) for record in part],
            )

    def _remove(self, records: Sequence[DocumentRecord]) -> None:
        """Passages first, so that a record stays to tell of them."""
        self._delete_passages(
            passage_id(record.document_id, position)
            for record in records
            for position in range(record.passages)
        )
        collections = self._index.collections
        for ids in chunks([record.document_id for record in records], collections.batch):
            collections.documents.delete(ids=ids)

    def _delete_passages(self, ids: Iterable[str]) -> None:
        collections = self._index.collections
        for part in chunks(ids, collections.batch):
            collections.passages.delete(ids=part)

    def _delete_duplicates(self, ids: Sequence[str]) -> None:
        known = self._index.duplicates(ids)
        collections = self._index.collections
        for part in chunks(known, collections.batch):
            collections.duplicates.delete(ids=part)

    def _touch(self) -> None:
        """Tell readers that something has changed; of a generation that none reads yet, nobody."""
        collections = self._index.collections
        if is_current(collections.client, collections.generation):
            make_current(collections.client, collections.generation)
