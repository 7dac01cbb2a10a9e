"""Cleaning: what surrounds an article is dropped, what belongs to it is kept and named.

Conservative by rule: labels are dropped only where pages have them, before the title and after
the last sentence, and only when a whole line is such a label. Whatever is dropped is returned.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ingest.page_furniture import offers, teasers
from ingest.readers.rough import Dropped, RoughBlock, RoughDocument

_CREDIT = re.compile(
    r"\((?:[^()]*\b(?:photo|image|foto|picture)s?\b[^()]*|[^()]*/\s*(?:AP|AFP|Reuters|Getty[^()]*))\)\.?$",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"(?:file|(?:file )?photo|image|picture|caption)\s*[-–—:]\s*\S", re.IGNORECASE
)
_BREADCRUMB = re.compile(r"\S[^.!?]*(?:\s[|>»›·/]\s[^.!?|>»›·/]+){2,}")
_SENTENCE_END = re.compile(r"[.!?…。!?:;,][\"'”’»)\]]*$")
_REPEATED_WORDS = 5
_HEADING_WORDS = 10
_TITLE_WORDS = 25
_SHORT = 500  # characters that patterns look at: on longer texts they would take seconds


@dataclass(frozen=True, slots=True)
class CleanDocument:
    title: str | None
    blocks: tuple[RoughBlock, ...]
    dropped: tuple[Dropped, ...]
    metadata: Mapping[str, str]


def clean(rough: RoughDocument) -> CleanDocument:
    """Drop navigation, share labels and repeated captions; find title, headings and captions."""
    dropped = list(rough.dropped)
    blocks = _without_labels(list(rough.blocks), dropped)
    if rough.is_page:
        blocks = _without_furniture(blocks, dropped)
    blocks = _without_repeats(blocks, dropped)
    if not rough.marked_up:
        blocks = _with_headings(blocks)
    title, blocks = _with_title(blocks, rough)
    return CleanDocument(title, tuple(blocks), tuple(dropped), rough.metadata)


@cache
def _labels() -> frozenset[str]:
    lines = files("ingest").joinpath("page_labels.txt").read_text("utf-8").splitlines()
    return frozenset(line.casefold() for line in lines if line and not line.startswith("#"))


def is_label(line: str) -> bool:
    """Whether a whole line is a page's own furniture: "Share", "XS"."""
    return line.strip().strip("|·•>»").strip().casefold() in _labels()


def _is_breadcrumb(block: RoughBlock) -> bool:
    """A path through a site: "Home > World > Asia"."""
    short = block.kind == "paragraph" and len(block.text) < _SHORT
    return short and bool(_BREADCRUMB.fullmatch(block.text))


def _without_labels(blocks: list[RoughBlock], dropped: list[Dropped]) -> list[RoughBlock]:
    start, end = 0, len(blocks)
    while start < end and (is_label(blocks[start].text) or _is_breadcrumb(blocks[start])):
        start += 1
    while end > start and is_label(blocks[end - 1].text):
        end -= 1
    dropped += [Dropped("navigation before the title", block.text) for block in blocks[:start]]
    dropped += [Dropped("page labels at the end", block.text) for block in blocks[end:]]
    return blocks[start:end]


def _without_furniture(blocks: list[RoughBlock], dropped: list[Dropped]) -> list[RoughBlock]:
    reasons = dict.fromkeys(teasers(blocks), "link to another article")
    reasons |= dict.fromkeys(offers(blocks), "offer to subscribe")
    dropped += [Dropped(reason, blocks[here].text) for here, reason in sorted(reasons.items())]
    return [block for here, block in enumerate(blocks) if here not in reasons]


def _without_repeats(blocks: list[RoughBlock], dropped: list[Dropped]) -> list[RoughBlock]:
    """Pages print a photo's caption twice, once for the eye and once for the screen reader."""
    kept: list[RoughBlock] = []
    for block in blocks:
        if kept and _is_repeated(kept[-1], block):
            dropped.append(Dropped("repeated caption", block.text))
            kept[-1] = kept[-1].as_kind("caption")
        elif block.kind == "paragraph" and _is_caption(block.text):
            kept.append(block.as_kind("caption"))
        else:
            kept.append(block)
    return kept


def _is_repeated(before: RoughBlock, block: RoughBlock) -> bool:
    return (
        block.kind in ("paragraph", "caption")
        and before.text == block.text
        and len(block.text.split()) >= _REPEATED_WORDS
    )


def _is_caption(text: str) -> bool:
    return bool(_CAPTION.match(text) or _CREDIT.search(text[-_SHORT:]))


def _with_headings(blocks: list[RoughBlock]) -> list[RoughBlock]:
    """In plain text a heading is a short line alone, without an end mark, before longer text."""
    named = list(blocks)
    for here, block in enumerate(blocks[:-1]):
        below = blocks[here + 1]
        if (
            _looks_like_heading(block, _HEADING_WORDS)
            and below.gap != "\n"
            and (len(below.text) > len(block.text) and bool(_SENTENCE_END.search(below.text)))
        ):
            named[here] = block.as_kind("heading", 2)
    return named


def _looks_like_heading(block: RoughBlock, most_words: int) -> bool:
    text = block.text
    return (
        block.kind in ("paragraph", "heading")
        and "\n" not in text
        and len(text) < _SHORT
        and len(text.split()) <= most_words
        and any(letter.isalpha() for letter in text)
        and not text[:1].islower()
        and not _SENTENCE_END.search(text)
    )


def _with_title(
    blocks: list[RoughBlock], rough: RoughDocument
) -> tuple[str | None, list[RoughBlock]]:
    if not blocks:
        return rough.title, blocks
    first = blocks[0]
    if rough.marked_up:
        is_title = first.kind == "heading" and first.level == 1
    else:
        is_title = len(blocks) > 1 and _looks_like_heading(first, _TITLE_WORDS)
    if not is_title:
        return rough.title, blocks
    return rough.title or first.text, [first.as_kind("title"), *blocks[1:]]
