"""Contested matters: a question whether something is so is answered by who says yes and who no."""

import re
from collections.abc import Callable, Sequence

from service.answering.choice import MOST_STATEMENTS, Choice
from service.answering.sentences import ScoredSentence

SpeakerOf = Callable[[ScoredSentence], str | None]

_WHETHER = re.compile(
    r"^\W*(?:(?:and|but|so|then|now|tell me|say),?\s+)?(?:whether|if|is|are|was|were|do|does|"
    r"did|has|have|had|can|could|will|would|should|may|might|must|isn['’]t|aren['’]t|wasn['’]t|weren['’]t|"
    r"don['’]t|doesn['’]t|didn['’]t|hasn['’]t|haven['’]t)\b",
    re.IGNORECASE,
)
_DENIES = re.compile(
    r"\b(?:den(?:y|ies|ied|ying|ials?)|reject(?:s|ed|ing|ion)?|dismiss(?:es|ed|ing)?|"
    r"refut(?:e|es|ed|ing)|disput(?:e|es|ed|ing)|contradict(?:s|ed|ing)?|"
    r"rebut(?:s|ted|ting|tal)?|disagree(?:s|d|ment)?|oppos(?:e|es|ed|ing)|"
    r"false|untrue|baseless|groundless|unfounded|lies|lied|lying|hoax|smears?|"
    r"fabricat(?:e|es|ed|ions?)|(?:dis|mis)information|never|not|no|none|nothing|without)\b|n['’]t\b",
    re.IGNORECASE,
)
_RELEVANT = 0.5  # share of the best sentence's coverage of the question that the other side needs


def asks_whether(question: str) -> bool:
    """Whether a question can be answered by yes or no."""
    return bool(_WHETHER.match(question))


def with_other_side(
    chosen: Sequence[Choice], scored: Sequence[ScoredSentence], speaker_of: SpeakerOf
) -> list[Choice]:
    """The chosen sentences and, if they are all of one side, the best one of the other: that denies
    what they say, or says what they deny, and is another's claim."""
    shown = [choice.best for choice in chosen]
    sides = {_denies(one) for one in shown}
    if len(sides) != 1:
        return list(chosen)
    (side,) = sides
    needed = _RELEVANT * max(one.coverage for one in shown)
    speakers = {speaker_of(one) for one in shown}
    for other in scored:
        relevant = other.coverage >= needed > 0 and _denies(other) != side
        if relevant and speaker_of(other) not in speakers:
            return [*chosen[: MOST_STATEMENTS - 1], Choice(other)]
    return list(chosen)


def _denies(one: ScoredSentence) -> bool:
    return bool(_DENIES.search(one.sentence.text))
