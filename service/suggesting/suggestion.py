"""A question that may be suggested: what it was made from, and how."""

from dataclasses import dataclass
from typing import Literal

from ingest.index.record import DocumentRecord

Kind = Literal[
    "heading",
    "claim",
    "definition",
    "property",
    "use",
    "amount",
    "rule",
    "when",
    "where",
    "who",
    "why",
]


@dataclass(frozen=True, slots=True)
class Draft:
    """A question that a sentence answers."""

    question: str
    kind: Kind
    worth: float
    """How good a first question it is as far as its form tells, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A draft, and the span of the document that should answer it."""

    draft: Draft
    record: DocumentRecord
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A candidate that was asked, and is answered from where it was made."""

    candidate: Candidate
    confidence: float
    answer: str
    """Its first statement."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question that was asked, and answered from the document it was made from."""

    question: str
    record: DocumentRecord
