"""Sentences that can stand by themselves: what a summary may be made of.

No caption, table, heading or code, no question, no fragment, nothing of the page's own words
("read more"), and none that opens with a word that points at the sentence before it. The words
are data (summary.yaml).
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ingest.documents import Passage
from ingest.index import DocumentRecord
from ingest.sentences import block_spans
from service.answering.replies.templates import Words, expand_lines, words_of
from service.answering.summaries.request import summary_data
from service.retrieval.hybrid import RetrievedPassage

_KINDS = frozenset({"paragraph", "list_item"})
_ENDS = re.compile(r"[.!…。！।][\"'”’»)\]]*$")
_DOUBLE_QUOTES = re.compile(r"[\"“”„«»]")
_ALL_QUOTED = re.compile(r"[\"“„«][^\"“”„«»]*[\"”“»]$")
_LABEL = re.compile(r"[^\W\d_]+\.?\s\d+(?:\.\d+)*\s?[:.–—-]\s")  # "Figure 1: ..."
_SPACED = re.compile(r"[a-zA-Zа-яА-Яα-ωΑ-Ω]")
_FEWEST_WORDS, _FEWEST_CHARACTERS, _MOST_CHARACTERS = 6, 12, 450


@dataclass(frozen=True, slots=True)
class Quotable:
    """A sentence of a passage, offsets into its document."""

    source: RetrievedPassage
    start: int
    end: int

    @property
    def passage(self) -> Passage:
        return self.source.passage

    @property
    def record(self) -> DocumentRecord:
        return self.source.record

    @property
    def text(self) -> str:
        origin = self.passage.start
        return " ".join(self.passage.text[self.start - origin : self.end - origin].split())


def quotable_sentences(passages: Sequence[RetrievedPassage]) -> list[Quotable]:
    """In the order of the passages; none that stands there twice."""
    found = [sentence for passage in passages for sentence in _sentences(passage)]
    texts = Counter(sentence.text for sentence in found)
    return [one for one in found if texts[one.text] == 1 and stands_alone(one.text)]


def stands_alone(text: str) -> bool:
    """Whether a sentence is whole, of the text, and understood without the one before it."""
    return (
        len(text) <= _MOST_CHARACTERS
        and _is_long_enough(text)
        and bool(_ENDS.search(text))
        and not next((c for c in text if c.isalnum()), "a").islower()
        and len(_DOUBLE_QUOTES.findall(text)) % 2 == 0
        and not _ALL_QUOTED.match(text)
        and not _LABEL.match(text)
        and not _leans_or_is_furniture(words_of(text))
    )


def _is_long_enough(text: str) -> bool:
    if _SPACED.search(text):
        return len(text.split()) >= _FEWEST_WORDS
    return len(text) >= _FEWEST_CHARACTERS  # a script that may have no spaces


def _leans_or_is_furniture(words: Words) -> bool:
    opening = any(words[:size] in _phrases("leaning") for size in (1, 2, 3, 4))
    return opening or any(
        words[start : start + size] in _phrases("boilerplate")
        for start in range(len(words))
        for size in (1, 2, 3)
    )


@cache
def _phrases(name: str) -> frozenset[Words]:
    return frozenset(expand_lines(summary_data()[name])) - {()}


def _sentences(source: RetrievedPassage) -> Iterator[Quotable]:
    passage = source.passage
    for block in passage.blocks:
        if block.kind in _KINDS:
            text = passage.text[block.start - passage.start : block.end - passage.start]
            for start, end in block_spans(block.kind, text):
                yield Quotable(source, block.start + start, block.start + end)
