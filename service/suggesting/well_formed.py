"""The last look at a question: whether a person could have written it."""

import re
from itertools import pairwise
from typing import Final

from service.answering.conversation.word_classes import BREAKS
from service.suggesting.phrases import leans, words_of
from service.suggesting.word_lists import words_in

_FEWEST_WORDS: Final = 4
_MOST_WORDS: Final = 16
_MOST_LETTERS: Final = 120
_ALLOWED: Final = re.compile(r"[^\W_](?:[\w ’'.,&%$€£°/-])*\?")
_ENDS: Final = words_in("by for about in on of to from with at out up off down over")
_ASKER: Final = words_in("i my me you your we our")
_MAY_END: Final = re.compile(
    r"^(?:Who|What) (?:is|are|was|were) .* (?:by|for|about)\?$"
    r"|^What (?:do|does|did) .* (?:of|on)\?$"
)


def is_well_formed(question: str) -> bool:
    """Whether it is of a good length, has no sign that a question seldom has, leans on nothing, and
    does not end in the middle."""
    words = question.rstrip("?").split()
    if not _FEWEST_WORDS <= len(words) <= _MOST_WORDS or len(question) > _MOST_LETTERS:
        return False
    if not _ALLOWED.fullmatch(question) or "  " in question or re.search(r"[a-z]{3}\.\s", question):
        return False
    if not question[0].isupper() or any(len(word) > 30 for word in words):
        return False
    said = words_of(question)[1:]
    others = [word for word in said if word.lower() not in _ASKER]
    if leans(" ".join(others)) or _repeats(said):
        return False
    last = said[-1].lower()
    if last in _ENDS:
        return _MAY_END.match(question) is not None
    return last not in BREAKS or last in ("have", "online", "now")


def _repeats(words: list[str]) -> bool:
    lower = [word.lower() for word in words]
    return any(one == other for one, other in pairwise(lower))
