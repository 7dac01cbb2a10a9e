"""What stands beside a number and changes what it says: a minus, a currency, a percent sign."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from service.answering.support.numbers import ALONE, Number, all_numbers

_WORDS = {
    "dollar": r"dollars?|usd",
    "euro": r"euros?|eur",
    "pound": r"pounds?|gbp",
    "yen": r"yen|jpy|yuan|renminbi|rmb|cny",
    "rupee": r"rupees?|inr",
    "ruble": r"rou?bles?|rub",
    "won": r"krw",
    "percent": r"%|per\s?cent(?:age)?(?:\spoints?)?|pct",
    "hundredth": r"points?|(?:of|in|out\sof|per|in\severy)\s(?:100|(?:a\s|one\s)?hundred)",
    "celsius": r"(?:°|º|degrees?)\s?c(?:elsius|entigrade)?|celsius|centigrade",
    "fahrenheit": r"(?:°|º|degrees?)\s?f(?:ahrenheit)?|fahrenheit",
}
_DEGREES = frozenset(["celsius", "fahrenheit"])
# "5 points" may be percentage points, "5 pounds" may weigh.
_OR_NONE = {"hundredth": "percent", "pound": "pound"}
_SIGNS = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₹": "rupee", "₽": "ruble"} | {
    "₩": "won"
}
_ISO = {"usd": "dollar", "eur": "euro", "gbp": "pound", "jpy": "yen", "inr": "rupee"}
_NATION = (
    r"(?:(?:us|u\.s\.?|american|canadian|australian|hong kong|new zealand|british|japanese|"
    r"chinese|indian|russian)\s)?"
)
_UNITS = "|".join(rf"(?P<{unit}>{words})" for unit, words in _WORDS.items())
_AFTER = re.compile(rf"[\s-]?{_NATION}(?:{_UNITS}|(?P<sign>[$€£¥₹₽₩]))(?!\w)", re.IGNORECASE)
_BEFORE = re.compile(
    r"(?:(?P<sign>[$€£¥₹₽₩])|\b(?P<iso>usd|eur|gbp|jpy|inr))\s?[-−]?$", re.IGNORECASE
)
_LOOSE = re.compile(rf"(?<!\w)(?:{_UNITS})(?!\w)|(?P<sign>[$€£¥₹₽₩])", re.IGNORECASE)
_RATE = re.compile(r"\b(?:rate|ratio|share|proportion)s?\b", re.IGNORECASE)
_SHARES = re.compile(r"\s?(?:to|and|or|[-–—,]|,\s?(?:and|or))\s?[$€£¥₹₽₩]?", re.IGNORECASE)
_IN_EVERY = re.compile(r"\s(?:in|out\sof)\s(?:every\s)?", re.IGNORECASE)
# A range, a dash or a hyphen is no minus: "2 -5", "fog - 5 boats", "COVID-19".
_MINUS = re.compile(
    r"(?:(?:^|[–—]|(?<![\d)\]%])[\s(\[:;\"“|$€£])[-−–]|\b(?:minus|negative)\s)[$€£¥]?$",
    re.IGNORECASE,
)
_BELOW = re.compile(r"[^.,;\d]{0,14}\bbelow\s(?:zero|freezing)", re.IGNORECASE)
# "Down 5 %" is "-5 %", but "down to 5" is not "-5".
_LESS = re.compile(
    r"\b(?:f[ae]ll\w*|drop\w*|declin\w+|decreas\w+|los[st]\w*|los(?:e|es|ing)|down\w*|under|less|"
    r"below(?!\s(?:zero|freezing))|lower\w*|fewer|deficit\w*|reduc\w+|cut\w*|shr[aiu]nk\w*|"
    r"short\w*|sank|sunk|sink\w*|slid\w*|slip\w*|contract\w+|behind|bce?)\b(?!\sto\b)",
    re.IGNORECASE,
)
_LOOK_BACK, _LOOK_ON = 14, 40  # characters
_NONE = frozenset([""])


@dataclass(frozen=True, slots=True)
class _Measure:
    number: Number
    units: frozenset[str]
    """What it may be a number of; "" for nothing that is known here."""
    negative: bool
    written: str


def changed_measure(statement: str, evidence: str) -> str | None:
    """A number of the statement, as it is written there, that the evidence has with another sign or
    another unit alone."""
    cited = _measures(evidence)
    known: dict[Decimal, set[tuple[bool, frozenset[str]]]] = {}
    for one in cited:
        for value in one.number.values:
            known.setdefault(value, set()).add((one.negative, one.units))
    loose: set[str] | None = None
    less = _is_less(statement) or _is_less(evidence)
    for said in _measures(statement):
        same = {one for value in said.number.values for one in known.get(value, ())}
        if not same or said.number.written.lower() in ALONE:
            continue
        if not less and all(negative != said.negative for negative, _ in same):
            return said.written
        if not any(_agree(said.units, units) for _, units in same):
            loose = _loose_units(evidence, cited) if loose is None else loose
            if said.units.isdisjoint(loose):
                return said.written
    return None


def _agree(said: frozenset[str], cited: frozenset[str]) -> bool:
    """What a degree is of may be left to the reader, and so may a currency; not a percent sign."""
    if not said.isdisjoint(cited):
        return True
    if "" in said:
        return "percent" not in cited
    return "" in cited and not said.isdisjoint(_DEGREES)


def _measures(text: str) -> list[_Measure]:
    found = [_measure(text, number) for number in all_numbers(text)]
    there = range(len(found) - 1)
    for place in (*there, *reversed(there)):
        _share(text, found, place)
    return found


def _measure(text: str, number: Number) -> _Measure:
    before = text[max(0, number.start - _LOOK_BACK) : number.start]
    after = text[number.end : number.end + _LOOK_ON]
    units, start, end = _NONE, number.start, number.end
    if found := _AFTER.match(after):
        units, end = _units(found), end + found.end()
    elif found := _BEFORE.search(before):
        units = frozenset([_ISO[found["iso"].lower()] if found["iso"] else _SIGNS[found["sign"]]])
        start -= len(before) - found.start()
    minus = _MINUS.search(before)
    if minus:
        start = min(start, number.start - len(minus[0].lstrip(' ([:;"“|–—\n')))
    negative = bool(minus or _BELOW.match(after))
    return _Measure(number, units, negative, text[start:end].strip())


def _units(found: re.Match[str]) -> frozenset[str]:
    unit = _unit(found)
    return (
        frozenset(["", _OR_NONE[unit]])
        if unit in _OR_NONE and not found["sign"]
        else frozenset([unit])
    )


def _unit(found: re.Match[str]) -> str:
    if found["sign"]:
        return _SIGNS[found["sign"]]
    return next(unit for unit in _WORDS if found[unit])


def _share(text: str, found: list[_Measure], place: int) -> None:
    """ "5 to 6 %", "$5 or 6 million": the one of both that has no unit may have the other's."""
    one, other = found[place], found[place + 1]
    between = text[one.number.end : other.number.start]
    units = one.units | other.units
    if _IN_EVERY.fullmatch(between):
        units |= {"", "percent"}
    elif not _SHARES.fullmatch(between) or (one.units == _NONE) == (other.units == _NONE):
        return
    found[place] = replace(one, units=units if one.units == _NONE else one.units)
    found[place + 1] = replace(other, units=units if other.units == _NONE else other.units)


def _loose_units(text: str, cited: Sequence[_Measure]) -> set[str]:
    """Units that stand beside no number, as in the head of a table."""
    for written in {one.written for one in cited if one.units != _NONE}:
        text = text.replace(written, " ")
    loose = {_unit(found) for found in _LOOSE.finditer(text)}
    return loose | ({"percent"} if _RATE.search(text) else set())


def _is_less(text: str) -> bool:
    return _LESS.search(text) is not None
