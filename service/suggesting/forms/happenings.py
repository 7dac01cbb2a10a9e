"""What was done to something: "The mill was built in 1898 by Ida Holm."."""

import re
from collections.abc import Iterator
from typing import Final

from service.suggesting.forms.told import CLAUSE_TIME, Told
from service.suggesting.phrases import (
    in_sentence,
    is_clean,
    is_phrase,
    is_someone,
    stands_alone,
)
from service.suggesting.suggestion import Draft
from service.suggesting.verbs import past_of_participle
from service.suggesting.word_lists import words_in

_PASSIVE: Final = re.compile(
    r"^(?P<what>[^,;:]{2,70}?)\s(?P<be>was|were|is|are)\s(?:(?:first|later|also|now|[a-z]+ly)\s"
    r")?(?P<done>[a-z]{3,})(?:\s[a-z]+ly(?=\s(?:by|in)\s))?\b(?P<rest>[^;:]*)"
)
_WHEN: Final = re.compile(rf"^(?P<how>(?:\s[^,]*?)?)\s{CLAUSE_TIME}")
_BY: Final = re.compile(
    r"^\sby\s(?P<who>[^,;]{3,60}?)(?=[.,;]|\s(?:in|on|at|to|for|as|after|and)\s)"
)
_WHY: Final = re.compile(r"^(?P<how>(?:\s[^,]*?)?),?\s(?:because|due to)\b")
_PLACED: Final = words_in(
    "located situated based headquartered held buried born stored kept displayed found"
)
_WHERE: Final = re.compile(r"^\s(?:in|at|on|near|inside|outside|between)\s(?!\d)(?P<place>[^,.;]+)")
_BORN: Final = "born"


def happenings(told: Told) -> Iterator[Draft]:
    match = _PASSIVE.match(told.text)
    if match is None or not _is_done(match["done"]):
        return
    what = match["what"]
    if not is_phrase(what) or not stands_alone(what, told.title):
        return
    if re.match(r"(?i)(?:an?|some)\s", what):
        return
    yield from _asked(match, f"{match['be']} {in_sentence(what, told.around)}", told)


def _asked(match: re.Match[str], subject: str, told: Told) -> Iterator[Draft]:
    done, rest = match["done"], match["rest"]
    be, _, what = subject.partition(" ")
    if (by := _BY.match(rest)) and be in ("was", "were") and is_someone(by["who"]):
        past = past_of_participle(done)
        if past:
            yield Draft(f"Who {past} {what}?", "who", 1.0)
    when = _WHEN.match(rest)
    if when and be in ("was", "were") and is_clean(when["how"].strip(), 6):
        how = re.sub(r"\sby\s.*$", "", when["how"])
        yield Draft(f"When {subject} {done}{how}?", "when", 1.0)
    elif told.has_time and be in ("was", "were"):
        how = re.split(r"[,.]|\s(?:by|to|for|because|after|as|and|with|from|when)\s", rest)[0]
        if is_clean(how.strip(), 5):
            yield Draft(f"When {subject} {done}{how.rstrip()}?", "when", 1.0)
    where = _WHERE.match(rest)
    if where and done in _PLACED and is_clean(where["place"].strip(), 12):
        yield Draft(f"Where {subject} {done}?", "where", 0.85)
    why = _WHY.match(rest)
    if why and is_clean(why["how"].strip(), 6):
        yield Draft(f"Why {subject} {done}{why['how']}?", "why", 1.0)


def _is_done(word: str) -> bool:
    return word == _BORN or past_of_participle(word) is not None
