"""A document's record: what the index knows of a document besides its passages."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

State = Literal["whole", "writing"]


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """The commit mark of a document: it exists for readers when `state` is "whole".

    While `state` is "writing", `passages` is the number of positions that may hold passages, old
    or new, so that a later run can clear them.
    """

    document_id: str
    title: str
    source: str
    folder: str
    """The ingested folder that `source` is relative to, as an absolute path."""
    version: str
    passages: int
    characters: int
    size: int
    """Bytes of the source file; with `modified` it tells an unchanged file by a stat."""
    modified: int
    """Modification time of the source file in nanoseconds."""
    sha256: str
    state: State = "whole"

    @property
    def path(self) -> Path:
        """Where the source file was when it was ingested."""
        return Path(self.folder) / self.source

    def to_metadata(self) -> dict[str, Any]:
        metadata = asdict(self)
        del metadata["document_id"]
        return metadata

    @classmethod
    def from_metadata(cls, document_id: str, metadata: dict[str, Any]) -> "DocumentRecord":
        return cls(document_id=document_id, **metadata)
