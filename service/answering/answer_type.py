"""What kind of thing a question asks for, and whether a sentence has one to offer.

English, by surface form: a sign among others for the confidence, never a rule on its own.
"""

import re
from typing import Literal

from service.answering.conversation.word_classes import PERSON_NOUNS

AnswerType = Literal["share", "number", "year", "time", "name", "open"]

_SHARE = re.compile(
    r"\b(?:what|which|how)\b.{0,40}\b(?:percent(?:age)?|per cent|proportion|share|fraction)\b", re.I
)
_NUMBER = re.compile(
    r"\bhow (?:many|much|old|long|far|tall|high|big|large|often|fast|deep|wide|heavy)\b"
    r"|\b(?:what|which) (?:is|was|are|were)?\s*(?:the\s+)?(?:\w+\s+)?"
    r"(?:number|population|amount|price|cost|rate|size|age|total)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:what|which)\s+(?:\w+\s+)?(?:year|decade|century)\b", re.IGNORECASE)
_TIME = re.compile(
    r"\bwhen\b|\b(?:what|which)\s+(?:\w+\s+)?(?:date|day|month|time)\b", re.IGNORECASE
)
_NAME = re.compile(
    r"\b(?:who|whose|whom|where)\b|\b(?:what|which)\b.*\bname\b"
    r"|\b(?:what|which)\s+(?:\w+\s+)?(?:city|town|village|country|nation|state|province|region|"
    rf"island|continent|river|company|university|{'|'.join(sorted(PERSON_NOUNS))})\b",
    re.IGNORECASE,
)

_HAS_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|"
    r"fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|dozens?|half|"
    r"third|quarter|once|twice|several|few|many|most|majority)\b",
    re.IGNORECASE,
)
_HAS_SHARE = re.compile(
    rf"{_HAS_NUMBER.pattern}|\b(?:per ?cent|percent|halves|thirds|quarters|all|none)\b", re.I
)
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_DATE = re.compile(
    rf"\b{_MONTH}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+\d{{4}}\b)?"
    rf"|\b\d{{1,2}}\s+{_MONTH}\b\.?(?:\s+\d{{4}}\b)?"
    rf"|\b(?:in|since|by|from|until|to|after|before|around|of|{_MONTH}\.?,?)\s+"
    r"(?:1[0-9]|20)\d\d\b(?!,\d)",
    re.IGNORECASE,
)
_HAS_YEAR = re.compile(
    r"\b(?:1\d|20)\d\ds?\b|\b\d{3,4}\b|\bB\.?C|\bA\.?D|\bcentur(?:y|ies)\b|\b\d\ds\b|\bdecades?\b",
)
_HAS_TIME = re.compile(
    r"\b\d{4}\b|\b\d{1,2}(?:st|nd|rd|th)\b|\bB\.?C|\bA\.?D|"
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|"
    rf"\b{_MONTH}\b|"
    r"\b(?:today|yesterday|tomorrow|now|currently|recently|century|centuries|decades?|years?|"
    r"months?|weeks?|days?|hours?|morning|evening|night|spring|summer|autumn|winter)\b"
)
_CAPITALISED = re.compile(r"(?<![.!?]\s)(?<!^)(?<![\"“])\b[A-Z][\w’'-]+")


def answer_type(question: str) -> AnswerType:
    for asks, wanted in _ASKS:
        if asks.search(question):
            return wanted
    return "open"


_ASKS: tuple[tuple[re.Pattern[str], AnswerType], ...] = (
    (_SHARE, "share"),
    (_NUMBER, "number"),
    (_YEAR, "year"),
    (_TIME, "time"),
    (_NAME, "name"),
)


def offers(sentence: str, wanted: AnswerType, question: str) -> bool:
    """Whether the sentence has a number, a time or a name that the question does not have."""
    beyond = _beyond(sentence, question) if wanted != "open" else sentence
    match wanted:
        case "share":
            return bool(_HAS_SHARE.search(_DATE.sub("_", beyond)))
        case "number":
            return bool(_HAS_NUMBER.search(_DATE.sub("_", beyond)))
        case "year":
            return bool(_HAS_YEAR.search(beyond))
        case "time":
            return bool(_HAS_TIME.search(beyond))
        case "name":
            return bool(_CAPITALISED.search(beyond)) or _starts_with_name(sentence, question)
        case _:
            return True


def _beyond(sentence: str, question: str) -> str:
    """The sentence with the question's own words blanked, capitals kept."""
    known = {word.casefold() for word in re.findall(r"\w+", question)}
    return re.sub(r"\w+", lambda m: "_" if m[0].casefold() in known else m[0], sentence)


def _starts_with_name(sentence: str, question: str) -> bool:
    known = {word.casefold() for word in re.findall(r"\w+", question)}
    first = re.match(r"[\"“]?([A-Z]\w+)(?:\s+([A-Z]\w+))", sentence)
    return bool(first) and any(word.casefold() not in known for word in first.groups())  # type: ignore[union-attr]
