"""What a reader hands on: blocks in reading order, before cleaning and before offsets exist."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ingest.documents import BlockKind, PageStart


@dataclass(frozen=True, slots=True)
class RoughBlock:
    """One paragraph-like part. `gap` is what stands between it and the block before."""

    kind: BlockKind
    text: str
    level: int = 0
    gap: str = "\n\n"
    pages: tuple[PageStart, ...] = ()
    """In formats with pages: the page the block starts on (at offset 0 of `text`) and those that
    start inside it."""

    def as_kind(self, kind: BlockKind, level: int = 0) -> "RoughBlock":
        return replace(self, kind=kind, level=level)


@dataclass(frozen=True, slots=True)
class Dropped:
    """A piece of the source that is no part of the document, and why."""

    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class RoughDocument:
    """`title` is what the format itself names as the title, if it does."""

    blocks: tuple[RoughBlock, ...]
    title: str | None = None
    marked_up: bool = False
    """True when the format marks headings itself, so that none need to be guessed."""
    is_page: bool = False
    """True when it may be a page of a site, with what pages print around their text."""
    metadata: Mapping[str, str] = field(default_factory=dict)
    """What the source says of itself, by the names `author`, `date`, `url`, `site`, ...; only
    what is there, as text to show."""
    dropped: tuple[Dropped, ...] = ()
    """What the reader has left out already, such as what pages of a PDF repeat."""
