"""From documents read to documents ready to be written: duplicates and renamed files told,
passages tiled, vectors kept where the text is the same, all others embedded many at a time."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ingest.changes import Change
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
        iterator = iter(read)
        while some := list(islice(iterator, _DOCUMENTS_AT_ONCE)):
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
                    threads.submit(self._embed, part, tell) for part in _parts(_unknown(batch))
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
                if known is None or not known.file.path.exists():
                    found[record.content] = record
        return found

    def _sort(self, item: ReadDocument, originals: dict[str, DocumentRecord], batch: Batch) -> None:
        """Put what one file needs into the batch."""
        change, document = item.change, item.document
        if document is None:
            known = change.record or change.duplicate
            assert known is not None
            batch.touched.append(replace(known, file=item.stamp))
            return
        if change.record is not None and change.record.version == document.version:
            self._met.setdefault(document.content, (document.id, document.source))
            batch.touched.append(replace(change.record, file=item.stamp))
            return
        moved = None
        original = originals.get(document.content)
        if document.content not in self._met and original and original.document_id != document.id:
            if original.file.path.exists():
                self._met[document.content] = (original.document_id, original.source)
            else:
                moved = original
        first, source = self._met.setdefault(document.content, (document.id, document.source))
        if first != document.id:
            duplicate = DuplicateRecord(document.id, item.stamp, first, document.content)
            batch.duplicates.append((duplicate, source))
        else:
            batch.tiled.append(self._tile(item, document, moved))

    def _tile(
        self, item: ReadDocument, document: Document, moved: DocumentRecord | None
    ) -> TiledDocument:
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
        outcome: Outcome = "moved" if moved else "added" if before is None else "updated"
        return TiledDocument(
            outcome,
            record,
            tuple(passages),
            tuple(self._embedded_text(document.title, passage) for passage in passages),
            self._known_vectors(before or moved, document.title if moved else None),
            moved,
        )

    def _known_vectors(
        self, record: DocumentRecord | None, title: str | None
    ) -> dict[str, NDArray[np.float32]]:
        """Vectors of a document's old passages by the text that would be embedded for them now.

        A renamed file keeps its vectors although its `title` may be made of its name.
        """
        if record is None:
            return {}
        title = title or record.title
        return {
            self._embedded_text(title, passage): vector
            for passage, vector in self._index.vectors_of(record)
        }

    def _embedded_text(self, title: str, passage: Passage) -> str:
        return embedded_text(title, passage, self._embedding.cut, self._settings.most_tokens)


def _unknown(batch: Batch) -> list[str]:
    """The texts whose vectors are not known."""
    return [text for tiled in batch.tiled for text in tiled.texts if text not in tiled.known]


def _parts(texts: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(texts), _PASSAGES_AT_ONCE):
        yield texts[start : start + _PASSAGES_AT_ONCE]


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
