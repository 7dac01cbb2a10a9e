"""Months and days of the week, which are names, but written in several ways."""

import re
from collections.abc import Iterator
from decimal import Decimal

_MONTHS = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_NAMES = [name.lower() for name in _MONTHS + _DAYS]
_SHORT = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Wed|Thur?s?|Fri|Sat|Sun"
# A short form needs a figure beside it: "the Sun", "said Jan."
_WRITTEN = re.compile(
    rf"""
    \b (?P<full>{"|".join(_MONTHS + _DAYS)}) s?\b
  | \b (?P<short>{_SHORT}) \b (?=\.?,?\s\d)
  | (?<=\d\s) (?P<after>{_SHORT}) \b""",
    re.VERBOSE,
)
_ANY_CASE = re.compile(
    r"\b(?:january|february|april|june|july|august|september|october|november|december|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)",
    re.IGNORECASE,
)
_NUMERIC = re.compile(
    r"\b\d{4}-(\d\d)-\d\d\b|\b(\d{1,2})([./-])(\d{1,2})\3\d{2,4}\b",
)
_OPENS = re.compile(r"(?:^|[.!?]\s+)$")


def missing_date(statement: str, evidence: str) -> str | None:
    """A month or a day of the week of the statement that the evidence does not have."""
    known = {name for name, _ in _dates(evidence)} | _numeric(evidence)
    known |= {_full(found[0]) for found in _ANY_CASE.finditer(evidence)}
    said = (written for written in _dates(statement) if not _is_no_date(statement, written[1]))
    return next((written[0] for name, written in said if name not in known), None)


def month_numbers(statement: str, evidence: str) -> set[Decimal]:
    """The numbers of the evidence's months, where the statement writes a date in figures."""
    if not _NUMERIC.search(statement):
        return set()
    named = (name for name, _ in _dates(evidence) if name in _NAMES[:12])
    return {Decimal(_NAMES.index(name) + 1) for name in named}


def with_small_dates(text: str) -> str:
    """Months and days without their capitals, so that they are no names."""
    return _WRITTEN.sub(lambda found: found[0].lower(), text)


def _dates(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    for found in _WRITTEN.finditer(text):
        yield _full(found[0]), found


def _is_no_date(text: str, found: re.Match[str]) -> bool:
    """Whether it is the verb or another word that opens a sentence: "May we go?"."""
    if found["full"] not in ("May", "March"):
        return False
    start, end = found.span()
    before = text[max(0, start - 4) : start]
    opens = bool(_OPENS.search(before)) and (start < 4 or before.strip() != "")
    return opens and not re.match(r",? \d", text[end : end + 3])


def _full(written: str) -> str:
    return next(name for name in _NAMES if name.startswith(written[:3].lower()))


def _numeric(text: str) -> set[str]:
    found = [part for one in _NUMERIC.finditer(text) for part in (one[1], one[2], one[4])]
    return {_NAMES[int(part) - 1] for part in found if part and 1 <= int(part) <= 12}
