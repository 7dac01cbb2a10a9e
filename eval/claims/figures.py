"""Untrue by a figure: another number, another date."""

import re
from random import Random

from eval.claims.claim import Reworded, Told, replaced
from service.answering.support.spelt_numbers import SPELT

_MONTHS = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_YEAR = r"(?<![\d.,$£€-])(?:1[0-9]|20)\d\d(?![\d%s]|[.,]\d|-\w)"
_DATE = re.compile(
    rf"(?P<year>{_YEAR})|\b(?P<month>{'|'.join(_MONTHS)})\b|\b(?P<day>{'|'.join(_DAYS)})\b"
)
_NUMBER = re.compile(
    r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\w.,])\d+(?:\.\d+)?(?=\b|%)|"
    rf"\b(?:{'|'.join(SPELT)})\b",
    re.IGNORECASE,
)


def other_number(told: Told, draw: Random) -> Reworded | None:
    """A number, in figures or words, that is no year, becomes another one."""
    found = [n for n in _NUMBER.finditer(told.text) if not re.fullmatch(_YEAR, n[0])]
    found = [n for n in found if n[0].lower() != "one"]  # mostly a pronoun
    if not found:
        return None
    chosen = draw.choice(found)
    used = {n[0].lower() for n in _NUMBER.finditer(told.text)}
    elsewhere = [n[0] for other in told.others for n in _NUMBER.finditer(other)]
    alike = [
        n for n in elsewhere if n[0].isdigit() == chosen[0][0].isdigit() and n.lower() != "one"
    ]
    by = draw.choice(alike) if alike and draw.random() < 0.3 else _altered(chosen[0], draw)
    return replaced(told.text, chosen.span(), by) if by.lower() not in used else None


def other_date(told: Told, draw: Random) -> Reworded | None:
    """A year, a month or a day of the week becomes another one."""
    found = [d for d in _DATE.finditer(told.text) if d[0] != "May" or _is_date(told.text, d)]
    if not found:
        return None
    chosen = draw.choice(found)
    if chosen["year"]:
        elsewhere = [y for other in told.others for y in re.findall(_YEAR, other)]
        by = draw.choice(elsewhere) if elsewhere and draw.random() < 0.3 else _near(chosen[0], draw)
    else:
        by = draw.choice(_MONTHS if chosen["month"] else _DAYS)
    return replaced(told.text, chosen.span(), by) if by not in told.text else None


def _is_date(text: str, found: re.Match[str]) -> bool:
    near = text[max(0, found.start() - 4) : found.end() + 5]
    return bool(re.search(r"\d", near))


def _near(year: str, draw: Random) -> str:
    return str(int(year) + draw.choice([-1, 1]) * draw.choice([1, 2, 3, 5, 10, 20, 50, 100]))


def _altered(number: str, draw: Random) -> str:
    """Another number of the same form."""
    if not number[0].isdigit():
        other = draw.choice([word for word in SPELT if word not in (number.lower(), "one")])
        return other.capitalize() if number[0].isupper() else other
    digits = [place for place, letter in enumerate(number) if letter.isdigit()]
    place = draw.choice(digits[:2])
    fresh = draw.choice([d for d in "123456789" if d != number[place]])
    return number[:place] + fresh + number[place + 1 :]
