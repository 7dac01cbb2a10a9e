"""What something is: "X is a ...", "The N of X is ...", "X, a ..., ..."."""

import re
from collections.abc import Iterator
from typing import Final

from service.suggesting.forms.told import Told
from service.suggesting.phrases import (
    has_name,
    in_sentence,
    is_name,
    is_person,
    is_phrase,
    is_someone,
    stands_alone,
    words_of,
)
from service.suggesting.suggestion import Draft
from service.suggesting.word_lists import words_in

_IS: Final = re.compile(
    r"^(?P<what>[^,;:]{2,70}?)(?:,[^,;:]{3,80},)?\s(?P<be>is|are|was|were)\s"
    r"(?:(?:also|still|now|generally|usually|commonly|essentially)\s)?"
    r"(?P<said>(?:an?|one\sof\sthe)\s.+|“.+)"
)
_OF: Final = re.compile(
    r"^The\s(?P<what>(?:[a-z-]+\s){0,2}(?P<noun>[a-z]+)\sof\s[^,;:]{3,50}?)\s(?P<be>is|are|was|were)\s(?P<said>[^,;]+)"
)
_NO_KIND: Final = re.compile(
    r"(?:an?|one\sof\sthe)\s(?:\w+\s)?(?:major|key|important|common|significant|critical|good|great|big"
    r"|popular|matter|result|reason|cause|source|factor|challenge|member|part|force|problem|issue)\b"
)
_MOST: Final = re.compile(
    r"^The\s(?P<what>(?P<most>largest|smallest|oldest|youngest|highest|tallest|deepest|longest|biggest|main|"
    r"official|only|first|second|third|last|most\s[a-z]+)\s(?P<noun>[a-z]+(?:\s[a-z]+)?)\s(?:in|of|on)\s"
    r"[^,;:]{3,50}?)\s(?P<be>is|are|was|were)\s(?P<said>[^,;]+)"
)
_STATE: Final = re.compile(r"\w+(?:ed|en|ing)\b|(?:not|in|on|at|to|of|by|for|from|with|that)\b")
_PROPERTIES: Final = words_in(
    "location capital population purpose aim goal name size area length height depth width weight "
    "cost price age origin cause function meaning motto currency language religion headquarters "
    "author founder director leader head chair chairman president owner duration deadline maximum "
    "minimum rate temperature date topic subject title theme nickname seat symbol flag budget"
)


def definitions(told: Told) -> Iterator[Draft]:
    match = _IS.match(told.text)
    if match and not _NO_KIND.match(match["said"]):
        yield from _what_it_is(match, told)
    match = _OF.match(told.text)
    if match and not _STATE.match(match["said"]) and match["noun"] in _PROPERTIES:
        what = match["what"]
        if is_phrase(what) and is_name(what.split(" of ", 1)[1]):
            yield Draft(f"What {match['be']} the {what}?", "property", 0.9)
    yield from _the_most(told)


def _the_most(told: Told) -> Iterator[Draft]:
    match = _MOST.match(told.text)
    if match is None or _STATE.match(match["said"]) or not is_phrase(f"x {match['what']}", 9):
        return
    if has_name(f"the {match['what']}"):
        asked = "Who" if is_person(match["noun"]) else "What"
        yield Draft(f"{asked} {match['be']} the {match['what']}?", "property", 0.95)


def _what_it_is(match: re.Match[str], told: Told) -> Iterator[Draft]:
    what, be, said = match["what"], match["be"], match["said"]
    name = is_name(in_sentence(what, told.around))
    if not is_phrase(what, 6) or re.match(r"(?i)(?:an?|all|every|each|some)\s", what):
        return
    if not stands_alone(what, told.title):
        return
    the = what.lower().startswith("the ")
    if not name and (len(words_of(what)) > 3 or the) and not (the and has_name(what)):
        return
    person = is_person(re.sub(r"^(?:an?|one of the)\s", "", said))
    if person != (name and is_someone(what)):
        return
    asked = "Who" if person else "What"
    yield Draft(f"{asked} {be} {in_sentence(what, told.around)}?", "definition", 0.75)
