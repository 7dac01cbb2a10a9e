"""The sentence ranker interface: how well each sentence of a passage answers a question."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from service.answering.ranking.weights import ExtractiveWeights


@dataclass(frozen=True, slots=True)
class SentenceScores:
    """What a ranker makes of a sentence, on scales of its own, higher being better."""

    fit: float
    """How well the sentence answers the question."""
    answer: float = 0.0
    """How much rather the best span of words in it is the answer than none is."""
    holds: float = 0.0
    """How well its passage as a whole answers the question."""


class SentenceRanker(Protocol):
    """To add one: write a class like this, and name it in `service.assembly`."""

    @property
    def weights(self) -> ExtractiveWeights:
        """How its scores are combined with other features: fitted with it, for it."""
        ...

    def warm_up(self) -> None:
        """Load what the first question needs."""
        ...

    def score(self, question: str, passages: Sequence[Sequence[str]]) -> list[list[SentenceScores]]:
        """Scores of each sentence of each passage; sentences in the order of the text."""
        ...
