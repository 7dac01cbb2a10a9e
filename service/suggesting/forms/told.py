"""A sentence as the forms read it."""

import re
from dataclasses import dataclass
from typing import Final

from service.answering.conversation.word_classes import CALENDAR

_ASIDE: Final = re.compile(r"\s*\([^()]*\)|\s*\[[^\[\]]*\]")
_MONTHS_DAYS: Final = "|".join(sorted(word.capitalize() for word in CALENDAR))
TIME: Final = (
    rf"(?:(?:(?:early|late|mid)[ -])?(?:the\s)?"
    rf"(?:(?:{_MONTHS_DAYS})\b(?:\s\d{{1,2}}\b)?(?:,?\s\d{{4}}\b)?"
    rf"|\d{{1,2}}\s(?:{_MONTHS_DAYS})(?:\s\d{{4}})?|(?:1\d|20)\d\ds?\b))"
)
_APPOSED: Final = re.compile(
    r"^([^,;:]{2,60}), [^,;:]{3,90}, (?=(?:was|were|is|are|has|had|may|must|can|[a-z]+ed)\s)"
)
_LEAD: Final = re.compile(
    rf"^(?:(?:However|Moreover|Furthermore|In addition|For example|Also|Finally),\s)?"
    rf"(?:(?:In|On|By|Since|From|Around|in|on|by)\s(?P<time>{TIME})(?:,\s|\s(?=[A-Zt]))"
    r"|However,\s(?=[A-Zt])"
    r"|(?:In|On|At|During|After|Before|Under|Later|Then|Today|Last|Throughout)\b[^,;:]{0,60},\s)"
)
CLAUSE_TIME: Final = rf"(?:in|on|since|around|during)\s{TIME}"


@dataclass(frozen=True, slots=True)
class Told:
    """`text` is the sentence without what stands in brackets, nor what comes before its subject.
    `around` shows how words are written elsewhere."""

    text: str
    has_time: bool
    """Whether what came before its subject says when."""
    title: str
    headings: str
    """Those it stands under."""
    around: str

    @classmethod
    def of(cls, sentence: str, title: str, headings: str, around: str) -> "Told | None":
        """None for what is no whole sentence."""
        text = _ASIDE.sub("", sentence).strip()
        if not re.fullmatch(r"[A-Z“\"].{15,400}[.!”\"]", text) or re.search(r"[|\t\n•]", text):
            return None
        has_time = False
        while lead := _LEAD.match(text):
            has_time = has_time or lead["time"] is not None
            text = text[lead.end() :]
            text = text[:1].upper() + text[1:]
        return cls(_APPOSED.sub(r"\1 ", text), has_time, title, headings, around)
