"""A question and its answer as one statement: other people's words for what a sentence says."""

import re

from eval.cases.drafts.verbs import is_participle

_ASKED = re.compile(
    r"^(?:(?P<prep>in|on|at|to|from|by|with|for|of|during|under|into) )?"
    r"(?P<wh>who|whom|whose|what|which|when|where|why|how (?:many|much|long|old|far|often|tall|"
    r"large|big|high|deep)|how)\b(?P<rest>.*?)\W*$",
    re.IGNORECASE,
)
_AUXILIARY = {
    *("did", "does", "do", "is", "was", "are", "were", "has", "have", "had"),
    *("can", "could", "will", "would", "should", "may", "might", "must"),
}
_BEFORE_ANSWER = re.compile(r"\b(?:in|on|at|by|from|to|with|for|of|as|around|about)(?: the)?\s*$")
_PLACED = ("when", "where", "how")
_INDEFINITE = {
    "who": "someone",
    "whom": "someone",
    "what": "something",
    "which": "one",
    "when": "at some time",
    "where": "somewhere",
    "why": "for some reason",
    "how": "in some way",
    "whose": "someone's",
}


def statement_of(question: str, answer: str | None, before: str = "") -> str | None:
    """What the question asks, with the answer in it, or with "someone", "something" where that is
    None. `before` is what stands in front of the answer in its document. None where the question
    is of another form. The grammar is as good as word order by rule makes it.
    """
    asked = _ASKED.match(" ".join(question.split()))
    if not asked or not asked["rest"].strip():
        return None
    words = asked["rest"].split()
    noun, rest = _parted(asked["wh"].lower(), words)
    if not rest:
        return None
    said = _said(asked["wh"].lower(), noun, answer)
    if asked["prep"]:
        said = f"{asked['prep'].lower()} {said}"
    elif answer and asked["wh"].lower() in _PLACED and (leading := _BEFORE_ANSWER.search(before)):
        said = f"{leading[0].strip()} {said}"
    text = _joined(said, rest)
    return text[0].upper() + text[1:] + "."


def _parted(wh: str, words: list[str]) -> tuple[list[str], list[str]]:
    """The noun that "which", "what" or "how many" counts, and the rest."""
    if wh in ("who", "whom", "when", "where", "why", "how"):
        return [], words
    for place, word in enumerate(words):
        if word.lower() in _AUXILIARY or word.endswith("ed") or (word.endswith("s") and place > 1):
            return words[:place], words[place:]
    return words[:1], words[1:]


def _said(wh: str, noun: list[str], answer: str | None) -> str:
    if answer:
        counted = wh.startswith("how ") and answer.replace(",", "").isdigit()
        return " ".join([answer, *noun]) if counted else answer
    if noun:
        return " ".join(["some", *noun])
    return _INDEFINITE.get(wh, "some")


def _joined(said: str, rest: list[str]) -> str:
    verb = rest[0].lower()
    if verb not in _AUXILIARY:
        return " ".join([said, *rest])  # "who founded it"
    others = rest[1:]
    if verb in ("did", "does", "do"):
        return " ".join([*others, said])
    if not others:
        return f"{said} {verb}"
    if is_participle(others[-1].lower()) or others[-1].endswith("ing"):
        if len(others) == 1 or others[0] in ("by", "in", "on"):
            return " ".join([said, *rest])
        return " ".join([*others[:-1], verb, others[-1], said])
    if others[0].lower() in ("the", "a", "an") or others[0][0].isupper() or len(others) <= 3:
        return " ".join([*others, verb, said])
    return " ".join([said, *rest])
