"""Where the gold words of a case stand in the documents."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from typing import NamedTuple

from eval.cases.case import Case, GoldWords
from eval.cases.files import CaseError
from eval.cases.problems import shown
from eval.targets.library import Library

_QUOTES = '"“”„‟«»″'
_APOSTROPHES = "'’‘‚‛′`´"
_DASHES = "-‐‑‒–—―−"
_NEAR_ENOUGH = 0.5  # share of the words that a place must have to be shown as the nearest


class Place(NamedTuple):
    """A span of a document, in code points of its canonical text, end exclusive."""

    document_id: str
    start: int
    end: int


def gold_places(case: Case, library: Library) -> tuple[tuple[Place, ...], ...]:
    """For each group of the case's gold all places of all its alternatives.

    Raises CaseError for every document that is not there and all words that do not stand in it.
    """
    errors = list(gold_errors(case, library))
    if errors:
        raise CaseError.of(errors)
    return tuple(tuple(_group_places(group, library)) for group in case.gold)


def check_gold(
    cases: Iterable[Case], library: Library, lines: Mapping[str, str] | None = None
) -> None:
    """Raises one CaseError for all gold of all cases that cannot be found. `lines`: case id to
    the place of the case, which is named."""
    places = lines or {}
    errors = [
        f"{places[case.id]}: {error}" if case.id in places else error
        for case in cases
        for error in gold_errors(case, library)
    ]
    if errors:
        raise CaseError.of(errors)


def documents_within(case: Case, library: Library) -> list[str] | None:
    """Ids of the documents that a case is limited to; None for no limit. Raises CaseError for a
    source that is not there."""
    if not case.within:
        return None
    found = {source: library.find(source) for source in case.within}
    missing = [source for source, document in found.items() if document is None]
    if missing:
        raise CaseError.of([f"{case.id}: within: {no_document(m, library)}" for m in missing])
    return [document for document in found.values() if document is not None]


def gold_errors(case: Case, library: Library) -> Iterator[str]:
    for source in case.within:
        if library.find(source) is None:
            yield f"{case.id}: within: {no_document(source, library)}"
    for number, group in enumerate(case.gold):
        for alternative, gold in enumerate(group):
            error = _error(gold, library)
            if error:
                yield f"{case.id}: gold.{number}.{alternative}: {error}"


def no_document(source: str, library: Library) -> str:
    """That there is no such document, with the sources that are called nearly so."""
    sources = library.sources()
    near = difflib.get_close_matches(source, sources, 3)
    names = [name for name in sources if name.rsplit("/", 1)[-1] == source.rsplit("/", 1)[-1]]
    likely = list(dict.fromkeys([*names, *near]))[:3]
    if likely:
        return f"no document {source!r}: did you mean {' or '.join(map(repr, likely))}?"
    return f"no document {source!r} among {len(sources)}: is it ingested, and is this its source?"


def places_of(words: str, text: str) -> Iterator[int]:
    """Where the exact words start, overlapping places included."""
    start = text.find(words)
    while start >= 0:
        yield start
        start = text.find(words, start + 1)


def alike(words: str, text: str) -> Iterator[tuple[int, int]]:
    """Spans that differ from the words only in white space, quotes, dashes and letter case, and
    do not begin or end within a word."""
    pieces = [_any_form(piece) for piece in words.split()]
    if pieces:
        pattern = r"(?<!\w)" + r"\s+".join(pieces) + r"(?!\w)"
        for found in re.finditer(pattern, text, re.IGNORECASE):
            yield found.span()


def nearest(words: str, text: str) -> str | None:
    """What in the text a person may have meant by the words; None when nothing is like them."""
    same = next(alike(words, text), None)
    if same:
        return text[slice(*same)]
    wanted = set(_folded_words(words))
    found = list(re.finditer(r"\w+", text))
    width = min(len(_folded_words(words)), len(found))
    if not width:
        return None
    hits = [0, *accumulate(word[0].casefold() in wanted for word in found)]
    best = max(range(len(found) - width + 1), key=lambda at: hits[at + width] - hits[at])
    if hits[best + width] - hits[best] < _NEAR_ENOUGH * width:
        return None
    return text[found[best].start() : found[best + width - 1].end()]


def _folded_words(text: str) -> list[str]:
    return [word.casefold() for word in re.findall(r"\w+", text)]


def _any_form(piece: str) -> str:
    forms = (_QUOTES, _APOSTROPHES, _DASHES)
    classes = {char: f"[{re.escape(group)}]" for group in forms for char in group}
    return "".join(classes.get(char, re.escape(char)) for char in piece)


def _group_places(group: Iterable[GoldWords], library: Library) -> Iterator[Place]:
    for gold in group:
        document = library.find(gold.document)
        assert document is not None
        found = places_of(gold.words, library.text(document))
        for start in found if gold.start is None else [gold.start]:
            yield Place(document, start, start + len(gold.words))


def _error(gold: GoldWords, library: Library) -> str | None:
    document = library.find(gold.document)
    if document is None:
        return no_document(gold.document, library)
    text = library.text(document)
    if gold.start is not None and text.startswith(gold.words, gold.start):
        return None
    places = list(places_of(gold.words, text))
    if gold.start is None:
        return None if places else not_there(gold.words, gold.document, text)
    if not places:
        return not_there(gold.words, gold.document, text)
    start, words = gold.start, shown(gold.words)
    there = shown(text[start : start + len(gold.words)])
    return f"{words} does not start at {start} of {gold.document}, but at {places[0]}; {there} does"


def not_there(words: str, source: str, text: str) -> str:
    """That the words do not stand in a document, with what comes nearest to them."""
    near = nearest(words, text)
    if near is None:
        return f"the words {words!r} do not stand in {source}, nor anything like them"
    return f"the words {words!r} do not stand in {source}; nearest: {near!r}"
