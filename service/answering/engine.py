"""The engine interface: what turns a question and passages into statements."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from service.answering.answer import Statement
from service.retrieval.hybrid import RetrievedPassage


@dataclass(frozen=True, slots=True)
class Question:
    """A question as asked, and the same made to stand without its conversation."""

    asked: str
    standalone: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What an engine proposes. No statement of it is shown before `verify` has checked it."""

    statements: Iterator[Statement]
    confidence: float


class Engine(Protocol):
    """To add one: write a module with such a class, and name it in `service.assembly`."""

    name: str

    def draft(self, question: Question, passages: Sequence[RetrievedPassage]) -> Draft:
        """Answer from the passages alone. No statements means an abstention."""
        ...
