"""What of a message is asked: its questions, each by itself, without what stands around them.

People explain why they ask, tell how to answer, or ask two things at once. By rule, from the form
of English questions.
"""

import re
from typing import Final

from ingest.sentences import sentence_spans
from service.retrieval.words import content_stems, says_something

_MARKUP: Final = re.compile(
    r"<(script|style)\b[^>]*>.*?</\1\s*>|<(\w+)\b[^>]*>(?=.*?</\2\s*>)|</\w+\s*>|\[/?[A-Z]{2,}\]",
    re.IGNORECASE | re.DOTALL,
)
_WORD: Final = re.compile(r"\w+")
_WH: Final = r"who|whom|whose|what|which|when|where|why|how"
_AUX: Final = (
    r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|must)"
    r"(?:n[’']t)?"
)
_EMBEDDED: Final = r"(?:i|you|we|he|she|it|they|the|a|an|this|that|these|those|his|her|its|their)\b"
_QUESTION: Final = (  # "who wrote", "to whom did", "how many boats were"; no "what he wrote"
    rf"(?:(?:in|on|at|by|for|from|to|with|of|since|until|under)\s+)?(?:"
    rf"(?:who|what|whose)\s+(?!{_EMBEDDED})|which\s+(?!{_EMBEDDED}|{_AUX}\b)|"
    rf"(?:when|where|why|how|whom)(?:['’]s)?\s+{_AUX}\b|"
    rf"how\s+(?:many|much|long|old|far|often|big|large|tall|high|deep|fast|well|did)\b|{_AUX}\s+)"
)
_ASKS: Final = re.compile(_QUESTION, re.IGNORECASE)
_ASKED: Final = re.compile(r"\?\W*$")
_AFTER_QUESTION: Final = re.compile(r"(?<=\?)\s+")
_AFTER_MARK: Final = re.compile(rf"[:;–—]\s+(?={_QUESTION})", re.IGNORECASE)
_AFTER_COMMA: Final = re.compile(rf",\s+(?:so\s+)?(?={_QUESTION})", re.IGNORECASE)
_AND: Final = re.compile(rf",?\s+and\s+(?=(?:{_WH})\b)(?={_QUESTION})", re.IGNORECASE)
_POINTS: Final = re.compile(
    r"\b(?:it|they|them|he|she|him|this|that|these|those|there|so|such|others?|ones?)\b",
    re.IGNORECASE,
)
_ALSO_ASKS: Final = re.compile(
    r"\b(?:wonder(?:ing)?|curious|tell me|explain|describe|list|(?:want|like|love|need) to know)\b",
    re.IGNORECASE,
)
_LEAST_WORDS: Final = 3  # of a question of its own
_LEAST_TELLING: Final = 2
_LONG_WINDED: Final = 40  # words
_MOST_QUESTIONS: Final = 3


def parted(message: str) -> tuple[str, ...]:
    """One to three questions in their order; the message as it is where one of them would not stand
    without the rest."""
    plain = " ".join(_MARKUP.sub(" ", message).split()) or message
    # The splitter takes a question that begins with a small letter for a part of the one before.
    pieces = _AFTER_QUESTION.split(plain)
    sentences = [piece[a:b] for piece in pieces for a, b in sentence_spans(piece)]
    asking = [s for s in sentences if _ASKED.search(s)]
    around = [s for s in sentences if s not in asking]
    if any(_ASKS.match(s) or _ALSO_ASKS.search(s) for s in around):
        return (plain,)
    led_up_to = [_led_up_to(sentence) for sentence in asking]
    if (around or led_up_to != asking) and not all(map(_stands_alone, led_up_to)):
        return (plain,)
    questions = [part for sentence in led_up_to for part in _each(sentence)]
    if len(questions) > 1 and not all(map(_words, questions)):
        return (plain,)
    return tuple(questions[-_MOST_QUESTIONS:]) or (plain,)


def _stands_alone(question: str) -> bool:
    stems = [stem for stem in content_stems(question) if says_something(stem)]
    return len(stems) >= _LEAST_TELLING and not _POINTS.search(question)


def _led_up_to(sentence: str) -> str:
    """The question without what leads up to it: "Tell me in short: who owns it?"."""
    mark = _AFTER_COMMA if len(sentence.split()) > _LONG_WINDED else _AFTER_MARK
    for found in reversed(list(mark.finditer(sentence))):
        before, rest = sentence[: found.start()], sentence[found.end() :]
        if _words(rest) and not _ASKS.match(before):
            return _capitalised(rest, sentence)
    return sentence


def _each(question: str) -> list[str]:
    """ "Who owns the mill and when was the bridge built?" as two questions."""
    if not _ASKS.match(question):
        return [question]
    cuts = [
        found
        for found in _AND.finditer(question)
        if _words(question[: found.start()]) and _stands_alone(question[found.end() :])
    ]
    parts, start = [], 0
    for found in cuts:
        parts.append(question[start : found.start()].rstrip(" ,") + "?")
        start = found.end()
    return [_capitalised(part, question) for part in [*parts, question[start:]]]


def _words(text: str) -> bool:
    """Whether there are enough of them for a question that stands alone."""
    return len(_WORD.findall(text)) >= _LEAST_WORDS


def _capitalised(text: str, like: str) -> str:
    return text[:1].upper() + text[1:] if like[:1].isupper() else text
