"""A statement and its evidence as the model takes them: `[CLS] statement [SEP] evidence [SEP]`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MOST_TOKENS = 256
MOST_STATEMENT_TOKENS = 96


@dataclass(frozen=True, slots=True)
class Pair:
    """Token ids, the segment (0 or 1) of each, and the places of the statement's tokens."""

    ids: list[int]
    types: list[int]
    statement: range

    @classmethod
    def of(
        cls, statement: Sequence[int], evidence: Sequence[int], first: int, separator: int
    ) -> "Pair":
        """From token ids; what does not fit in is left out at the end of either."""
        said = list(statement[:MOST_STATEMENT_TOKENS])
        opening = [first, *said, separator]
        closing = [*evidence[: MOST_TOKENS - len(opening) - 1], separator]
        types = [0] * len(opening) + [1] * len(closing)
        return cls(opening + closing, types, range(1, 1 + len(said)))

    @classmethod
    def pieces(
        cls, statement: Sequence[int], evidence: Sequence[int], first: int, separator: int
    ) -> "Iterator[Pair]":
        """One pair, or for evidence that is too long several, each half of the one before on."""
        room = MOST_TOKENS - min(len(statement), MOST_STATEMENT_TOKENS) - 3
        for start in range(0, max(1, len(evidence)), room // 2):
            yield cls.of(statement, evidence[start : start + room], first, separator)
            if start + room >= len(evidence):
                return
