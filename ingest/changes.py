"""Telling what has to be read: new files and changed ones, by what the index knows of each."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ingest.chunks import chunks
from ingest.documents import document_id
from ingest.errors import UnreadableFile
from ingest.index import Index
from ingest.index.record import DocumentRecord, DuplicateRecord, FileStamp
from ingest.report import Report
from ingest.sources import SourceFile

_FILES_AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class Change:
    """A file that is new or may have changed, with what the index knows of it."""

    file: SourceFile
    document_id: str
    record: DocumentRecord | None = None
    duplicate: DuplicateRecord | None = None

    @property
    def known(self) -> FileStamp | None:
        """The file as it was ingested, if it was."""
        if self.record is not None:
            return self.record.file
        return self.duplicate.file if self.duplicate is not None else None


def find_changes(
    index: Index,
    found: Iterable[SourceFile | tuple[str, UnreadableFile]],
    report: Report,
    seen: dict[str, str],
    reserved: Mapping[tuple[str, str], str],
) -> Iterator[Change]:
    """Files whose size or time differ from what the index knows, or that it does not know.

    What needs no work goes to the report. `seen` is given the folder of every document id met;
    `reserved` has ids by folder and source that files keep, whatever else there is.
    """
    for some in chunks(found, _FILES_AT_ONCE):
        files = []
        for item in some:
            if isinstance(item, tuple):
                report.skipped.append((item[0], str(item[1])))
            elif item.wanted:
                files.append(item)
            else:
                report.ignored.append(item.source)
        for change in _with_records(index, files, seen, reserved):
            seen[change.document_id] = change.file.folder
            if change.known is not None and _is_same(change.known, change.file):
                report.unchanged.append(change.file.source)
            else:
                yield change


def _is_same(known: FileStamp, file: SourceFile) -> bool:
    return (known.folder, known.size, known.modified) == (file.folder, file.size, file.modified)


def _with_records(
    index: Index,
    files: list[SourceFile],
    seen: dict[str, str],
    reserved: Mapping[tuple[str, str], str],
) -> Iterator[Change]:
    """Each file with the id of its document: its source's, unless another folder has that."""
    own = [reserved.get((file.folder, file.source)) or document_id(file.source) for file in files]
    records, duplicates = index.records(own), index.duplicates(own)
    known = {key: item.file for key, item in (duplicates | records).items()}
    taken = set(reserved.values())
    met: set[str] = set()
    apart = {}
    for number, (file, key) in enumerate(zip(files, own, strict=True)):
        if (file.folder, file.source) in reserved:
            continue
        elsewhere = key in known and known[key].folder != file.folder
        if key in met or key in seen or key in taken or elsewhere:
            apart[number] = document_id(file.source, file.folder)
        met.add(key)
    records |= index.records(list(apart.values()))
    duplicates |= index.duplicates(list(apart.values()))
    for number, (file, key) in enumerate(zip(files, own, strict=True)):
        other = apart.get(number, "")
        is_known_apart = other in records or other in duplicates
        is_taken = key in taken or _is_taken(key, file, known.get(key), seen)
        if other and (is_known_apart or is_taken):
            key = other
        yield Change(file, key, records.get(key), duplicates.get(key))


def _is_taken(key: str, file: SourceFile, known: FileStamp | None, seen: dict[str, str]) -> bool:
    """Whether a file of the same name in another folder has the id, in the index or in this run;
    one that is gone from there has moved here."""
    if known is not None and known.folder == file.folder:
        return False
    return key in seen or (known is not None and known.is_there())
