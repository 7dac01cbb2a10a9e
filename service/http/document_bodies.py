"""The bodies that tell of documents."""

from collections.abc import Sequence

from ingest.index import DocumentRecord, DuplicateRecord
from service.http.schemas import Described


class DocumentOut(Described):
    document_id: str
    title: str
    source: str
    """Its file: the path in the folder that was ingested, or the name that was uploaded."""
    passages: int
    """How many."""
    characters: int
    """Length of its text, in Unicode code points."""
    sources: list[str]
    """`source`, and the files that have the same text."""
    metadata: dict[str, str]
    """What the source says of itself: author, date, url, ..."""
    uploaded: bool = False
    """Whether all its files were uploaded: once deleted, it is gone. A file of a folder comes back
    with the next ingest of that."""

    @classmethod
    def of(
        cls, record: DocumentRecord, duplicates: Sequence[DuplicateRecord], uploads: str
    ) -> "DocumentOut":
        """`uploads`: the folder that uploaded files are kept in, as an absolute path."""
        files = [record.file, *(duplicate.file for duplicate in duplicates)]
        return cls(
            document_id=record.document_id,
            title=record.title,
            source=record.source,
            passages=record.passages,
            characters=record.characters,
            sources=[record.source, *sorted(duplicate.file.source for duplicate in duplicates)],
            metadata=dict(record.metadata),
            uploaded=all(file.folder == uploads for file in files),
        )


class DocumentTextOut(DocumentOut):
    text: str
    """The canonical text, which all offsets refer to."""

    @classmethod
    def with_text(cls, listed: DocumentOut, text: str) -> "DocumentTextOut":
        return cls(**listed.model_dump(), text=text)


class DocumentsOut(Described):
    documents: list[DocumentOut]
    total: int
    next_offset: int | None
    """`offset` of the next page; none on the last one."""
