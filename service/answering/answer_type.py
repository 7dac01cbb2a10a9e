"""What kind of thing a question asks for, and whether a sentence has one to offer.

English, by surface form: a sign among others for the confidence, never a rule on its own.
"""

import re
from typing import Literal

AnswerType = Literal["number", "time", "name", "open"]

_NUMBER = re.compile(
    r"\bhow (?:many|much|old|long|far|tall|high|big|large|often|fast|deep|wide|heavy)\b"
    r"|\b(?:what|which) (?:is|was|are|were)?\s*(?:the\s+)?(?:\w+\s+)?"
    r"(?:number|percentage|percent|population|amount|price|cost|rate|size|age|share|total)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\bwhen\b|\b(?:what|which|in what|on what)\s+(?:\w+\s+)?"
    r"(?:year|date|day|month|decade|century|time)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"\b(?:who|whose|whom|where)\b|\b(?:what|which)\b.*\bname\b", re.IGNORECASE)

_HAS_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|"
    r"fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|dozens?|half|"
    r"third|quarter|once|twice|several|few|many|most|majority)\b",
    re.IGNORECASE,
)
_HAS_TIME = re.compile(
    r"\b\d{4}\b|\b\d{1,2}(?:st|nd|rd|th)\b|\bB\.?C|\bA\.?D|"
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|"
    r"\b(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b|"
    r"\b(?:today|yesterday|tomorrow|now|currently|recently|century|centuries|decades?|years?|"
    r"months?|weeks?|days?|hours?|morning|evening|night|spring|summer|autumn|winter)\b"
)
_CAPITALISED = re.compile(r"(?<![.!?]\s)(?<!^)(?<![\"“])\b[A-Z][\w’'-]+")


def answer_type(question: str) -> AnswerType:
    if _NUMBER.search(question):
        return "number"
    if _TIME.search(question):
        return "time"
    if _NAME.search(question):
        return "name"
    return "open"


def offers(sentence: str, wanted: AnswerType, question: str) -> bool:
    """Whether the sentence has a number, a time or a name that the question does not have."""
    if wanted == "number":
        return bool(_HAS_NUMBER.search(_beyond(sentence, question)))
    if wanted == "time":
        return bool(_HAS_TIME.search(_beyond(sentence, question)))
    if wanted == "name":
        return bool(_CAPITALISED.search(_beyond(sentence, question))) or _starts_with_name(
            sentence, question
        )
    return True


def _beyond(sentence: str, question: str) -> str:
    """The sentence with the question's own words blanked, capitals kept."""
    known = {word.casefold() for word in re.findall(r"\w+", question)}
    return re.sub(r"\w+", lambda m: "_" if m[0].casefold() in known else m[0], sentence)


def _starts_with_name(sentence: str, question: str) -> bool:
    known = {word.casefold() for word in re.findall(r"\w+", question)}
    first = re.match(r"[\"“]?([A-Z]\w+)(?:\s+([A-Z]\w+))", sentence)
    return bool(first) and any(word.casefold() not in known for word in first.groups())  # type: ignore[union-attr]
