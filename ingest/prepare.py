"""From documents read to documents ready to be written: duplicates and renamed files told,
passages tiled, vectors kept where the text is the same, all others embedded many at a time."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ingest.changes import Change
from ingest.chunks import chunks
from ingest.documents import Document, Passage
from ingest.embedding.interface import Embedding
from ingest.index import Index
from ingest.index.record import DocumentRecord, DuplicateRecord, FileStamp
from ingest.index.writer import PreparedDocument
from ingest.passages import PassageSettings, embedded_text, split_document

Outcome = Literal["added", "updated", "moved"]

_DOCUMENTS_AT_ONCE = 64
_BATCHES_AT_WORK = 2  # so that none waits for the next to be sent
_PASSAGES_AT_ONCE = 256  # embedded and written together: bounds memory and what a death costs


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A changed file's document; None when only its size or time is another."""

    change: Change
    sha256: str
    document: Document | None

    @property
    def stamp(self) -> FileStamp:
        file = self.change.file
        return FileStamp(file.source, file.folder, file.size, file.modified, self.sha256)


@dataclass(frozen=True, slots=True)
class TiledDocument:
    """A document's passages, what is embedded for each, and the vectors that are known already."""

    outcome: Outcome
    record: DocumentRecord
    passages: tuple[Passage, ...]
    texts: tuple[str, ...]
    known: dict[str, NDArray[np.float32]]
    """Vectors (dimension,) by the text that was embedded."""
    instead_of: DocumentRecord | None = None


@dataclass(slots=True)
class Batch:
    """What one write brings to the index."""

    tiled: list[TiledDocument] = field(default_factory=list)
    prepared: list[PreparedDocument] = field(default_factory=list)
    """`tiled` with all vectors."""
    duplicates: list[tuple[DuplicateRecord, str]] = field(default_factory=list)
    """Each with the source of the document that has its text."""
    touched: list[DocumentRecord | DuplicateRecord] = field(default_factory=list)
    """Known files of another size or time with the document they had."""
    embedded: int = 0

    @property
    def is_full(self) -> bool:
        passages = sum(len(document.passages) for document in self.tiled)
        return passages >= _PASSAGES_AT_ONCE or len(self.touched) >= _PASSAGES_AT_ONCE


