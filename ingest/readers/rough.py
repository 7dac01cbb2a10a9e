"""What a reader hands on: blocks in reading order, before cleaning and before offsets exist."""

from dataclasses import dataclass, replace

from ingest.documents import BlockKind


@dataclass(frozen=True, slots=True)
class RoughBlock:
    """One paragraph-like part. `gap` is what stands between it and the block before."""

    kind: BlockKind
    text: str
    level: int = 0
    gap: str = "\n\n"

    def as_kind(self, kind: BlockKind, level: int = 0) -> "RoughBlock":
        return replace(self, kind=kind, level=level)


@dataclass(frozen=True, slots=True)
class RoughDocument:
    """`title` is what the format itself names as the title, if it does."""

    blocks: tuple[RoughBlock, ...]
    title: str | None = None
    marked_up: bool = False
    """True when the format marks headings itself, so that none need to be guessed."""
