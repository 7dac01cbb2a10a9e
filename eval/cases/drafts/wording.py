"""From parts of sentences to the words of a question; what both need to be sound."""

import re
from dataclasses import dataclass

from eval.cases.drafts.sentences import Prose
from eval.cases.drafts.verbs import PAST
from service.retrieval.words import says_something

_MOST_QUESTION = 22  # words
_MOST_SUBJECT = 9
_LEANING = re.compile(
    r"\b(?:I|me|my|we|us|our|you|your|he|him|his|she|hers?|it|its|they|them|their|theirs|this|"
    r"these|those|such|former|latter|others?|another|here|himself|herself|itself|themselves|"
    r"respectively|today|yesterday|tomorrow|ago|now|later|earlier|however|therefore|also|too|"
    r"instead|thus|above|below|following|previous)\b",
    re.IGNORECASE,
)
_BREAKS_OFF = re.compile(
    r" (?:the (?:new |old |original |whole |first |second |local |same )?[a-z-]+|a|an|the|is|are|"
    r"was|were|and|or|of|for|that|than|as|not|more)$"
)
_NO_SUBJECT = re.compile(
    r"\b(?:that|which|who|whom|whose|what|when|where|while|why|how|if|because|although|though|as|"
    r"than|or|but|so|not|is|are|was|were|be|been|being|has|have|had|do|does|did|can|could|will|"
    r"would|may|might|must|should|say|says|said|told|there|then|after|before|since|during|with|"
    r"by|to|into|from|both|either|neither|one|first|second|third|only|same|[a-z]{2,}ed)\b"
)
_OPENS_NO_SUBJECT = re.compile(
    r"(?:And|But|Or|So|Yet|Then|There|Here|While|When|If|Although|Though|Because|Since|After|"
    r"Before|In|On|At|By|For|From|With|As|To|During|Under|Over|Among|Between|Within|Through|"
    r"Until|Despite|Due|Unlike|Like|Some|Many|Most|All|Several|Few|Each|Every|Both|No|None|One|"
    r"Two|Three|What|Who|Why|How|Where|Not|First|Second|Finally|Once|Instead|Only|Even|Just|"
    r"[A-Za-z]+ly|[A-Za-z]+ing)\b",
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A question and where in its sentence the answer is: offsets `start` to `end`."""

    kind: str
    question: str
    start: int
    end: int
    facts: tuple[str, ...] = ()


def is_subject(words: str, prose: Prose) -> bool:
    """Whether words that open a clause are one noun phrase that says by itself what it is."""
    parts = words.split()
    if not parts or len(parts) > _MOST_SUBJECT or not re.fullmatch(r"[\w’'&./ -]+", words):
        return False
    if _OPENS_NO_SUBJECT.match(words) or _NO_SUBJECT.search(words):
        return False
    if any(part in PAST for part in parts):
        return False
    named = any(part[0].isupper() for part in parts[1:]) or prose.is_name(words)
    return named or sum(says_something(part) for part in parts) >= 3


def question(opening: str, *parts: str) -> str | None:
    """The parts as one question; None where it would lean on what was said before it."""
    words = " ".join([opening, *(part.strip() for part in parts if part.strip())])
    words = re.sub(r" \([^()]*\)", "", words).rstrip(" .,;:")
    if len(words.split()) > _MOST_QUESTION or _LEANING.search(words):
        return None
    if re.search(r"[()\[\]“”\"–—;:]", words) or words.count(",") > 2 or _BREAKS_OFF.search(words):
        return None
    return words + "?"


def clause_end(text: str, start: int) -> int:
    """Where the clause that goes on at `start` ends: before a comma, a dash, or the full stop."""
    mark = re.compile(
        r",(?!\d)|[;:“”\"]| [–—-] |—| \(|\.?[\"”]?$|, | (?:but|while|although|which)\b"
    )
    found = mark.search(text, start)
    return found.start() if found else len(text)
