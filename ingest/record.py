"""A document's record: what the index knows of a document besides its passages."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
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
    content: str = ""
    """Tells documents of the same text (`Document.content`)."""
    metadata: Mapping[str, str] = field(default_factory=dict)
    """What the source says of itself: author, date, url, ..."""
    state: State = "whole"

    @property
    def path(self) -> Path:
        """Where the source file was when it was ingested."""
        return Path(self.folder) / self.source

    def to_metadata(self) -> dict[str, Any]:
        """As a Chroma metadata, whose values cannot be mappings."""
        fields = asdict(self)
        del fields["document_id"]
        return fields | {"metadata": json.dumps(dict(self.metadata), ensure_ascii=False)}

    @classmethod
    def from_metadata(cls, document_id: str, metadata: dict[str, Any]) -> "DocumentRecord":
        fields = dict(metadata)
        described = json.loads(fields.pop("metadata"))
        return cls(document_id=document_id, metadata=described, **fields)
