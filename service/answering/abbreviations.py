"""What an abbreviation stands for, where a text says so: "the Aune Mill Society (AMS)"."""

import re
from collections.abc import Sequence
from typing import Final

from service.answering.sentences import ScoredSentence

_SHORT: Final = r"(?P<short>[\w.&-]{2,12})"
_ASKED: Final = (
    re.compile(
        rf"\bwhat\s+(?:do|does|did|is|are)\s+(?:the\s+)?(?:abbreviation|acronym|initials|letters)?\s*"
        rf"[\"“‘']?{_SHORT}[\"”’']?\s+(?:stand(?:s|ing)?\s+for|short\s+for|abbreviate)\b",
        re.I,
    ),
    re.compile(
        r"\bwhat\s+(?:do|does|did)\s+(?:the\s+)?[\"“‘']?(?-i:(?P<short>[A-Z][A-Z.&-]+))"
        r"[\"”’']?\s+mean\b",
        re.I,
    ),
    re.compile(
        rf"\b(?:meaning|full\s+(?:name|form)|long\s+form)\s+of\s+(?:the\s+)?"
        rf"(?:abbreviation|acronym|initials)?\s*[\"“‘']?{_SHORT}[\"”’']?\W*$",
        re.I,
    ),
)
_SAID_TO_BE: Final = re.compile(r"\b(?:abbreviation|acronym|initials)\b", re.I)
_SPELL_OUT: Final = (_ASKED[0], _ASKED[2])
_SAYS: Final = r"(?:stands?|stood|is\s+short|,?\s*short|(?:is\s+)?an?\s+(?:abbreviation|acronym))"
_WORDS_A_LETTER: Final = 2  # how long a long form may be (Schwartz & Hearst 2003)
_WORDS_MORE: Final = 5


def abbreviation_asked(question: str) -> str | None:
    """The abbreviation whose meaning a question asks for, as it is written there."""
    found = _first_match(_ASKED, question)
    return found["short"] if found else None


def asks_to_spell_out(question: str) -> bool:
    """Whether nothing but the long form answers: not where it asks what AMS means, nor what a
    party stands for."""
    found = _first_match(_SPELL_OUT, question)
    if found is None:
        return False
    return bool(_SAID_TO_BE.search(question)) or sum(map(str.isupper, found["short"])) > 1


def _first_match(forms: Sequence[re.Pattern[str]], question: str) -> re.Match[str] | None:
    return next((found for form in forms if (found := form.search(question))), None)


def spelling_out(short: str, scored: Sequence[ScoredSentence]) -> ScoredSentence | None:
    """The first sentence that has the abbreviation with its long form beside it."""
    return next((one for one in scored if long_form(short, one.sentence.text)), None)


def long_form(short: str, sentence: str) -> str | None:
    """The long form of an abbreviation in "long form (short)", "short (long form)" or "short stands
    for long form", here with what follows it; None if the sentence has none.

    The rule is that of Schwartz & Hearst 2003, "A Simple Algorithm for Identifying Abbreviation
    Definitions in Biomedical Text".
    """
    name = re.escape(short)
    after = re.search(rf"\(\s*[\"“]?{name}[\"”]?\s*[,;)]", sentence, re.I)
    if after:
        return _before(short, sentence[: after.start()])
    inside = re.search(rf"(?<!\w){name}\s*\(\s*([^()]+?)\s*\)", sentence, re.I)
    if inside and _before(short, inside[1]) == inside[1]:
        return inside[1]
    said = re.search(rf"(?<!\w){name}[\"”]?\s*{_SAYS}\s+(?:for|of)\s+(.+)", sentence, re.I)
    return said[1] if said else None


def _before(short: str, text: str) -> str | None:
    """The shortest end of the text that has the letters in their order, the first at the start of a
    word."""
    letters = [letter for letter in short.lower() if letter.isalnum()]
    words = text.split()
    most = min(len(letters) + _WORDS_MORE, len(letters) * _WORDS_A_LETTER)
    start = len(" ".join(words)) - len(" ".join(words[-most:]))
    text = " ".join(words)
    place = len(text) - 1
    for number, letter in reversed(list(enumerate(letters))):
        while place >= start and not (
            text[place].lower() == letter
            and (number or place == 0 or not text[place - 1].isalnum())
        ):
            place -= 1
        if place < start:
            return None
        place -= 1
    return text[place + 1 :]
