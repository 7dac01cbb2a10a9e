"""What the index knows of a file besides its passages: its document's record, or that its text
stands in another document already."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

State = Literal["whole", "writing"]


@dataclass(frozen=True, slots=True)
class FileStamp:
    """A source file as it was when it was ingested."""

    source: str
    folder: str
    """The ingested folder that `source` is relative to, as an absolute path."""
    size: int
    """Bytes; with `modified` it tells an unchanged file by a stat."""
    modified: int
    """Modification time in nanoseconds."""
    sha256: str

    @property
    def path(self) -> Path:
        return Path(self.folder) / self.source


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """The commit mark of a document: it exists for readers when `state` is "whole".

    While `state` is "writing", `passages` is the number of positions that may hold passages, old
    or new, so that a later run can clear them.
    """

    document_id: str
    title: str
    file: FileStamp
    version: str
    """`Document.version`: its passages carry the same."""
    content: str
    """`Document.content`: tells documents of the same text."""
    passages: int
    characters: int
    metadata: Mapping[str, str] = field(default_factory=dict, hash=False)
    """What the source says of itself: author, date, url, ..."""
    state: State = "whole"

    @property
    def source(self) -> str:
        return self.file.source

    def to_metadata(self) -> dict[str, Any]:
        """As a Chroma metadata, whose values are strings and numbers."""
        fields = asdict(self)
        del fields["document_id"]
        described = json.dumps(dict(self.metadata), ensure_ascii=False)
        file: dict[str, Any] = fields.pop("file")
        return fields | file | {"metadata": described}

    @classmethod
    def from_metadata(cls, document_id: str, metadata: Mapping[str, Any]) -> "DocumentRecord":
        fields = dict(metadata)
        described = json.loads(fields.pop("metadata"))
        file = _file_stamp(fields)
        return cls(document_id=document_id, file=file, metadata=described, **fields)


@dataclass(frozen=True, slots=True)
class DuplicateRecord:
    """A file whose text is that of another document: it has no passages of its own."""

    document_id: str
    """The id the file's own document would have."""
    file: FileStamp
    duplicate_of: str
    """Id of the document that has the text."""
    content: str

    def to_metadata(self) -> dict[str, Any]:
        return {**asdict(self.file), "duplicate_of": self.duplicate_of, "content": self.content}

    @classmethod
    def from_metadata(cls, document_id: str, metadata: Mapping[str, Any]) -> "DuplicateRecord":
        fields = dict(metadata)
        return cls(document_id=document_id, file=_file_stamp(fields), **fields)


def _file_stamp(fields: dict[str, Any]) -> FileStamp:
    """Takes the fields of a FileStamp out of `fields`."""
    return FileStamp(**{name: fields.pop(name) for name in FileStamp.__dataclass_fields__})
