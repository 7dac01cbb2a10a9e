"""How many things a text lists: three of "fog, ice and wind", two of "Smith and Jones"."""

import re
from collections.abc import Iterator

_MOST = 12
_ITEM = r"[\w'’.$€£%()-]+(?:[ ][\w'’.$€£%()-]+){0,4}"
_ROW = re.compile(rf"(?:,\s{_ITEM}(?<!\sand)(?<!\sor)){{1,11}},?\s(?:and|or|&)\s")
_PAIR = re.compile(r"\b[A-Z][\w'’-]*\s(?:and|&)\s(?:the\s)?[A-Z]")
# "Three years" are no three things that are listed.
_MEASURED = (
    "years? months? weeks? days? hours? minutes? seconds? times? percent per points? degrees? "
    "dollars? euros? pounds? (?:kilo|centi|milli)?met(?:re|er)s? kilo(?:gram(?:me)?)?s? tons? "
    "tonnes? miles? feet foot inch(?:es)? acres? hectares? lit(?:re|er)s? gallons? decades? "
    "centur(?:y|ies) million billion hundred thousand"
)
_THINGS = re.compile(
    rf"\s(?!(?:{'|'.join(_MEASURED.split())})\b)(?:[\w-]+\s)?(?:[a-z-]+s|men|women|people|children)\b"
)


def listed_counts(text: str) -> set[int]:
    """The lengths of its enumerations."""
    return {count for count in _counts(text) if count <= _MOST}


def counts_things(text: str, end: int) -> bool:
    """Whether the number that ends there counts things: "three reasons", not "three years"."""
    return _THINGS.match(text, end) is not None


def _counts(text: str) -> Iterator[int]:
    for row in _ROW.finditer(text):
        yield 2 + row[0].rstrip(" andor&").rstrip(", ").count(",")
    if _PAIR.search(text):
        yield 2
