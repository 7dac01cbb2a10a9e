"""Words as full-text search sees them: lower case, accents folded, stemmed."""

from functools import cache
from importlib.resources import files

import tantivy

ANALYZER = "footnote_words"


@cache
def analyzer() -> tantivy.TextAnalyzer:
    """Splits at non-letters, lower-cases, folds accents, stems English (Snowball)."""
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(80))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
        .filter(tantivy.Filter.stemmer("english"))
        .build()
    )


@cache
def _stop_stems() -> frozenset[str]:
    words = files("service.retrieval").joinpath("stop_words.txt").read_text("utf-8")
    return frozenset(analyzer().analyze(words))


def stems(text: str) -> list[str]:
    """All stems of a text in order, stop words included."""
    return list(analyzer().analyze(text))


def content_stems(text: str) -> list[str]:
    """Distinct stems that carry meaning, in order; all stems when the text has no others."""
    distinct = list(dict.fromkeys(stems(text)))
    return [stem for stem in distinct if stem not in _stop_stems()] or distinct
