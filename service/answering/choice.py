"""Which sentences make an answer: as many as the question needs.

A sentence's share is the probability that it is the one that answers. Sentences are taken, best
first, until it is likely enough that the answer is among them. One that is sure suffices; several
that are about equally good all come.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.documents import Passage
from service.answering.sentences import ScoredSentence
from service.answering.several import asks_for_several
from service.retrieval.wording import Wording

MOST_STATEMENTS = 4


@dataclass(frozen=True, slots=True)
class Need:
    """When to stop taking sentences."""

    enough: float
    """Sum of the shares taken that suffices."""
    least_share: float
    """What a sentence beside the best one has to have."""


ONE = Need(enough=0.95, least_share=0.03)
SEVERAL = Need(enough=0.99, least_share=0.01)
"""For a list, or what somebody said of something."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A sentence of the answer, and others among the candidates that say the same."""

    best: ScoredSentence
    same: tuple[ScoredSentence, ...] = ()


def need_of(question: str) -> Need:
    return SEVERAL if asks_for_several(question) else ONE


def choose(scored: Sequence[ScoredSentence], need: Need = ONE) -> list[Choice]:
    """The best sentence, then those that are needed beside it, in the order of their document.

    `scored` is best first.
    """
    chosen: list[Choice] = []
    wordings: list[Wording] = []
    reached = 0.0
    for candidate in scored:
        wording = Wording(Passage("", 1, 0, candidate.sentence.text))
        same = next((n for n, one in enumerate(wordings) if _say_the_same(one, wording)), None)
        if same is not None:
            chosen[same] = replace(chosen[same], same=(*chosen[same].same, candidate))
        elif not chosen or (
            len(chosen) < MOST_STATEMENTS
            and reached < need.enough
            and candidate.share >= need.least_share
        ):
            chosen.append(Choice(candidate))
            wordings.append(wording)
        reached += candidate.share
    return chosen[:1] + _in_order(chosen[1:])


def _say_the_same(one: Wording, other: Wording) -> bool:
    return one.telling == other.telling and one.same(other)


def _in_order(chosen: Sequence[Choice]) -> list[Choice]:
    documents = list(dict.fromkeys(c.best.sentence.source.record.document_id for c in chosen))
    return sorted(
        chosen,
        key=lambda c: (
            documents.index(c.best.sentence.source.record.document_id),
            c.best.sentence.start,
        ),
    )
