"""What a person says is answered with that person's words, or with what the text itself tells of
them: never with the claims of somebody else."""

import re
from collections.abc import Callable, Sequence
from typing import Final

from service.answering.attribution.words import places
from service.answering.conversation.word_classes import THING_WORDS
from service.answering.sentences import ScoredSentence

_NAME: Final = r"(?P<who>(?-i:[A-Z])[\w.'’-]+(?:\s+(?-i:[A-Z])[\w.'’-]+){0,3})"
_SAY: Final = (
    r"(?:say|think|thought|claim|argu|believ|repl|respon|answer|react|describ|call|stat|tell|told|"
    r"writ|announc|explain|promis|warn|suggest|demand|criticis|criticiz|rate|view|mention|accus|den[iy])"
)
_ASKED: Final = (
    re.compile(
        rf"\b(?:did|does|do|has|have|had|would|could|can)\s+{_NAME}\s+(?:\w+ly\s+)?{_SAY}\w*", re.I
    ),
    re.compile(rf"\baccording\s+to\s+{_NAME}", re.I),
    re.compile(
        rf"{_NAME}(?<=['’]s)\s+(?:own\s+)?(?:words?|views?|opinions?|repl(?:y|ies)|responses?|"
        r"reactions?|answers?|claims?|statements?|comments?)\b",
        re.I,
    ),
)
_FULL_NAME: Final = re.compile(r"\b[A-Z][\w’'-]+(?:\s+[A-Z][\w.’'-]*){1,2}")
_POSSESSIVE: Final = re.compile(r"['’]s?$")
_FULL: Final = (2, 3)  # words

SpeakerOf = Callable[[ScoredSentence], str | None]


def person_asked(question: str, text: str) -> str | None:
    """The name of the person whose words a question asks for. `text`: what has been found, in which
    a last name by itself must stand in full somewhere. English, by surface form."""
    found = next((m for form in _ASKED if (m := form.search(question))), None)
    if found is None:
        return None
    name = _POSSESSIVE.sub("", found["who"])
    words = name.split()
    known = len(words) in _FULL or any(
        full[0].split()[-1] == words[-1] and _is_persons(full[0].split())
        for full in _FULL_NAME.finditer(text)
    )
    return name if known and _is_persons(words) else None


def own_words(
    scored: Sequence[ScoredSentence], person: str, speaker_of: SpeakerOf
) -> list[ScoredSentence]:
    """The sentences without those that the text lays in the mouth of another who has a name."""
    return [one for one in scored if not _is_others(speaker_of(one), person)]


def _is_others(speaker: str | None, person: str) -> bool:
    if speaker is None:
        return False
    named = {word.strip(".,'’").casefold() for word in speaker.split() if word[:1].isupper()}
    named -= {"the", "a", "an"}
    return bool(named) and not named & {word.casefold() for word in person.split()}


def _is_persons(words: Sequence[str]) -> bool:
    return not any(word.casefold() in THING_WORDS or word.casefold() in places() for word in words)
