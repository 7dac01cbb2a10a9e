"""Words as full-text search sees them: lower case, accents folded, stemmed."""

from functools import cache

import tantivy

ANALYZER = "footnote_words"

# Function words of questions and statements: they tell nothing about what is asked.
STOP_WORDS = frozenset(
    "a an the this that these those there here and or but nor so if then than as of in on at by "
    "for from to into onto with without within about over under between among through during "
    "before after since until up down out off is are was were be been being am do does did done "
    "doing have has had having will would shall should can could may might must i me my we us our "
    "you your he him his she her it its they them their who whom whose what which when where why "
    "how not no yes any some all each every both either neither such own same other also just "
    "only very too more most much many s t d ll m re ve please tell give say know".split()
)


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
    return frozenset(analyzer().analyze(" ".join(STOP_WORDS)))


def stems(text: str) -> list[str]:
    """All stems of a text in order, stop words included."""
    return list(analyzer().analyze(text))


def content_stems(text: str) -> list[str]:
    """Distinct stems that carry meaning, in order; all stems when the text has no others."""
    distinct = list(dict.fromkeys(stems(text)))
    return [stem for stem in distinct if stem not in _stop_stems()] or distinct
