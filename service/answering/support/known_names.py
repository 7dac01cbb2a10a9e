"""What a text knows of names: its words in all forms, initials, numbers."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from service.answering.support.numbers import known_values
from service.answering.support.same_name import people, same_root, spelt_out
from service.answering.support.spelt_numbers import ordinal
from service.answering.support.tokens import Token

_SMALL = "the of de la le du da di del van von der den al el bin and for"
SMALL = frozenset(_SMALL.split())
"""Words within names."""
_LONGEST_ACRONYM = 7
_ROOT = 3  # letters by which words are looked up
_LONG = 5  # letters of a word that a pair of initials may stand for: "artificial intelligence"


class KnownNames:
    """Says of a word or of a whole name whether the text has it."""

    def __init__(self, tokens: Sequence[Token], text: str) -> None:
        """`tokens` are those of the text."""
        self._tokens = tokens
        self._text = text
        words = (part for token in tokens for part in (token.word, *token.word.split("&")))
        self._words = {spelt_out(word) for word in words}

    def lacks(self, name: Sequence[Token]) -> list[Token]:
        """The words of a name that the text does not have, neither spelt out nor abbreviated."""
        lacking = [token for token in name if token.word not in SMALL and not self._has(token)]
        if lacking and self._acronyms and self._abbreviates(name, lacking):
            return []
        in_part = len(lacking) < sum(token.word not in SMALL for token in name)
        if in_part:  # "Joanne Rowling" of "J. Rowling"
            lacking = [token for token in lacking if token.word[:1] not in self._initials]
        return lacking

    def _has(self, token: Token) -> bool:
        word = spelt_out(token.word)
        if word in self._words or all(part in self._words for part in word.split("&")):
            return True
        if len(word) == 1 and word in self._capitals:
            return True
        if any(same_root(word, other) for other in self._roots.get(word[:_ROOT], ())):
            return True
        if people(word) is not None and people(word) in self._peoples:
            return True
        value = ordinal(word)
        if value is not None and Decimal(value) in self._values:
            return True
        return token.acronym and len(word) > 1 and any(word in row for row in self._rows)

    @cached_property
    def _roots(self) -> dict[str, list[str]]:
        """The words by their first letters."""
        roots: dict[str, list[str]] = {}
        for word in self._words:
            roots.setdefault(word[:_ROOT], []).append(word)
        return roots

    @cached_property
    def _peoples(self) -> set[int | None]:
        return {people(word) for word in self._words}

    @cached_property
    def _initials(self) -> set[str]:
        """Letters that stand for a first name."""
        return {t.word for t in self._tokens if len(t.word) == 1 and t.capital}

    @cached_property
    def _capitals(self) -> set[str]:
        return {t.word[:1] for t in self._tokens if t.capital}

    @cached_property
    def _acronyms(self) -> set[str]:
        return {t.word for t in self._tokens if t.acronym and len(t.word) <= _LONGEST_ACRONYM}

    @cached_property
    def _rows(self) -> set[str]:
        return {row for row in _initial_rows(self._tokens) if len(row) > 1}

    @cached_property
    def _values(self) -> set[Decimal]:
        return known_values(self._text)

    def _abbreviates(self, name: Sequence[Token], lacking: Sequence[Token]) -> bool:
        """Whether an acronym of the text stands for a part of the name that has all it lacks."""
        for first in range(len(name)):
            for last in range(first + 2, len(name) + 1):
                part = name[first:last]
                if all(token in part for token in lacking) and self._acronyms.intersection(
                    _initials(part)
                ):
                    return True
        return False


def _initials(part: Sequence[Token]) -> tuple[str, str]:
    """With and without those of small words."""
    every = "".join(token.word[:1] for token in part)
    return every, "".join(token.word[:1] for token in part if token.word not in SMALL)


def _initial_rows(tokens: Sequence[Token]) -> Iterator[str]:
    """Initials of words in a row that an acronym may stand for."""
    row: list[Token] = []
    for token in tokens:
        if row and token.clause != row[-1].clause:
            yield from _initials(row)
            row = []
        if token.capital or (row and token.word in SMALL):
            row.append(token)
        elif row:
            yield from _initials(row)
            row = []
    yield from _initials(row)
    content = [token for token in tokens if token.content]
    yield from ("".join(t.word[:1] for t in content[n : n + 3]) for n in range(len(content) - 2))
    for one, other in pairwise(content):
        if min(len(one.word), len(other.word)) >= _LONG:
            yield one.word[:1] + other.word[:1]
