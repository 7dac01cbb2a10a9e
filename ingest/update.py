"""Bringing an index up to date with files: what is new, changed, unchanged or gone."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import TypeVar

from filelock import FileLock, Timeout

from ingest.canonical import Reading, read_document
from ingest.database import is_url
from ingest.documents import document_id
from ingest.embedding import Encoder
from ingest.errors import IndexBusy, IndexUnreachable, UnreadableFile
from ingest.index import Index, PreparedDocument
from ingest.passages import PassageSettings, embedded_text, split_document
from ingest.record import DocumentRecord
from ingest.sources import SourceFile, digest, find_files

_FILES_AT_ONCE = 500
_PASSAGES_A_WRITE = 256  # bounds memory, and what an interruption costs

T = TypeVar("T")


@dataclass
class Report:
    """What an ingest did, by source."""

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    """Files inside a folder whose format no reader knows: no error, but said."""
    skipped: list[tuple[str, str]] = field(default_factory=list)
    """Files that could not be read, each with its reason."""
    passages: int = 0
    """Passages embedded and written."""

    def __str__(self) -> str:
        counts = [
            f"{len(getattr(self, name))} {name}"
            for name in ("added", "updated", "unchanged", "removed", "skipped")
        ]
        return f"{', '.join(counts)}; {self.passages} passages written"


@dataclass(frozen=True, slots=True)
class _Task:
    """A file that may need work, and the record its document has now, if any."""

    file: SourceFile
    document_id: str
    record: DocumentRecord | None


def lock_index(location: str) -> AbstractContextManager[object]:
    """Only one process writes to a folder's index. Raises IndexBusy when entered a second time."""
    if is_url(location):
        return nullcontext()
    place = Path(location).resolve()
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise IndexUnreachable(
            f"the index at {location} cannot be made: {error.strerror}"
        ) from None
    return _Lock(place.with_name(place.name + ".lock"), location)


class _Lock:
    def __init__(self, path: Path, location: str) -> None:
        self._lock = FileLock(path, timeout=0)
        self._location = location

    def __enter__(self) -> None:
        try:
            self._lock.acquire()
        except Timeout:
            raise IndexBusy(
                f"another ingest is writing to {self._location}: try again when it has ended"
            ) from None

    def __exit__(self, *_: object) -> None:
        self._lock.release()


def update_index(
    index: Index,
    paths: Sequence[str],
    encoder: Encoder,
    settings: PassageSettings,
    prune: bool = False,
) -> Report:
    """Add new files, replace changed ones, leave the rest; with `prune`, remove what is gone.

    A file that cannot be read is skipped with its reason; the version of it in the index stays.
    """
    report = Report()
    index.recover()
    seen: dict[str, str] = {}
    tasks = _tasks(index, find_files(paths), report, seen)
    prepared = _prepared(tasks, encoder, settings, report, index)
    for batch in _batched_by_passages(prepared):
        index.write(batch)
        report.passages += sum(len(document.passages) for document in batch)
    if prune:
        _prune(index, paths, seen, report)
    return report


def _tasks(
    index: Index,
    found: Iterable[SourceFile | tuple[str, UnreadableFile]],
    report: Report,
    seen: dict[str, str],
) -> Iterator[_Task]:
    for some in _chunks(found, _FILES_AT_ONCE):
        files = []
        for item in some:
            if isinstance(item, tuple):
                report.skipped.append((item[0], str(item[1])))
            elif item.wanted:
                files.append(item)
            else:
                report.ignored.append(item.source)
        for task in _with_records(index, files, seen):
            if task.document_id not in seen:  # a file named twice, by two paths
                seen[task.document_id] = task.file.folder
                yield task


def _with_records(index: Index, files: list[SourceFile], seen: dict[str, str]) -> Iterator[_Task]:
    """Each file with the id of its document: its source's, unless another folder has that."""
    plain = [document_id(file.source) for file in files]
    apart = [document_id(file.source, file.folder) for file in files]
    records = index.records(plain + apart)
    for file, own, other in zip(files, plain, apart, strict=True):
        if other in records or _is_taken(file, records.get(own), seen.get(own)):
            yield _Task(file, other, records.get(other))
        else:
            yield _Task(file, own, records.get(own))


def _is_taken(file: SourceFile, record: DocumentRecord | None, folder: str | None) -> bool:
    """Whether a file of the same name in another folder has the id, in this run (`folder`) or in
    the index; a file that is gone from there has moved here."""
    if folder is not None:
        return folder != file.folder
    return record is not None and record.folder != file.folder and record.path.exists()


def _prepared(
    tasks: Iterable[_Task],
    encoder: Encoder,
    settings: PassageSettings,
    report: Report,
    index: Index,
) -> Iterator[PreparedDocument]:
    for task in tasks:
        file, record = task.file, task.record
        stat_is_known = record is not None and (
            (record.folder, record.size, record.modified) == (file.folder, file.size, file.modified)
        )
        if stat_is_known:
            report.unchanged.append(file.source)
            continue
        try:
            data = file.read()
            sha256 = digest(data)
            if record is not None and record.sha256 == sha256:
                moved = replace(record, folder=file.folder, size=file.size, modified=file.modified)
                index.update_records([moved])
                report.unchanged.append(file.source)
                continue
            reading = read_document(task.document_id, file.source, data)
        except UnreadableFile as error:
            report.skipped.append((file.source, str(error)))
            continue
        (report.added if record is None else report.updated).append(file.source)
        yield _prepare(reading, file, sha256, encoder, settings)


def _prepare(
    reading: Reading,
    file: SourceFile,
    sha256: str,
    encoder: Encoder,
    settings: PassageSettings,
) -> PreparedDocument:
    document = reading.document
    passages = split_document(document, encoder.count_tokens, settings)
    texts = [
        embedded_text(document.title, passage, encoder.cut, settings.most_tokens)
        for passage in passages
    ]
    record = DocumentRecord(
        document_id=document.id,
        title=document.title,
        source=document.source,
        folder=file.folder,
        version=document.version,
        passages=len(passages),
        characters=len(document.text),
        size=file.size,
        modified=file.modified,
        sha256=sha256,
        content=document.content,
        metadata=document.metadata,
    )
    vectors = encoder.get_text_embedding_batch(texts)
    return PreparedDocument(record, tuple(passages), tuple(vectors))


def _batched_by_passages(
    documents: Iterable[PreparedDocument],
) -> Iterator[list[PreparedDocument]]:
    batch: list[PreparedDocument] = []
    size = 0
    for document in documents:
        batch.append(document)
        size += len(document.passages)
        if size >= _PASSAGES_A_WRITE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _prune(index: Index, paths: Sequence[str], seen: Collection[str], report: Report) -> None:
    folders = {str(Path(path).resolve()) for path in paths if Path(path).is_dir()}
    gone = [
        record
        for record in index.all_records()
        if record.folder in folders and record.document_id not in seen and not record.path.exists()
    ]
    index.delete(gone)
    report.removed += [record.source for record in gone]


def _chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk
