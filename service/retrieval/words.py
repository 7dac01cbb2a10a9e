"""Words as full-text search sees them: lower case, accents folded, stemmed."""

from collections.abc import Collection
from functools import cache, lru_cache
from importlib.resources import files

import tantivy

ANALYZER = "footnote_words"
UNSTEMMED = "footnote_unstemmed_words"
_SHORTEST_MISSPELT = 5  # in shorter words one letter makes another word


@cache
def analyzer() -> tantivy.TextAnalyzer:
    """Splits at non-letters, lower-cases, folds accents, stems English (Snowball)."""
    return _unstemmed().filter(tantivy.Filter.stemmer("english")).build()


@cache
def unstemmed() -> tantivy.TextAnalyzer:
    """The same words, not stemmed."""
    return _unstemmed().build()


def _unstemmed() -> tantivy.TextAnalyzerBuilder:
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(80))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
    )


@cache
def _stop_stems() -> frozenset[str]:
    words = files("service.retrieval").joinpath("stop_words.txt").read_text("utf-8")
    return frozenset(analyzer().analyze(words))


def says_something(text: str) -> bool:
    """Whether a text has a word that carries meaning."""
    return any(stem not in _stop_stems() for stem in stems(text))


@lru_cache(maxsize=10_000)
def stems(text: str) -> tuple[str, ...]:
    """All stems of a text in order, stop words included."""
    return tuple(analyzer().analyze(text))


def content_stems(text: str) -> list[str]:
    """Distinct stems that carry meaning, in order; all stems when the text has no others."""
    distinct = list(dict.fromkeys(stems(text)))
    return [stem for stem in distinct if stem not in _stop_stems()] or distinct


def within_one_edit(word: str, others: Collection[str]) -> str | None:
    """A word of `others` one insertion, deletion, substitution or swap away, if any.

    Words with figures and short words are never taken for misspelt.
    """
    if len(word) < _SHORTEST_MISSPELT or not word.isalpha():
        return None
    return next((other for other in others if other.isalpha() and _one_edit(word, other)), None)


def _one_edit(one: str, other: str) -> bool:
    """Optimal string alignment distance of 1 (Damerau 1964)."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, other_rest = one[start:], other[start:]
    if len(rest) == len(other_rest):
        swapped = rest[1:2] + rest[:1] + rest[2:]
        return rest[1:] == other_rest[1:] or swapped == other_rest
    return rest[1:] == other_rest or rest == other_rest[1:]
