"""Numbers written in words: "two hundred and five" is 205, "nineteen eighty-four" 1984."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_UNITS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
)
_TENS = "thirty forty fifty sixty seventy eighty ninety"
SPELT = {word: number for number, word in enumerate(_UNITS.split(), 1)} | {
    word: 10 * number for number, word in enumerate(_TENS.split(), 3)
}
"""Number words and what they stand for."""

_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_TENTH_ORDINALS = "thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth hundredth"
_ORDERED = {word: number for number, word in enumerate(_ORDINALS.split(), 1)} | {
    word: 10 * number for number, word in enumerate(_TENTH_ORDINALS.split(), 3)
}
SCALES = {
    "hundred": 100,
    "thousand": 1000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000,
}
_ROMAN = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI"
ROMAN = {word: number for number, word in enumerate(_ROMAN.split(), 1)}
_PLAIN = "|".join(sorted([*SPELT, *SCALES], key=len, reverse=True))
_ORDINAL = "|".join(sorted(_ORDERED, key=len, reverse=True))
_ONE = rf"(?:(?:{_ORDINAL})s?|{_PLAIN})\b"  # "two thirds"
_ROW = re.compile(rf"\b{_ONE}(?:[\s-]+(?:and\s+)?{_ONE})*", re.IGNORECASE)
_WORD = re.compile(rf"\b{_ONE}", re.IGNORECASE)


@dataclass(slots=True)
class SpeltNumber:
    value: int
    written: str
    start: int
    """Where it stands in the text."""


def spelt_numbers(text: str) -> Iterator[SpeltNumber]:
    """In order, those of one word too: "one" and "second" may be no numbers."""
    for row in _ROW.finditer(text):
        started: _Sum | None = None
        end = row.start()
        for word in _WORD.finditer(text, row.start(), row.end()):
            by_and = "and" in text[end : word.start()].lower()
            if started is None or not started.joined(word[0].lower(), by_and):
                if started is not None:
                    yield started.number(text, end)
                started = _Sum(word.start())
                started.joined(word[0].lower(), by_and=False)
            end = word.end()
        if started is not None:
            yield started.number(text, end)


def ordinal(word: str) -> int | None:
    """What an ordinal or a Roman number in lower case stands for: 2 for "second" and "ii"."""
    return _ORDERED.get(word, ROMAN.get(word.upper()))


class _Sum:
    """A number as far as it has been read."""

    def __init__(self, start: int) -> None:
        self._start = start
        self._total = 0
        self._part = 0
        """What the next scale multiplies."""
        self._least_scale = 10 * SCALES["trillion"]
        self._begun = self._closed = False

    def joined(self, word: str, by_and: bool) -> bool:
        """Take the word in, if it can go on the number: "and" does so after a scale only."""
        if self._closed:
            return False
        taken = self._scaled(SCALES[word], by_and) if word in SCALES else self._added(word, by_and)
        self._begun = True
        return taken

    def number(self, text: str, end: int) -> SpeltNumber:
        return SpeltNumber(self._total + self._part, text[self._start : end], self._start)

    def _scaled(self, scale: int, by_and: bool) -> bool:
        part = self._part if self._begun else 1
        if by_and or not part or scale >= self._least_scale:
            return False
        if scale == SCALES["hundred"]:
            if part >= scale:
                return False
            self._part = part * scale
        else:
            self._total += part * scale
            self._part, self._least_scale = 0, scale
        return True

    def _added(self, word: str, by_and: bool) -> bool:
        value = SPELT.get(word)
        if value is None:
            self._closed = True
            value = _ORDERED[word] if word in _ORDERED else _ORDERED[word.removesuffix("s")]
        rest = self._part % 100
        tens = rest >= 20 and rest % 10 == 0
        if not self._begun or rest == 0 or (tens and value < 10 and not by_and):
            self._part += value
        elif self._is_century() and value >= 10 and not by_and and not self._closed:
            self._part = self._part * 100 + value
        else:
            self._closed = True
            return False
        return True

    def _is_century(self) -> bool:
        """Whether it may be the first half of a year: "nineteen" of "nineteen ninety"."""
        return self._total == 0 and 10 <= self._part <= 20
