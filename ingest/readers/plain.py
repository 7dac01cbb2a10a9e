"""Plain text: blank lines separate paragraphs; lines inside one may be hard-wrapped or not."""

import re

from ingest.documents import BlockKind
from ingest.readers.rough import RoughBlock, RoughDocument
from ingest.readers.text import decode

_BLANK = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_LIST_ITEM = re.compile(r"(?:[-*•–‣·]|\(?\d{1,3}[.)]|\(?[a-z][.)]|\(?[A-Z]\))\s+\S")
_WRAP_WIDTH = range(40, 121)
_WRAP_RAGGED = 25  # how much shorter than the longest a wrapped line can be


def read_plain(data: bytes) -> RoughDocument:
    return RoughDocument(tuple(plain_blocks(decode(data))), is_page=True)


def plain_blocks(text: str) -> list[RoughBlock]:
    blocks: list[RoughBlock] = []
    for paragraph in _BLANK.split(text.strip("\n")):
        lines = [line.rstrip() for line in paragraph.split("\n") if line.strip()]
        if not lines:
            continue
        pieces = ["\n".join(lines)] if _is_wrapped(lines) else _with_continuations(lines)
        for number, piece in enumerate(pieces):
            blocks.append(RoughBlock(_kind(piece), piece.strip(), gap="\n" if number else "\n\n"))
    return blocks


def _with_continuations(lines: list[str]) -> list[str]:
    """Lines, those joined to the list item before them that are indented below it."""
    pieces: list[str] = []
    for line in lines:
        below = pieces and line[0].isspace() and _LIST_ITEM.match(pieces[-1].lstrip())
        if below and not _LIST_ITEM.match(line.lstrip()):
            pieces[-1] += "\n" + line
        else:
            pieces.append(line)
    return pieces


def _kind(piece: str) -> BlockKind:
    return "list_item" if _LIST_ITEM.match(piece.lstrip()) else "paragraph"


def _is_wrapped(lines: list[str]) -> bool:
    """Whether the lines are one paragraph broken at a column, not lines of their own."""
    if len(lines) < 2 or any(_LIST_ITEM.match(line.lstrip()) for line in lines[1:]):
        return False
    widths = [len(line) for line in lines]
    longest = max(widths)
    if longest not in _WRAP_WIDTH or len(set(lines)) < len(lines):
        return False
    return all(width >= longest - _WRAP_RAGGED for width in widths[:-1])