class Preparation:
    """Prepares documents for one index. Remembers the texts of its run, to tell duplicates."""

    def __init__(self, index: Index, embedding: Embedding, settings: PassageSettings) -> None:
        self._index = index
        self._embedding = embedding
        self._settings = settings
        self._met: dict[str, tuple[str, str]] = {}
        """Id and source of the document that has a text, by `Document.content`."""

    def batches(self, read: Iterable[ReadDocument]) -> Iterator[Batch]:
        """Documents in batches of some hundred passages, tiled but not embedded."""
        batch = Batch()
        for some in chunks(read, _DOCUMENTS_AT_ONCE):
            contents = {item.document.content for item in some if item.document is not None}
            originals = self._originals(contents)
            for item in some:
                self._sort(item, originals, batch)
                if batch.is_full:
                    yield batch
                    batch = Batch()
        yield batch

    def embedded(
        self, batches: Iterable[Batch], tell: Callable[[int], None] = lambda _: None
    ) -> Iterator[Batch]:
        """The batches with all vectors; `tell` hears how many more passages were embedded."""
        with ThreadPoolExecutor(_BATCHES_AT_WORK) as threads:
            waiting: deque[tuple[Batch, list[Future[NDArray[np.float32]]]]] = deque()
            for batch in batches:
                parts = [
                    threads.submit(self._embed, part, tell)
                    for part in chunks(_unknown(batch), _PASSAGES_AT_ONCE)
                ]
                waiting.append((batch, parts))
                if len(waiting) == _BATCHES_AT_WORK:
                    yield _with_vectors(*waiting.popleft())
            while waiting:
                yield _with_vectors(*waiting.popleft())

    def _embed(self, texts: list[str], tell: Callable[[int], None]) -> NDArray[np.float32]:
        vectors = self._embedding.get_text_embedding_batch(texts)
        tell(len(texts))
        return vectors

    def _originals(self, contents: set[str]) -> dict[str, DocumentRecord]:
        """Whole documents of the index with these texts; of two, one whose file is there."""
        found: dict[str, DocumentRecord] = {}
        for record in self._index.with_content(sorted(contents - self._met.keys())):
            if record.state == "whole":
                known = found.get(record.content)
                if known is None or not known.file.is_there():
                    found[record.content] = record
        return found

    def _sort(self, item: ReadDocument, originals: dict[str, DocumentRecord], batch: Batch) -> None:
        """Put what one file needs into the batch."""
        change, document = item.change, item.document
        record = change.record
        if record is not None and (document is None or record.version == document.version):
            self._sort_touched(record, item, batch)
        elif document is None:
            assert change.duplicate is not None
            batch.touched.append(replace(change.duplicate, file=item.stamp))
        else:
            self._sort_changed(item, document, originals.get(document.content), batch)

    def _sort_touched(self, record: DocumentRecord, item: ReadDocument, batch: Batch) -> None:
        first, source = self._met.setdefault(record.content, (record.document_id, record.source))
        if first == record.document_id:
            batch.touched.append(replace(record, file=item.stamp))
        else:  # a file met before has taken its text
            duplicate = DuplicateRecord(record.document_id, item.stamp, first, record.content)
            batch.duplicates.append((duplicate, source))

    def _sort_changed(
        self, item: ReadDocument, document: Document, original: DocumentRecord | None, batch: Batch
    ) -> None:
        """`original` is a document of the index that has this text, under this id or another."""
        if original is not None and original.document_id == document.id:
            original = None
        if original is not None and original.file.is_as_it_was():
            self._met.setdefault(document.content, (original.document_id, original.source))
        first, source = self._met.setdefault(document.content, (document.id, document.source))
        if first != document.id:
            duplicate = DuplicateRecord(document.id, item.stamp, first, document.content)
            batch.duplicates.append((duplicate, source))
        else:
            batch.tiled.append(self._tile(item, document, original))

    def _tile(
        self, item: ReadDocument, document: Document, original: DocumentRecord | None
    ) -> TiledDocument:
        """`original` has the text in the index, but its file is gone or has another text now."""
        passages = split_document(document, self._embedding.count_tokens, self._settings)
        record = DocumentRecord(
            document_id=document.id,
            title=document.title,
            file=item.stamp,
            version=document.version,
            content=document.content,
            passages=len(passages),
            characters=len(document.text),
            metadata=document.metadata,
        )
        before = item.change.record
        moved = original if original is not None and not original.file.is_there() else None
        outcome: Outcome = "moved" if moved else "added" if before is None else "updated"
        known: dict[str, NDArray[np.float32]] = {}
        if before is not None:
            known |= self._known_vectors(before, before.title)
        if original is not None:  # its file had another name, of which the title may be made
            known |= self._known_vectors(original, document.title)
        texts = tuple(self._embedded_text(document.title, passage) for passage in passages)
        return TiledDocument(outcome, record, tuple(passages), texts, known, moved)

    def _known_vectors(self, record: DocumentRecord, title: str) -> dict[str, NDArray[np.float32]]:
        """Vectors of a document's passages by what would be embedded for them with this title."""
        return {
            self._embedded_text(title, passage): vector
            for passage, vector in self._index.vectors_of(record)
        }

    def _embedded_text(self, title: str, passage: Passage) -> str:
        return embedded_text(title, passage, self._embedding.cut, self._settings.most_tokens)


def _unknown(batch: Batch) -> list[str]:
    """The texts whose vectors are not known."""
    return [text for tiled in batch.tiled for text in tiled.texts if text not in tiled.known]


def _with_vectors(batch: Batch, parts: list[Future[NDArray[np.float32]]]) -> Batch:
    new = iter([row for part in parts for row in part.result()])
    for tiled in batch.tiled:
        rows = [tiled.known[text] if text in tiled.known else next(new) for text in tiled.texts]
        array = np.asarray(rows, dtype=np.float32)
        batch.prepared.append(
            PreparedDocument(tiled.record, tiled.passages, array, tiled.instead_of)
        )
    batch.embedded = sum(len(part.result()) for part in parts)
    return batch
