"""The nouns of the project: a document, its blocks, and the passages that tile it.

Every offset is a count of Unicode code points into `Document.text`, end exclusive, as in a
Python slice.
"""

import hashlib
import json
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

BlockKind = Literal["title", "heading", "paragraph", "list_item", "caption", "table", "code"]

# Kinds that are no sentences: they are indexed and shown, but never quoted as an answer.
UNQUOTABLE: frozenset[BlockKind] = frozenset({"title", "heading", "code"})


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph-like part of a text: `text[start:end]` without surrounding white space."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    """Depth of a heading (1 is the highest); 0 for everything else."""


@dataclass(frozen=True, slots=True)
class PageStart:
    """From `start` on, a text is on page `number` of its source, until the next page starts."""

    start: int
    number: int


@dataclass(frozen=True, slots=True)
class Document:
    """One source after cleaning. `text` is canonical: all offsets refer to it."""

    id: str
    title: str
    source: str
    text: str
    blocks: tuple[Block, ...] = ()
    pages: tuple[PageStart, ...] = ()
    """In order; empty when the format has no pages."""
    metadata: Mapping[str, str] = field(default_factory=dict, hash=False)
    """What the source says of itself: author, date, url, ..."""

    @property
    def version(self) -> str:
        """Changes whenever the title, the text, its structure or its metadata does."""
        parts = (self.title, self.text, encode_blocks(self.blocks), encode_pages(self.pages))
        return _digest(*parts, json.dumps(dict(self.metadata), sort_keys=True))

    @property
    def content(self) -> str:
        """The same for all documents with the same text, whatever they are called."""
        return _digest(self.text)

    def page_at(self, offset: int) -> int | None:
        """The page of the source that the character at `offset` is on, from 1."""
        return page_at(self.pages, offset)


@dataclass(frozen=True, slots=True)
class Passage:
    """A contiguous slice of a document: what is embedded, indexed and retrieved.

    The passages of a document tile it: `"".join(p.text for p in passages) == document.text`.
    """

    document_id: str
    position: int
    start: int
    text: str
    blocks: tuple[Block, ...] = ()
    """Blocks or parts of blocks inside this passage, with offsets into the document."""
    headings: tuple[str, ...] = ()
    """Headings above this passage, outermost first, without the title."""
    pages: tuple[PageStart, ...] = ()
    """The page this passage starts on and those that start inside it; offsets of the document."""

    @property
    def id(self) -> str:
        return passage_id(self.document_id, self.position)

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    def page_at(self, offset: int) -> int | None:
        """The page of the source that the character at `offset` is on, from 1."""
        return page_at(self.pages, offset)


def page_at(pages: Sequence[PageStart], offset: int) -> int | None:
    """The number of the last page that starts at or before `offset`; None without pages."""
    after = bisect_right(pages, offset, key=lambda page: page.start)
    return pages[max(0, after - 1)].number if pages else None


def document_id(source: str, folder: str = "") -> str:
    """The id of a source: the same source has the same id, on every machine and in every run.

    `folder` sets apart two folders that hold a file of the same relative path.
    """
    name = f"{folder}\0{source}" if folder else source
    return hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def passage_id(document: str, position: int) -> str:
    return f"{document}-{position}"


def encode_blocks(blocks: tuple[Block, ...], origin: int = 0) -> str:
    """Blocks as one short string, offsets counted from `origin`."""
    return " ".join(
        f"{block.kind},{block.start - origin},{block.end - origin},{block.level}"
        for block in blocks
    )


def decode_blocks(encoded: str, origin: int = 0) -> tuple[Block, ...]:
    blocks = []
    for item in encoded.split():
        kind, start, end, level = item.split(",")
        blocks.append(Block(kind, int(start) + origin, int(end) + origin, int(level)))  # type: ignore[arg-type]
    return tuple(blocks)


def encode_pages(pages: tuple[PageStart, ...], origin: int = 0) -> str:
    """Page starts as one short string, offsets counted from `origin`."""
    return " ".join(f"{page.start - origin},{page.number}" for page in pages)


def decode_pages(encoded: str, origin: int = 0) -> tuple[PageStart, ...]:
    pairs = (item.split(",") for item in encoded.split())
    return tuple(PageStart(int(start) + origin, int(number)) for start, number in pairs)


def _digest(*parts: str) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode())
        digest.update(b"\0")
    return digest.hexdigest()[:16]
