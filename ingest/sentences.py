"""Sentence boundaries as offsets.

sentencex (Wikimedia, rules for some 250 languages) finds the sentences; two things are added:
a quotation that holds several sentences is divided too, so that a footnote can point at the one
that matters, and a boundary before a lower-case letter or a figure after a short abbreviation is
taken back.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

import sentencex

from ingest.documents import BlockKind

_QUOTED = re.compile(r"[“\"«„](?=\S)([^“”\"«»„]{20,})[”\"»“]")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:approx|ca?|nos?|vols?|figs?|pp?|arts?|secs?|ch|paras?|est|ver|v|abs?|nr)\.\s*$",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…]['’]?\s+$")

Span = tuple[int, int]


def block_spans(kind: BlockKind, text: str) -> list[Span]:
    """Spans of what can be quoted of a block: its sentences, or a table's row as a whole."""
    if kind == "table":
        span = _strip(text, 0, len(text))
        return [span] if span else []
    return sentence_spans(text)


def sentence_spans(text: str, language: str = "en") -> list[Span]:
    """Spans of the sentences of one paragraph, without surrounding white space, in order."""
    bounds = _merge(text, list(_boundaries(text, language)))
    return [span for span in (_strip(text, start, end) for start, end in bounds) if span]


def _boundaries(text: str, language: str) -> Iterator[Span]:
    for piece in sentencex.get_sentence_boundaries(language, text):
        start, end = piece["start_index"], piece["end_index"]
        cuts = [start, *_cuts_in_quotations(text, start, end, language), end]
        yield from pairwise(cuts)


def _cuts_in_quotations(text: str, start: int, end: int, language: str) -> Iterator[int]:
    for quoted in _QUOTED.finditer(text, start, end):
        offset = quoted.start(1)
        for inner in sentencex.get_sentence_boundaries(language, quoted.group(1))[:-1]:
            cut = offset + inner["end_index"]
            if _SENTENCE_END.search(text, start, cut):
                yield cut


def _merge(text: str, bounds: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in bounds:
        if merged and _continues(text, merged[-1], start):
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


def _continues(text: str, before: Span, start: int) -> bool:
    """Whether the text at `start` goes on with the sentence before it."""
    following = text[start : start + 1]
    if following.islower():
        return True
    return following.isdigit() and bool(_ABBREVIATED.search(text[before[0] : before[1]]))


def _strip(text: str, start: int, end: int) -> Span | None:
    piece = text[start:end]
    stripped = piece.strip()
    if not stripped:
        return None
    start += len(piece) - len(piece.lstrip())
    return start, start + len(stripped)
