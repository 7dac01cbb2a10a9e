"""The nouns of the project: a document, its blocks, and the passages that tile it.

Every offset is a count of Unicode code points into `Document.text`, end exclusive, as in a
Python slice.
"""

import hashlib
from dataclasses import dataclass
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
class Document:
    """One source after cleaning. `text` is canonical: all offsets refer to it."""

    id: str
    title: str
    source: str
    text: str
    blocks: tuple[Block, ...] = ()

    @property
    def version(self) -> str:
        """Changes whenever the title, the text or its structure does."""
        digest = hashlib.sha256()
        for part in (self.title, self.text, encode_blocks(self.blocks)):
            digest.update(part.encode())
            digest.update(b"\0")
        return digest.hexdigest()[:16]


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

    @property
    def id(self) -> str:
        return passage_id(self.document_id, self.position)

    @property
    def end(self) -> int:
        return self.start + len(self.text)


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
