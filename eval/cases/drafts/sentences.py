"""Sentences of a document that a question can be made from, and what the document tells of words.

There is no parser here: rules look at words, and turn away what they are not sure of.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from eval.cases.drafts.verbs import word_set
from ingest.sentences import sentence_spans
from service.retrieval.words import says_something

_LEAST_WORDS, _MOST_WORDS = 7, 45
_CAPTION = re.compile(
    r"(?:file|photo|image|picture|caption|figure|table|source)\b\s*[-–—:\d]", re.I
)
_FURNITURE = re.compile(
    r"©|https?://|www\.|\S@\S|\ball rights reserved\b|\bcopyright\b|\bsubscribe\b|\bsign up\b|"
    r"\bnewsletter\b|\bread more\b|\bclick\b|\bcookies\b|\bcontributed to this\b|[•|{}]",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.!][\"”’)]*$")
_OPENS = re.compile(r"[\"“(]?[A-Z0-9]")
_RUN = re.compile(r"[A-Za-z][\w’'-]+(?: [A-Za-z][\w’'-]+)+")
_PAIRS = ("()", "“”")


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text` has line breaks as spaces, so that its offsets are the document's less `start`."""

    text: str
    start: int


@dataclass(frozen=True)
class Prose:
    """A document as far as rules look at it."""

    text: str

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(_well_formed(self.text))

    @cached_property
    def lower_words(self) -> frozenset[str]:
        """Words that stand in lower case somewhere: no names."""
        return frozenset(re.findall(r"(?<![\w’'-])[a-z][\w’'-]*", self.text))

    @cached_property
    def phrases(self) -> Counter[str]:
        """Runs of two or three words that all mean something, in lower case, that come back."""
        found: Counter[str] = Counter()
        for run in _RUN.finditer(self.text):
            words = run[0].casefold().split()
            for size in (2, 3):
                for at in range(len(words) - size + 1):
                    found[" ".join(words[at : at + size])] += 1
        return Counter(
            {
                phrase: count
                for phrase, count in found.items()
                if count > 1 and all(says_something(word) for word in phrase.split())
            }
        )

    def inside(self, words: str) -> str:
        """Words that opened a sentence as they are written within one."""
        first = words.split(" ", 1)[0]
        if first.lower() in DETERMINERS or (first[1:].islower() and self._opens_only(words)):
            return words[0].lower() + words[1:]
        return words

    def _opens_only(self, words: str) -> bool:
        """Whether the first word has its capital from opening a sentence."""
        first, *others = words.split()
        describes = bool(others) and " ".join(others).islower() and first not in self._names
        return describes or self._is_common(words)

    def is_name(self, words: str) -> bool:
        """Whether all words but small ones are capitalised, the first one not just because it
        opens a sentence."""
        parts = [part for part in words.split() if part not in ("of", "the", "de", "and", "for")]
        if not parts or not all(part[0].isupper() for part in parts):
            return False
        if len(parts) == 1 and parts[0] not in self._names:
            return False
        return not self._is_common(words)

    @cached_property
    def _names(self) -> frozenset[str]:
        """Words that are capitalised within a sentence."""
        return frozenset(re.findall(r"(?<=[a-z,’'] )[A-Z][\w’'-]*", self.text))

    def _is_common(self, words: str) -> bool:
        first, *others = words.split()
        return first.lower() in self.lower_words and not any(word[0].isupper() for word in others)


DETERMINERS = word_set(
    "the a an some many most all several few each every no more fewer less about around nearly "
    "almost over at only"
)


def _well_formed(text: str) -> Iterator[Sentence]:
    for paragraph in re.finditer(r"\S(?:(?!\n\s*\n)[\s\S])*", text):
        if _CAPTION.match(paragraph[0]) or _FURNITURE.search(paragraph[0]):
            continue
        for start, end in sentence_spans(paragraph[0]):
            words = re.sub(r"\s", " ", paragraph[0][start:end])
            if _is_whole(words):
                yield Sentence(words, paragraph.start() + start)


def _is_whole(words: str) -> bool:
    return (
        _LEAST_WORDS <= len(words.split()) <= _MOST_WORDS
        and bool(_OPENS.match(words))
        and bool(_ENDS.search(words))
        and all(words.count(pair[0]) == words.count(pair[1]) for pair in _PAIRS)
        and words.count('"') % 2 == 0
        and "  " not in words
    )
