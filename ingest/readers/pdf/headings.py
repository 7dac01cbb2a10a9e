"""Headings of a PDF: set larger than the body, or bold. Their sizes in order are their levels."""

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.readers.pdf.paragraphs import Paragraph

_LARGER = 1.1  # than the body
_NEARLY_BODY = 0.97
_MOST_WORDS = 30
_MOST_BOLD_WORDS = 16
_SAME_LEVEL = 0.04  # share that sizes of one level differ by
_DEEPEST = 6
_MOST_BOLD = 0.4  # of a document's letters: where so much is bold, it marks no heading
_LEADERS = re.compile(r"\.{4}|…")  # dots from an entry of a table of contents to its page


def mark_headings(paragraphs: Sequence[Paragraph], body: float) -> None:
    """Make headings of those paragraphs that look like them."""
    bold = sum(p.letters for p in paragraphs if p.lines[0].bold)
    bold_marks = bold <= _MOST_BOLD * sum(p.letters for p in paragraphs)
    found = [
        paragraph
        for paragraph, below in zip(paragraphs, [*paragraphs[1:], None], strict=True)
        if _is_larger(paragraph, body) or (bold_marks and _is_bold(paragraph, below, body))
    ]
    levels = _levels([paragraph.lines[0].size for paragraph in found])
    for paragraph in found:
        paragraph.kind = "heading"
        paragraph.level = levels[paragraph.lines[0].size]
    for above, below in pairwise(paragraphs):
        if "heading" in (above.kind, below.kind):
            below.gap = "\n\n"


def _is_larger(paragraph: Paragraph, body: float) -> bool:
    size = min(line.size for line in paragraph.lines)
    return size >= _LARGER * body and _can_be(paragraph, _MOST_WORDS)


def _is_bold(paragraph: Paragraph, below: Paragraph | None, body: float) -> bool:
    first = paragraph.lines[0]
    return (
        all(line.bold for line in paragraph.lines)
        and first.size >= _NEARLY_BODY * body
        and _can_be(paragraph, _MOST_BOLD_WORDS)
        and paragraph.lines[-1].text[-1:] not in ".,;"
        and below is not None
        and below.kind != "table"
    )


def _can_be(paragraph: Paragraph, most_words: int) -> bool:
    """Whether it is short, has letters, and is neither in a table nor beside the text."""
    if paragraph.kind not in ("paragraph", "list_item") or paragraph.column.aside:
        return False
    if paragraph.kind == "list_item" and not paragraph.lines[0].text[:1].isalnum():
        return False  # bullets; "1. Introduction" may well be one
    text = " ".join(line.text for line in paragraph.lines[:10])
    return (
        len(paragraph.lines) < 10
        and len(text.split()) <= most_words
        and not _LEADERS.search(text)
        and sum(letter.isalpha() for letter in text) > 1
    )


def _levels(sizes: Sequence[float]) -> dict[float, int]:
    levels: dict[float, int] = {}
    level, largest = 0, 0.0
    for size in sorted(set(sizes), reverse=True):
        if not level or size < largest * (1 - _SAME_LEVEL):
            level, largest = min(_DEEPEST, level + 1), size
        levels[size] = level
    return levels
