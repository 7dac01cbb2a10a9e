"""Words of names in their other forms: "China" and "Chinese", "US" and "United States"."""

import re
from functools import cache
from importlib.resources import files

_LEAST_SHARED = 4  # letters
_PAIRS = (
    "-s -es -n -an -ian -nian -ese -i -ish -ic -er -ist -ism -ity -ional -ary -ial -ite -man -men "
    "a-an a-ian a-ese a-ist a-ic y-ian y-ish o-an e-ian e-i ia-ian s-n um-an y-ies t-cy e-or "
    "er-ry ism-ist ism-ic ian-ese man-men "
    "sation-zation sed-zed re-er ur-r ce-se me- "  # British and American spelling
)
_ENDINGS = frozenset(frozenset(pair.split("-")) for pair in _PAIRS.split())
# "Maria" is not "Marian", nor "Julia" "Julian"; short places that are so written are known.
_FIRST_NAMES = frozenset(["", "n"])
_LONG = 7  # letters
_STATES = (
    (re.compile(r"\bUnited States(?: of America)?\b|\bUSA?\b|\bU\.S(?:\.A)?\b"), "America"),
    (re.compile(r"\bUnited Kingdom\b|\bGreat Britain\b|\bUK\b|\bU\.K\b"), "Britain"),
    (re.compile(r"\bSoviet Union\b|\bUSSR\b"), "Soviet"),
)
_DOLLARS = re.compile(r"\b(?:America|US|AU?|CA?|HK|NZ)(?=\$)")
_SHORT = {"st": "saint", "mt": "mount", "ft": "fort", "gov": "governor", "gen": "general"}


def with_short_states(text: str) -> str:
    """The states of several words or capitals by one word."""
    for written, name in _STATES:
        text = written.sub(name, text)
    return _DOLLARS.sub("", text)


def with_long_states(name: str, text: str) -> str:
    """A name of `with_short_states(text)` as it is written in the text."""
    for written, short in _STATES:
        if short in name and short not in text and (found := written.search(text)):
            name = name.replace(short, found[0])
    return name


def spelt_out(word: str) -> str:
    """ "saint" for "st"."""
    return _SHORT.get(word, word)


def same_root(one: str, other: str) -> bool:
    """Whether they differ by an ending, as a country and its people do, or by spelling."""
    one, other = _singular(one), _singular(other)
    shared = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        shared += 1
    if one == other:
        return True
    endings = frozenset((one[shared:], other[shared:]))
    if endings == _FIRST_NAMES and shared < _LONG and people(one) is people(other) is None:
        return False
    return shared >= _LEAST_SHARED and endings in _ENDINGS


def people(word: str) -> int | None:
    """The number of the country or place that a word stands for."""
    known = _peoples()
    return known.get(word, known.get(_singular(word)))


def is_place(word: str) -> bool:
    """Whether it is one of the places that are known, or its people."""
    roots = _roots().get(word[:_LEAST_SHARED], ())
    return people(word) is not None or any(same_root(word, root) for root in roots)


def _singular(word: str) -> str:
    plural = len(word) > _LEAST_SHARED and word[-1] == "s" != word[-2]
    return word[:-1] if plural else word


@cache
def _roots() -> dict[str, list[str]]:
    """The places by their first letters."""
    roots: dict[str, list[str]] = {}
    for word in _peoples():
        roots.setdefault(word[:_LEAST_SHARED], []).append(word)
    return roots


@cache
def _peoples() -> dict[str, int]:
    written = files("service.answering.support").joinpath("peoples.txt").read_text("utf-8")
    lines = [line for line in written.splitlines() if line and not line.startswith("#")]
    return {word: number for number, line in enumerate(lines) for word in line.split()}
