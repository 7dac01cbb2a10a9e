"""Requests for a summary: what is to be summed up, and in how many sentences.

What a request looks like is data (summary.yaml).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml

from ingest.index import DocumentRecord, Index
from service.answering.replies.small_talk import talk_data
from service.answering.replies.templates import Spelling, Words, expand, expand_lines, words_of
from service.retrieval.words import content_stems, stems, within_one_edit

MOST_DOCUMENTS = 5
"""More are not summed up at once: a sentence of a few among many would say little of them all."""

_MOST_CHARACTERS = 300
_MOST_ASKED_FOR = 10
_COUNTED = frozenset({"sentence", "sentences", "point", "points", "takeaways", "ideas", "facts"})


@dataclass(frozen=True, slots=True)
class SummaryRequest:
    """`named`: the words that say what of; none when it is simply "the document"."""

    named: Words
    points_back: bool = False
    """Whether it may ask about something said before: "what is it about?"."""
    sentences: int | None = None
    """How many are asked for."""


@dataclass(frozen=True, slots=True)
class _Template:
    before: Words
    after: Words
    has_object: bool
    is_about: bool


@lru_cache(maxsize=1000)
def summary_request(question: str) -> SummaryRequest | None:
    """The request for a summary that a question is, if it is one."""
    if len(question) > _MOST_CHARACTERS:
        return None
    spelling = _spelling()
    words = spelling.evened(words_of(question))
    guessed = spelling.guessed(words)
    start, end = _inside(guessed)
    for template in _starting_like(guessed[start:end]):
        named = _object(template, words[start:end], guessed[start:end])
        if named is not None:
            return _request(named, template, guessed)
    return None


def documents_meant(
    request: SummaryRequest, index: Index, document_ids: Sequence[str] | None = None
) -> list[DocumentRecord]:
    """The documents to sum up: the one of that very title, or all whose title or file has every
    word of the name. When it names none, all, or so many that they are too many. Empty when the
    name is no document's."""
    if not request.named:
        return _some(index, document_ids)
    named = set(content_stems(" ".join(request.named)))
    records = index.all_records() if document_ids is None else _given(index, document_ids)
    found = [record for record in records if record.state == "whole" and _has(record, named)]
    exact = [record for record in found if set(content_stems(record.title)) == named]
    return exact or found


@cache
def summary_data() -> dict[str, Any]:
    text = files("service.answering.summaries").joinpath("summary.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    return data


@cache
def word_list(name: str) -> frozenset[str]:
    return frozenset(words_of(summary_data()[name]))


def _some(index: Index, document_ids: Sequence[str] | None) -> list[DocumentRecord]:
    if document_ids is None:
        found = index.page_of_records(MOST_DOCUMENTS + 1, 0)
    else:
        found = _given(index, document_ids)
    return [record for record in found if record.state == "whole"]


def _given(index: Index, document_ids: Sequence[str]) -> list[DocumentRecord]:
    return list(index.records(document_ids).values())


def _has(record: DocumentRecord, named: set[str]) -> bool:
    own = set(stems(f"{record.title} {record.source}"))
    return all(word in own or within_one_edit(word, own) for word in named)


def _request(named: Words, template: _Template, guessed: Words) -> SummaryRequest:
    if all(word in word_list("generic") for word in _spelling().guessed(named)):
        back = template.is_about and all(word in word_list("points_back") for word in named)
        return SummaryRequest((), back, _count(guessed))
    naming = word_list("naming")
    return SummaryRequest(
        tuple(w for w in named if w not in naming) or named, False, _count(guessed)
    )


def _count(words: Words) -> int | None:
    """The number before what is counted, or before one more word: "three key points"."""
    for place in (n for n, word in enumerate(words) if word in _COUNTED):
        for before in reversed(words[max(0, place - 2) : place]):
            number = summary_data()["numbers"].get(before, before)
            if str(number).isdecimal() and int(number):
                return min(int(number), _MOST_ASKED_FOR)
            if before == "few":
                return None
    return None


def _object(template: _Template, words: Words, guessed: Words) -> Words | None:
    """The words in the place of a template's `*`; None when it does not fit."""
    after = len(guessed) - len(template.after)
    start = len(template.before)
    if guessed[:start] != template.before or guessed[max(after, 0) :] != template.after:
        return None
    if template.has_object:
        return words[start:after] if start < after else None
    return () if start == after else None


def _inside(words: Words) -> tuple[int, int]:
    """From where to where words go on without the courtesies around them."""
    around, longest = _around()
    start, end = 0, len(words)
    while step := _longest(words, start, end, around, longest, False):
        start += step
    while step := _longest(words, start, end, around, longest, True):
        end -= step
    return start, end


def _longest(
    words: Words, start: int, end: int, phrases: frozenset[Words], longest: int, at_end: bool
) -> int:
    """Words of the longest phrase at one end; it never takes all there is."""
    for size in range(min(longest, end - start - 1), 0, -1):
        if (words[end - size : end] if at_end else words[start : start + size]) in phrases:
            return size
    return 0


@cache
def _around() -> tuple[frozenset[Words], int]:
    phrases = frozenset(expand_lines(summary_data()["around"])) - {()}
    return phrases, max(map(len, phrases))


def _starting_like(words: Words) -> Iterator[_Template]:
    """The templates that may fit, those that leave less for the object first."""
    by_before = _templates()
    for size in range(len(words), -1, -1):
        yield from by_before.get(words[:size], ())


@cache
def _templates() -> dict[Words, list[_Template]]:
    made: dict[Words, list[_Template]] = {}
    for group in ("requests", "about"):
        for line in summary_data()[group].splitlines():
            before, star, after = line.partition("*")
            endings = list(expand(after))
            for opening in expand(before):
                for ending in endings:
                    template = _Template(opening, ending, bool(star), group == "about")
                    made.setdefault(opening, []).append(template)
    for templates in made.values():
        templates.sort(key=lambda template: -len(template.after))
    return made


@cache
def _spelling() -> Spelling:
    templates = [t.before + t.after for several in _templates().values() for t in several]
    known = [*templates, *_around()[0], *((word,) for word in word_list("generic"))]
    return Spelling(known, talk_data()["misspelt"], word_list("kept"))
