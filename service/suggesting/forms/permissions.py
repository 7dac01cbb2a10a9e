"""What may and must be done, and until when: "Employees must submit receipts within 30 days."."""

import re
from collections.abc import Iterator
from typing import Final

from service.suggesting.forms.told import Told
from service.suggesting.phrases import (
    in_sentence,
    is_clean,
    is_many,
    is_name,
    is_phrase,
    stands_alone,
    words_of,
)
from service.suggesting.suggestion import Draft

_MAY: Final = re.compile(
    r"^(?P<who>[^,;:]{2,60}?)\s(?P<may>must|may|can|should|shall|cannot)\s(?P<not>not\s)?"
    r"(?P<do>[a-z][^;:]*)[.!]$"
)
_LIMIT: Final = re.compile(
    r"\s(?:(?P<by>within|by|no\slater\sthan|before|at\sleast)\s(?P<of>[^,]*?\b(?:\d+|one|two|three|four"
    r"|five|six|seven|ten|twelve|fourteen|thirty|days?|weeks?|months?|end|noon|midnight)\b.*)"
    r"|for\s(?:up\sto\s|at\smost\s|at\sleast\s)?(?P<long>[\w-]+\s(?:calendar\s|working\s|business\s)?"
    r"(?:minutes|hours|days|weeks|months|years)\b.*))$"
)
_FURTHER: Final = re.compile(
    r"[,;]|\s(?:if|when|unless|where|which|that|who|but|because|so|provided|as|after|until"
    r"|while|without|except)\s"
)


def permissions(told: Told) -> Iterator[Draft]:
    match = _MAY.match(told.text)
    if match is None:
        return
    who, may = match["who"], match["may"].replace("cannot", "can")
    subject = _subject(who, told)
    if subject is None or match["do"].split()[0] in ("be", "have", "also"):
        return
    limit = _LIMIT.search(match["do"])
    do = (match["do"][: limit.start()] if limit else _FURTHER.split(match["do"])[0]).strip()
    if not is_clean(do, 9) or len(do.split()) < 2 or re.search(r"\s(?:and|or)\s", do):
        return
    may = "should" if may == "shall" else may
    if limit and not match["not"]:
        asked = "How long" if limit["long"] else "When"
        yield Draft(f"{asked} {may} {subject} {do}?", "rule", 1.0)
    elif may in ("may", "can") and not re.match(r"(?i)an?\s|\w+\s(?:and|or)\s", f"{who} "):
        yield Draft(f"{may.capitalize()} {subject} {do}?", "rule", 0.6)


def _subject(who: str, told: Told) -> str | None:
    if not is_phrase(who) or not stands_alone(who, f"{told.title} {told.headings}"):
        return None
    subject = in_sentence(who, told.around)
    is_all = words_of(who)[0].lower() in ("all", "every", "each", "the")
    return subject if is_many(subject) or is_name(subject) or is_all else None
