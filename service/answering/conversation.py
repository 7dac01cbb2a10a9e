"""A follow-up made to stand alone: what it leaves out is in the questions before it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from service.answering.engine import Question
from service.retrieval.words import content_stems

_LEANS = re.compile(
    r"\b(?:he|she|it|they|him|her|them|his|hers|its|their|theirs|this|that|these|those|there|"
    r"then|so|such|same|else|also|too|either|neither|both|former|latter)\b",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"^(?:and|but|or|so|then|also|what about|how about|why|how so)\b", re.IGNORECASE
)
_FEW_WORDS = 1  # content words of a question that is too short to stand alone
_MOST_BEFORE = 2


@dataclass(frozen=True, slots=True)
class Turn:
    role: Literal["user", "assistant"]
    content: str


def standalone(question: str, history: Sequence[Turn]) -> Question:
    """The question together with the earlier questions it leans on.

    A question leans on what was said before when it points back ("he", "that", "there"), opens
    like a continuation ("and ...", "what about ...") or has hardly a word of its own.
    """
    asked = " ".join(question.split())
    before = [" ".join(turn.content.split()) for turn in history if turn.role == "user"]
    parts = [asked]
    while before and len(parts) <= _MOST_BEFORE and leans(parts[0]):
        parts.insert(0, before.pop())
    return Question(asked=asked, standalone=" ".join(parts))


def leans(question: str) -> bool:
    return bool(
        _OPENS.search(question)
        or _LEANS.search(question)
        or len(content_stems(question)) <= _FEW_WORDS
    )
