"""What the index knows of a file besides its passages: its document's record, or that its text
stands in another document already."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

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

    def is_there(self) -> bool:
        """Whether the file still exists, for all that can be told: one in a folder that may not be
        looked into is not gone."""
        try:
            self.path.stat()
        except (FileNotFoundError, NotADirectoryError):
            return False
        except OSError:
            return True
        return True

    def is_as_it_was(self) -> bool:
        """Whether the file is there, with the size and time it had."""
        try:
            status = self.path.stat()
        except OSError:
            return False
        return (status.st_size, status.st_mtime_ns) == (self.size, self.modified)


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


@dataclass(frozen=True, slots=True)
class DuplicateRecord:
    """A file whose text is that of another document: it has no passages of its own."""

    document_id: str
    """The id the file's own document would have."""
    file: FileStamp
    duplicate_of: str
    """Id of the document that has the text."""
    content: str
