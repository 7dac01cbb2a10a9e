"""Sentences that lean on the one before: what "He", "They" or "It" at their start stands for is
named there, so that neither should be shown without the other. English, by surface form."""

import re
from collections.abc import Sequence

from service.answering.sentences import Sentence

_MOST_BEFORE = 2  # sentences that are brought
_OPENING = r"^[\"“”‘’'«»(\[\s–—-]*"
_LINK = (
    r"(?:(?:and|but|so|yet|still|then|also|however|moreover|furthermore|instead|later|afterwards|"
    r"nevertheless|therefore|thus|meanwhile|in addition|as a result|for example|for instance|"
    r"because of this|at first|again)\b,?\s+)?"
)
_LEANS = re.compile(
    _OPENING + _LINK + r"(?:he|she|they|it|his|her|their|its|this|these|those|both|neither|"
    r"the (?:former|latter|same|two)|such|another|others)\b",
    re.IGNORECASE,
)
_STANDS = re.compile(
    _OPENING + _LINK + r"(?:"
    # "It is likely that ...", "It took two years to ...": this it stands for nothing before.
    r"it(?:'s|’s|\s+(?:is|was|has been|had been|would be|will be|may be|might be|"
    r"should(?: now)? be|seems?|seemed|appears?|appeared|takes?|took))\b"
    r"[^.;]*?\b(?:that|to|whether|if|who|when)\b"
    # "Those who ...", "Both Ann and Ben ...", "Others in the party ..."
    r"|(?:those|others)\s+(?:who|that|in|of|with|from)\b|both\s+\w+(?:\s+\w+){0,3}\s+and\b"
    r"|(?:neither|another)\s+\w+|such\s+as\b|this\s+(?:year|month|week|morning|evening)\b"
    r")",
    re.IGNORECASE,
)


def leans(text: str) -> bool:
    """Whether a sentence opens with a word that points back to another sentence."""
    return bool(_LEANS.match(text)) and not _STANDS.match(text)


def needed_before(sentence: Sentence, text: Sequence[Sentence]) -> list[Sentence]:
    """The sentences right before one without which it does not stand, in order.

    `text`: the sentences of its passage and of the one before, in order.
    """
    key = (sentence.source.passage.id, sentence.start)
    place = next(n for n, one in enumerate(text) if (one.source.passage.id, one.start) == key)
    needed: list[Sentence] = []
    while place > 0 and len(needed) < _MOST_BEFORE and leans(text[place].text):
        before = text[place - 1]
        if before.is_caption != sentence.is_caption or not _adjacent(before, text[place]):
            break
        needed.insert(0, before)
        place -= 1
    return needed


def _adjacent(before: Sentence, after: Sentence) -> bool:
    """Whether nothing but white space, and no heading, stands between two sentences."""
    one, other = before.source.passage, after.source.passage
    if one.id == other.id:
        return not one.text[before.end - one.start : after.start - one.start].strip()
    between = one.text[before.end - one.start :] + other.text[: after.start - other.start]
    return one.end == other.start and not between.strip()
