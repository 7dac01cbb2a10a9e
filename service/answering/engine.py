"""The engine interface: what turns a message and passages into statements."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Protocol

from service.answering.answer import DroppedStatement, Statement
from service.language_models.limits import Limits
from service.retrieval.retrieved import RetrievedPassage


@dataclass(frozen=True, slots=True)
class Question:
    """A question as asked, and the same made to stand without its conversation."""

    asked: str
    standalone: str


@dataclass(frozen=True, slots=True)
class Part:
    """One of the questions of a message, with the passages found for it, best first."""

    question: Question
    passages: Sequence[RetrievedPassage]


@dataclass(slots=True)
class Draft:
    """What an engine proposes. No statement of it is shown before `verify` has checked it.

    `statements` come as they are made. The other fields are final when these have come to their
    end.
    """

    statements: Iterator[Statement]
    confidence: float
    """Probability that the documents answer the message, 0 to 1."""
    model: str = ""
    """What made the statements; empty for the engine itself."""
    dropped: list[DroppedStatement] = field(default_factory=list)
    notice: str | None = None
    """What a reader should know of how the answer came about, as a sentence."""
    prompts: dict[str, str] = field(default_factory=dict)
    """Versions of the prompts that were used, by name."""
    checking_s: float = 0.0
    """Seconds spent on holding statements against what they cite."""


class Engine(Protocol):
    """To add one: write a module with such a class, and name it in `service.assembly`."""

    name: str

    @property
    def prompts(self) -> Mapping[str, str]:
        """Versions of the prompts that it may use, by name."""
        ...

    def draft(self, parts: Sequence[Part], limits: Limits) -> Draft:
        """Answer what a message asks, at least one part, from the passages alone.

        No statements means an abstention. The iterator raises ModelFailure when a language model
        fails and nothing stands in for it, and Cancelled when whoever asked has gone.
        """
        ...


def distinct_passages(parts: Sequence[Part]) -> tuple[RetrievedPassage, ...]:
    """Each once: the best one for every question, then the second ones, and so on."""
    passages: dict[str, RetrievedPassage] = {}
    for rank in zip_longest(*(part.passages for part in parts)):
        for one in filter(None, rank):
            passages.setdefault(one.passage.id, one)
    return tuple(passages.values())
