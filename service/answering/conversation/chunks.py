"""Where the phrases of a sentence are: runs of words between function words and verbs."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from service.answering.conversation.word_classes import (
    AUX,
    BREAKS,
    COUNTS,
    DETERMINERS,
    DO,
    IMPERATIVES,
    PRONOUNS,
    WH,
    is_participle,
    is_past,
    is_plural,
    is_verb,
)

_TOKEN: Final = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]\b\.?|\w+n['’]t\b|\w+(?:[-&]\w+)*")
_BEFORE_SUBJECT: Final = DO | frozenset(
    {"why", "how", "when", "where", "can", "could", "will", "would", "should", "may", "might"}
)
_SPACE: Final = re.compile(r"\s+|['’]s?\s+")


@dataclass(frozen=True, slots=True)
class Token:
    text: str
    start: int
    end: int
    lower: str

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()


@lru_cache(maxsize=256)
def tokens(text: str) -> tuple[Token, ...]:
    """The words; the "s" of "Mona's" is none."""
    found = [Token(m[0], m.start(), m.end(), m[0].lower()) for m in _TOKEN.finditer(text)]
    return tuple(
        t for t in found if t.lower != "s" or text[t.start - 1 : t.start] not in ("'", "’")
    )


def chunks(text: str, words: Sequence[Token]) -> Iterator[range]:
    """Index ranges of words that form phrases."""
    start = 0
    for at in range(len(words) + 1):
        if at < len(words) and _continues(text, words, start, at):
            continue
        if start < at:
            yield range(start, at)
        if at < len(words):
            opens = words[at].lower in DETERMINERS or words[at].is_capital
            verb = not opens and (is_verb(words[at].lower) or _is_predicate(words, start, at))
            start = at + 1 if _breaks(words, at) or (verb and start < at) else at
            start = at + 1 if _is_opening_verb(words, at) else start


def _continues(text: str, words: Sequence[Token], start: int, at: int) -> bool:
    if _breaks(words, at):
        return False
    if at == start:
        return not _is_opening_verb(words, at)
    if not _SPACE.fullmatch(text[words[at - 1].end : words[at].start]):
        return False
    word, before = words[at], words[at - 1]
    if word.lower in DETERMINERS:
        return False
    if before.lower in DETERMINERS | COUNTS or word.is_capital or "-" in word.text:
        return True
    if is_past(word.lower):
        return False
    if is_participle(word.lower) and is_verb(word.lower):
        follows = words[at + 1].lower if at + 1 < len(words) else ""
        return word.lower.endswith("ing") and (not follows or follows in BREAKS)
    return not _is_predicate(words, start, at)


def _breaks(words: Sequence[Token], at: int) -> bool:
    lower = words[at].lower
    capital_inside = at > 0 and words[at].is_capital and lower not in WH | AUX
    return (lower in BREAKS and not (capital_inside and lower in ("may", "well", "us"))) or (
        at == 0 and lower in IMPERATIVES
    )


def _is_opening_verb(words: Sequence[Token], at: int) -> bool:
    """A verb right after "who", "to" or "he" opens no phrase: "who criticized mona"."""
    word = words[at]
    if at == 0 or not is_verb(word.lower) or word.is_capital:
        return False
    before = words[at - 1].lower
    if before in ("who", "what", "to", "i", "you", "he", "she", "they", "we", "it", "which"):
        return True
    follows = words[at + 1].lower if at + 1 < len(words) else ""
    alone = not follows or follows in BREAKS
    return follows in DETERMINERS | COUNTS or (
        before in AUX and (alone or not is_participle(word.lower))
    )


def _is_predicate(words: Sequence[Token], start: int, at: int) -> bool:
    """Whether a verb-like word after nouns is the verb: "does the keeper [feed] ..."."""
    before = words[start - 1].lower if start else ""
    follows = words[at + 1].lower if at + 1 < len(words) else ""
    ends = not follows or follows in BREAKS | DETERMINERS | COUNTS
    if before in DO and words[at - 1].is_capital and ends:
        return True
    if not is_verb(words[at].lower):
        return False
    if not follows and _is_only_verb(words, at):
        return True
    if before in _BEFORE_SUBJECT:
        return ends or words[at + 1].is_capital
    inflected = words[at].lower.endswith("s") and not is_plural(words[at - 1].lower)
    return (inflected and follows in DETERMINERS) or (not start and follows in DETERMINERS)


def _is_only_verb(words: Sequence[Token], at: int) -> bool:
    """Whether the last word is the verb that "did" asks for: "did the report on herring [find]"."""
    asks = [i for i in range(at) if words[i].lower in DO]
    return bool(asks) and not any(
        (is_verb(words[i].lower) and words[i - 1].lower not in DETERMINERS)
        or words[i].lower in PRONOUNS
        for i in range(asks[-1] + 1, at)
    )
