"""How many and how much: "The library has 12,000 books."."""

import re
from collections.abc import Iterator
from typing import Final

from service.answering.conversation.word_classes import (
    BREAKS,
    is_participle,
    is_plural,
    is_verb,
)
from service.suggesting.forms.told import Told
from service.suggesting.phrases import (
    full_name,
    in_sentence,
    is_clean,
    is_many,
    is_phrase,
    stands_alone,
    words_of,
)
from service.suggesting.suggestion import Draft
from service.suggesting.verbs import base_of_past
from service.suggesting.word_lists import words_in

_NUMBER: Final = (
    r"(?:(?:about|around|over|nearly|almost|roughly|approximately|some|more\sthan|at\sleast|"
    r"up\sto|only)\s)?(?:[$€£]?\d[\d,.]*(?:\s(?:million|billion|thousand))?|two|three|four|five|six|"
    r"seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty)"
)
_HAS: Final = re.compile(
    r"^(?P<what>[^,;:]{2,60}?)\s(?P<verb>has|have|had|contains?|contained|employs?|employed|"
    r"receives?|received|serves?|comprises?|needs?|supports?|holds?|seats?|includes?|included|covers?|covered|won|lost|"
    rf"wrote|published|sold|produces?|produced)\s{_NUMBER}\s(?P<of>[a-z][a-z -]*?)(?P<end>[.,;]|\s"
    r"(?:in|on|at|of|for|from|with|and|by|to|per|that|who|which|each|a)\b)"
)
_MEASURED: Final = re.compile(
    rf"^(?P<what>[^,;:]{{2,60}}?)\s(?P<be>is|was|are|were)\s{_NUMBER}\s[a-z]+\s"
    r"(?P<how>tall|high|long|wide|deep|old|thick|large|away|far)\b"
)
_COSTS: Final = re.compile(
    rf"^(?P<what>[^,;:]{{2,60}}?)\s(?:(?P<one>costs?)|(?P<past>cost))\s(?=\D{{0,20}}{_NUMBER})"
)
_TAKES: Final = re.compile(
    rf"^(?P<what>[^,;:]{{2,60}}?)\s(?P<verb>takes?|took|lasts?|lasted|keeps?)(?:\sfor)?\s(?:an?|{_NUMBER})\s"
    r"(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?)\b"
)
_PRICED: Final = re.compile(
    r"^(?P<what>[^,;:]{2,60}?)\s(?P<be>is|was|are|were)\s(?:[$€£]\d|"
    rf"{_NUMBER}\s(?:euros?|dollars|pounds|crowns|francs|yen|cents)\b)"
)
_UNITS: Final = words_in("percent per cent years days hours minutes weeks months times")
_THERE: Final = re.compile(
    rf"^There\s(?P<be>are|were)\s{_NUMBER}\s(?P<of>[a-z][a-z -]*?)\s"
    r"(?P<where>in\s[^,.;:]{3,40}?)[.,;]"
)


def amounts(told: Told) -> Iterator[Draft]:
    for form in (_has, _measured, _priced, _costs, _takes, _there):
        yield from form(told)


def _subject(match: re.Match[str], told: Told) -> str | None:
    what = match["what"]
    if not is_phrase(what) or re.match(r"(?i)(?:an?|some)\s", what):
        return None
    if not stands_alone(what, f"{told.title} {told.headings}"):
        return None
    return full_name(in_sentence(what, told.around), told.around)


def _has(told: Told) -> Iterator[Draft]:
    match = _HAS.match(told.text)
    if match is None or not _are_things(match["of"]) or not (subject := _subject(match, told)):
        return
    verb = match["verb"]
    if verb in ("had", "won", "lost", "wrote", "sold") or verb.endswith("ed"):
        do, base = "did", base_of_past(verb) or "have"
    else:
        base = "have" if verb == "has" else verb if verb == "have" else verb.removesuffix("s")
        do = "do" if is_many(subject) else "does"
    yield Draft(f"How many {match['of']} {do} {subject} {base}?", "amount", 1.0)


def _measured(told: Told) -> Iterator[Draft]:
    match = _MEASURED.match(told.text)
    if match and (subject := _subject(match, told)):
        yield Draft(f"How {match['how']} {match['be']} {subject}?", "amount", 1.0)


def _priced(told: Told) -> Iterator[Draft]:
    match = _PRICED.match(told.text)
    if match and (subject := _subject(match, told)):
        yield Draft(f"How much {match['be']} {subject}?", "amount", 1.0)


def _costs(told: Told) -> Iterator[Draft]:
    match = _COSTS.match(told.text)
    if match and (subject := _subject(match, told)):
        past = match["one"] == "cost" and not is_many(subject)
        do = "did" if past else "do" if is_many(subject) else "does"
        yield Draft(f"How much {do} {subject} cost?", "amount", 1.0)


def _takes(told: Told) -> Iterator[Draft]:
    match = _TAKES.match(told.text)
    if match and (subject := _subject(match, told)):
        verb = match["verb"]
        past = verb in ("took", "lasted")
        base = "take" if past and verb != "lasted" else verb.removesuffix("ed").removesuffix("s")
        do = "did" if past else "do" if is_many(subject) else "does"
        yield Draft(f"How long {do} {subject} {base}?", "amount", 1.0)


def _there(told: Told) -> Iterator[Draft]:
    match = _THERE.match(told.text)
    if match and _are_things(match["of"]) and is_clean(match["where"], 5):
        where = match["where"]
        if stands_alone(where.removeprefix("in "), told.title):
            yield Draft(f"How many {match['of']} {match['be']} there {where}?", "amount", 0.9)


def _are_things(phrase: str) -> bool:
    words = [word.lower() for word in words_of(phrase)]
    if not 0 < len(words) <= 3 or not is_plural(words[-1]) or words[-1] in _UNITS:
        return False
    others = words[:-1]
    return not any(w in BREAKS or (is_verb(w) and not is_participle(w)) for w in others)
