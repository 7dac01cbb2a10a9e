"""Slips of the fingers: how likely typing one word gives another."""

from enum import IntEnum
from typing import Final

_ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_VOWELS: Final = frozenset("aeiou")


class Slip(IntEnum):
    """What makes one word of another, the likeliest first (Grudin 1983)."""

    SWAPPED = 0  # two letters beside each other
    SIMPLE = 1  # a letter missed or doubled, the wrong one doubled; a key beside the right one
    VOWEL = 2  # one for another, as spelling by ear does
    BESIDE = 3  # a key hit together with the one beside it
    OTHER = 4  # something else, or more than one edit


def slip(typed: str, meant: str) -> Slip:
    """What makes `typed`, of the letters a to z, of another word."""
    at = _first_difference(typed, meant)
    if len(typed) == len(meant) and typed[at + 1 :] == meant[at + 1 :]:
        if _is_doubled(typed, at) and _is_doubled(meant, at):
            return Slip.SIMPLE
        return _substitution(typed[at], meant[at])
    if typed[at : at + 2] == meant[at : at + 2][::-1] and typed[at + 2 :] == meant[at + 2 :]:
        return Slip.SWAPPED
    if typed[at:] == meant[at + 1 :]:
        return Slip.SIMPLE
    if typed[at + 1 :] == meant[at:]:
        return _insertion(typed[at], _around(typed, at))
    return Slip.OTHER


def _substitution(typed: str, meant: str) -> Slip:
    if _are_beside(typed, meant):
        return Slip.SIMPLE
    return Slip.VOWEL if {typed, meant} <= _VOWELS else Slip.OTHER


def _insertion(typed: str, around: str) -> Slip:
    if typed in around:
        return Slip.SIMPLE
    return Slip.BESIDE if any(_are_beside(typed, key) for key in around) else Slip.OTHER


def _is_doubled(word: str, at: int) -> bool:
    return word[at] in _around(word, at)


def _around(word: str, at: int) -> str:
    return word[max(0, at - 1) : at] + word[at + 1 : at + 2]


def _first_difference(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _are_beside(one: str, other: str) -> bool:
    """Keys of a QWERTY keyboard, whose rows stand half a key to the right of those above."""
    (row, at), (other_row, other_at) = sorted((_place(one), _place(other)))
    if row == other_row:
        return other_at - at == 1
    return other_row - row == 1 and at - other_at in (0, 1)


def _place(letter: str) -> tuple[int, int]:
    """Row and key."""
    return next((row, keys.index(letter)) for row, keys in enumerate(_ROWS) if letter in keys)
