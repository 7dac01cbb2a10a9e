"""Bringing an index up to date with files: what is new, changed, unchanged, renamed or gone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ingest.ahead import ahead
from ingest.changes import Change, find_changes
from ingest.embedding.interface import Embedding
from ingest.errors import UnreadableFile
from ingest.index import Index
from ingest.index.record import DocumentRecord, DuplicateRecord
from ingest.index.writer import IndexWriter
from ingest.passages import PassageSettings
from ingest.prepare import Batch, Preparation, ReadDocument
from ingest.progress import Progress
from ingest.reading import ReaderPool, ReadRequest
from ingest.report import Report
from ingest.sources import SourceFile, find_files, folders_of, stat_file

MOST_BYTES = 100_000_000


@dataclass(slots=True)
class Update:
    """One bringing up to date of one index; made for one call of `run`."""

    index: Index
    embedding: Embedding
    settings: PassageSettings
    most_bytes: int = MOST_BYTES
    """Files larger than this are skipped."""
    progress: Progress = field(default_factory=Progress)
    report: Report = field(default_factory=Report)
    _seen: dict[str, str] = field(default_factory=dict)
    _has_begun: bool = False

    def run(
        self,
        paths: Sequence[str],
        prune: bool = False,
        more: Iterable[SourceFile] = (),
        reserved: Mapping[tuple[str, str], str] | None = None,
    ) -> Report:
        """Add new files, replace changed ones, leave the rest; with `prune`, remove what is gone
        from the folders among `paths`. `more` are files besides those under the paths; `reserved`
        has document ids that files keep, by folder and source.

        A file that cannot be read is skipped with its reason; the version of it in the index
        stays.
        """
        IndexWriter(self.index).recover()
        preparation = Preparation(self.index, self.embedding, self.settings)
        with ReaderPool() as readers:
            found = _each_once(find_files(paths), more)
            changes = find_changes(self.index, found, self.report, self._seen, reserved or {})
            self._write(self._read(readers, changes), preparation)
            gone = folders_of(paths) if prune else set()
            orphans = list(self._orphans(gone))
            if orphans:
                again = Preparation(self.index, self.embedding, self.settings)
                self._write(self._read(readers, iter(orphans)), again)
        if prune:
            self._prune(gone)
        return self.report

    def bring(self, documents: Iterable[ReadDocument]) -> None:
        """Write documents that have been read already."""
        self._write(documents, Preparation(self.index, self.embedding, self.settings))

    def _read(self, readers: ReaderPool, changes: Iterator[Change]) -> Iterator[ReadDocument]:
        for change, outcome in readers.read(changes, self._request):
            if isinstance(outcome, UnreadableFile):
                self.report.skipped.append((change.file.source, str(outcome)))
                self.progress.files(self.report)
                continue
            document = None
            if outcome.reading is not None:
                document = outcome.reading.document
                self.report.dropped += len(outcome.reading.dropped)
            yield ReadDocument(change, outcome.sha256, document)

    def _request(self, change: Change) -> ReadRequest:
        if not self._has_begun:
            self._has_begun = True
            self.embedding.warm_up()  # while the first files are read
        known = change.known.sha256 if change.known is not None else ""
        return ReadRequest(change.file, change.document_id, self.most_bytes, known)

    def _write(self, read: Iterable[ReadDocument], preparation: Preparation) -> None:
        """Reading, tiling, embedding and writing overlap: each is a little ahead of the next."""
        tiled = ahead(preparation.batches(read))
        embedded = preparation.embedded(tiled, self.progress.embedded)
        for batch in ahead(embedded):
            self._write_batch(batch)
            self._tell(batch)
            self.progress.files(self.report)

    def _write_batch(self, batch: Batch) -> None:
        writer = IndexWriter(self.index)
        writer.write(batch.prepared)
        touched = [item for item in batch.touched if isinstance(item, DuplicateRecord)]
        writer.put_duplicates([duplicate for duplicate, _ in batch.duplicates] + touched)
        writer.update_records(
            [item for item in batch.touched if not isinstance(item, DuplicateRecord)]
        )

    def _tell(self, batch: Batch) -> None:
        report = self.report
        for document in batch.tiled:
            getattr(report, document.outcome).append(document.record.source)
        report.unchanged += [item.file.source for item in batch.touched]
        report.duplicates += [(item.file.source, source) for item, source in batch.duplicates]
        report.passages += sum(len(document.passages) for document in batch.prepared)
        report.embedded += batch.embedded

    def _orphans(self, gone: set[str]) -> Iterator[Change]:
        """Duplicates that need a document of their own: the one that had their text has another
        now, or is about to be removed because its file is gone from one of these folders."""
        duplicates = self.index.all_duplicates()
        own = self.index.records([item.document_id for item in duplicates])
        originals = self.index.records([item.duplicate_of for item in duplicates])
        stale = [item for item in duplicates if item.document_id in own]  # of interrupted writes
        for item in duplicates:
            if item.document_id in own or _stays(item, originals.get(item.duplicate_of), gone):
                continue
            file = stat_file(item.file.folder, item.file.source)
            if isinstance(file, SourceFile):
                yield Change(file, item.document_id)
            else:
                stale.append(item)
                self.report.removed.append(item.file.source)
        IndexWriter(self.index).delete_duplicates(stale)

    def _prune(self, folders: set[str]) -> None:
        writer = IndexWriter(self.index)
        duplicates = [
            item
            for item in self.index.all_duplicates()
            if item.file.folder in folders and not item.file.is_there()
        ]
        records = [
            record
            for record in self.index.all_records()
            if record.file.folder in folders
            and record.document_id not in self._seen
            and not record.file.is_there()
        ]
        writer.delete_duplicates(duplicates)
        writer.delete(records)
        self.report.removed += [item.file.source for item in duplicates]
        self.report.removed += [record.source for record in records]


def _stays(item: DuplicateRecord, original: DocumentRecord | None, gone: set[str]) -> bool:
    """Whether the document that has a duplicate's text still has it, and will not be removed
    because its file is gone from one of these folders."""
    if original is None or original.content != item.content:
        return False
    return original.file.folder not in gone or original.file.is_there()


def _each_once(
    found: Iterable[SourceFile | tuple[str, UnreadableFile]], more: Iterable[SourceFile]
) -> Iterator[SourceFile | tuple[str, UnreadableFile]]:
    met: set[tuple[str, str]] = set()
    for item in found:
        if isinstance(item, SourceFile):
            met.add((item.folder, item.source))
        yield item
    yield from (item for item in more if (item.folder, item.source) not in met)
