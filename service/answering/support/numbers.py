"""Numbers of a text as values, however they are written: "1,200", "twelve hundred", "1.2k"."""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from service.answering.support.enumerations import counts_things
from service.answering.support.spelt_numbers import ROMAN, SCALES, spelt_numbers

_SHORT_SCALES = {
    "k": 1000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "b": 1_000_000_000,
    "bn": 1_000_000_000,
    "tn": 1_000_000_000_000,
}
_ALSO_UNITS = frozenset(["k", "m", "b"])  # "5 m" may be metres
_BY_NAME = SCALES | _SHORT_SCALES
_SCALE = rf"(?P<scale>{'|'.join(sorted(_BY_NAME, key=len, reverse=True))})s?\b"
_GROUPS = r"[,'’\u00a0\u2009\u202f ]"  # "1'000"
_FIGURES = rf"\d{{1,3}}(?:{_GROUPS}\d{{3}}\b)+(?:\.\d+)?|\d+(?:[.,]\d+)?"
_DATE = r"(?P<date>\d{1,4}([./-])\d{1,2}\2\d{2,4})(?!\w|[./-]\d)"
_NUMBER = re.compile(
    rf"""
    (?<![\w.]) (?:
        {_DATE}
      | (?P<figures>{_FIGURES}) (?P<suffix>st|nd|rd|th|['’]?s\b)? (?:[\s-]?{_SCALE})?
    )""",
    re.IGNORECASE | re.VERBOSE,
)
# "2 to 3 million"
_SHARED = re.compile(rf"\s?(?:to|and|or|[-–—])\s?[$£€]?(?:{_FIGURES})[\s-]?{_SCALE}", re.IGNORECASE)
_SHORTENED = re.compile(r"(?<!\d)(\d\d)\d\d\s?[-–—/]\s?$")  # "1686–" before "89"
_CENTURY = re.compile(r"(?:th|st|nd|rd)?[\s-]century", re.IGNORECASE)
_PM = re.compile(r"(?::\d\d)?\s?p\.?m\b", re.IGNORECASE)
_HALF = re.compile(
    rf"\s?½|\s(?:and\s)?a\shalf(?:[\s-](?P<scale>{'|'.join(SCALES)})\b)?", re.IGNORECASE
)
_IN_EVERY = re.compile(r"\s(?:in|out\sof)\s(?:every\s)?", re.IGNORECASE)
_CLOCK = re.compile(r"\s?[ap]\.?m\b", re.IGNORECASE)
ALONE = frozenset(["one", "first", "second", "seconds", *SCALES])
"""Words that mostly are no numbers by themselves: "one of them", "a second"."""
_COUNTS = {"decade": 10, "dozen": 12, "centur": 100}  # "five decades" are fifty years
_COUNTED = re.compile(rf"\s({'|'.join(_COUNTS)})", re.IGNORECASE)
_OTHER_WORDS: dict[str, tuple[str, ...]] = {
    "zero": ("0",),
    "none": ("0",),
    "once": ("1",),
    "single": ("1",),
    "both": ("2",),
    "pair": ("2",),
    "couple": ("2",),
    "twice": ("2",),
    "double": ("2",),
    "doubled": ("2",),
    "triple": ("3",),
    "tripled": ("3",),
    "decade": ("10",),
    "dozen": ("12",),
    "century": ("100",),
    "half": ("50", "0.5"),
    "quarter": ("25", "0.25"),
} | {
    f"{tens}s": (str(value), str(1900 + value))
    for tens, value in zip(
        "twenty thirty forty fifty sixty seventy eighty ninety".replace("ty", "tie").split(),
        range(20, 100, 10),
        strict=True,
    )
}
_ROMAN = re.compile(rf"\b(?:{'|'.join(word for word in ROMAN if len(word) > 1)})\b")
_OTHER = re.compile(rf"\b(?:{'|'.join(_OTHER_WORDS)})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Number:
    values: Set[Decimal]
    """What it may stand for."""
    written: str
    start: int
    end: int
    years: range = range(0)
    """Those of a decade or century: "1980s", "20th century"."""

    def is_among(self, known: Set[Decimal]) -> bool:
        return not known.isdisjoint(self.values) or any(value in self.years for value in known)


def numbers(text: str) -> Iterator[Number]:
    """The numbers of a text in order. "One", "second" and "million" alone are mostly none."""
    return (one for one in all_numbers(text) if one.written.lower() not in ALONE)


def all_numbers(text: str) -> Iterator[Number]:
    """Those too."""
    found = sorted([*_in_figures(text), *_in_words(text)], key=lambda one: one.start)
    shares: list[set[Decimal]] = [set() for _ in found]
    for place, (one, other) in enumerate(pairwise(found)):
        if _IN_EVERY.fullmatch(text, one.end, other.start):  # "one in five" are 20 %
            share = {100 * a / b for a in one.values for b in other.values if b}
            shares[place] |= share
            shares[place + 1] |= share
    return (
        replace(one, values={*one.values, *share}) if share else one
        for one, share in zip(found, shares, strict=True)
    )


def known_values(text: str) -> set[Decimal]:
    """The values of all numbers in a text, of Roman ones and words like "both" and "half" too."""
    known = {value for one in all_numbers(text) for value in one.values}
    words = (word[0].lower() for word in _OTHER.finditer(text))
    known |= {Decimal(value) for word in words for value in _OTHER_WORDS[word]}
    return known | {Decimal(ROMAN[found[0]]) for found in _ROMAN.finditer(text)}


def missing_number(
    statement: str, known: Set[Decimal], listed: Set[int] = frozenset()
) -> str | None:
    """A number of the statement, as it is written there, that is not among the known values, nor
    counts things of which the evidence lists as many."""
    for one in numbers(statement):
        if one.is_among(known):
            continue
        if not (not listed.isdisjoint(map(int, one.values)) and counts_things(statement, one.end)):
            return one.written
    return None


def _in_figures(text: str) -> Iterator[Number]:
    for found in _NUMBER.finditer(text):
        if found["date"]:
            yield from _of_date(found["date"], found.start())
            continue
        value = _value(found["figures"])
        values = {value, *_read_otherwise(text, found, value)}
        suffix = (found["suffix"] or "").strip("'’").lower()
        scale = (found["scale"] or "").lower()
        if scale:
            values = {value * _BY_NAME[scale]} | ({value} if scale in _ALSO_UNITS else set())
        years = _years(text, value, suffix, found.end("figures"))
        yield Number(values, found[0].strip(), found.start(), found.end(), years)


def _in_words(text: str) -> Iterator[Number]:
    for spelt in spelt_numbers(text):
        value, end = Decimal(spelt.value), spelt.start + len(spelt.written)
        counted = _COUNTED.match(text, end)
        times = _COUNTS[counted[1].lower()] if counted else 1
        values = {value, value * times, *_and_a_half(text, value, end)}
        years = _years(text, value, "", end)
        yield Number(values, spelt.written, spelt.start, end, years)


def _and_a_half(text: str, value: Decimal, end: int) -> Iterator[Decimal]:
    """2.5 for "two and a half"."""
    if found := _HALF.match(text, end):
        half = value + Decimal("0.5")
        yield half
        if found["scale"]:
            yield half * SCALES[found["scale"].lower()]


def _of_date(written: str, start: int) -> Iterator[Number]:
    """Day, month and year; the year may be written with two figures."""
    *others, last = (Decimal(part) for part in re.split(r"[./-]", written))
    for part in others:
        yield Number({part}, written, start, start + len(written))
    values = {last, 1900 + last, 2000 + last} if last < 100 else {last}
    yield Number(values, written, start, start + len(written))


def _read_otherwise(text: str, found: re.Match[str], value: Decimal) -> Iterator[Decimal]:
    """Further values: "89" of "1686–89", "’98", "80s", "2" of "2 to 3 million", "7.30 pm", 19 of
    "7:30 pm", 2.5 of "2½"."""
    before, figures = text[max(0, found.start() - 8) : found.start()], found["figures"]
    if len(figures) == 2 and figures.isdigit():
        if shortened := _SHORTENED.search(before):
            yield Decimal(shortened[1] + figures)
        elif before.endswith(("'", "’")) or found["suffix"] in ("s", "'s", "’s"):
            yield 1900 + value
            yield 2000 + value
    if not found["scale"] and (shared := _SHARED.match(text, found.end())):
        yield value * _BY_NAME[shared["scale"].lower()]
    if re.fullmatch(r"\d\d?\.\d\d", figures) and _CLOCK.match(text, found.end()):
        yield from map(Decimal, figures.split("."))
    if _PM.match(text, found.end()) and value < 12:
        yield Decimal(12 + int(value))
    yield from _and_a_half(text, value, found.end())


def _years(text: str, value: Decimal, suffix: str, end: int) -> range:
    if value != value.to_integral_value() or not 1 <= value <= 2100:
        return range(0)
    year = int(value)
    if suffix == "s" and year >= 1000 and year % 10 == 0:
        return range(year, year + (100 if year % 100 == 0 else 10))
    if year <= 21 and _CENTURY.match(text, end):
        return range(100 * (year - 1), 100 * year + 1)
    return range(0)


def _value(written: str) -> Decimal:
    plain = re.sub(rf"{_GROUPS}(?=\d{{3}}\b)", "", written)
    return Decimal(plain.replace(",", "."))
