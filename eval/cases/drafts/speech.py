"""What somebody said, and what about."""

import re
from collections.abc import Iterator

from eval.cases.drafts.sentences import Prose, Sentence
from eval.cases.drafts.verbs import word_set
from eval.cases.drafts.who_what import NAME
from eval.cases.drafts.wording import Proposal, question

_WHO = (
    rf"(?:{NAME}|[A-Z][a-z]{{3,}}|[Tt]he (?:[\w’'-]+ ){{0,3}}?(?:report|study|survey|ministry|"
    r"court|authors|researchers|government|commission|statement))"
)
_SAID = (
    r"(?:said|says|told [^“”\",]{2,30}?|stated|argued|argues|wrote|warned|noted|claimed|concluded|"
    r"announced|added|insisted|found|determined|explained|suggested)"
)
_FRONT = r"(?:(?:In|On|At|Last) [^,“\"]{3,25}, )?"
_REPORTED = re.compile(rf"{_FRONT}(?P<who>{_WHO})(?:, [^,]+,)? {_SAID},? (?:that )?(?P<said>.+)")
_ACCORDING = re.compile(r"According to (?P<who>[^,]+), (?P<said>.+)")
_AFTER = tuple(
    re.compile(rf"(?P<said>.+?),[”\"]? {words}(?=[,.]|$| in | on | at )")
    for words in (
        rf"according to (?P<who>{_WHO})",
        rf"(?:[\w.’'-]+ ){{0,3}}?(?P<who>{_WHO}) {_SAID}",
        rf"{_SAID} (?P<who>{_WHO})",
    )
)
_NAME_IN = re.compile(r"(?<!^)(?<![“\"] )\b[A-Z][\w’'-]*[a-z](?:(?: of)? [A-Z][\w’'-]+)*")
_LEANS = re.compile(
    r"(?:they|it|this|these|those|he|she|his|her|their|its|at|on|in|for|to|by|with|from|of|during|"
    r"as|about|and|but|so|such|[a-z]+ly)\b",
    re.IGNORECASE,
)
_SPEAKERS = re.compile(r"[A-Z][\w.]+(?: [A-Z][\w.]*)*(?:,| and [A-Z])")
_LEAST_SAID = 6  # words
_BEFORE_TOPIC = r"\b(?:the|an?|of|in|on|for|about|to|by|with|from|through|into|against|between)"
_NO_SPEAKER = word_set("he she it they we who this that there these those")


def speech(sentence: Sentence, prose: Prose) -> Iterator[Proposal]:
    """Reported and quoted speech asks what was said about a topic that comes back in the text."""
    for form in (_ACCORDING, _REPORTED, *_AFTER):
        found = form.match(sentence.text)
        if found:
            yield from _asked(found, sentence, prose)
            return


def _asked(found: re.Match[str], sentence: Sentence, prose: Prose) -> Iterator[Proposal]:
    who = found["who"]
    start, end = found.span("said")
    said = sentence.text[start:end]
    topic = _topic(said, who, prose)
    if not topic or not _can_speak(who, prose) or len(said.split()) < _LEAST_SAID:
        return
    if _LEANS.match(said.lstrip('“"‘ ')) or _SPEAKERS.match(said):
        return
    asked = question("What did", _named(who, prose), "say about", topic)
    if asked:
        start, end = _trimmed(sentence.text, start, end)
        yield Proposal("speech", asked, start, end)


def _can_speak(who: str, prose: Prose) -> bool:
    if who.split()[0].casefold() in _NO_SPEAKER or "," in who:
        return False
    return prose.is_name(who) or who.lower().startswith("the ")


def _named(who: str, prose: Prose) -> str:
    return who[0].lower() + who[1:] if who.startswith("The ") else who


def _topic(said: str, who: str, prose: Prose) -> str | None:
    """The phrase of what was said that the document comes back to most; else a name in it."""
    folded = said.casefold()
    known = [
        (count * len(phrase.split()), phrase)
        for phrase, count in prose.phrases.items()
        if re.search(rf"{_BEFORE_TOPIC} {re.escape(phrase)}\b", folded)
        and phrase not in who.casefold()
    ]
    if known:
        phrase = max(known)[1]
        at = folded.index(phrase)
        return _in_full(said, at, at + len(phrase))
    for name in _NAME_IN.finditer(said):
        if name[0] not in who and prose.is_name(name[0]):
            return _in_full(said, *name.span())
    return None


def _in_full(said: str, start: int, end: int) -> str:
    """With the rest of the name that it is part of, if any."""
    if said[start].isupper():
        end += len(re.match(r"(?: [A-Z][\w’'-]*)*", said[end:])[0])  # type: ignore[index]
    article = re.search(r"\b(?:the|an?) $", said[:start], re.IGNORECASE)
    return ("the " if article else "") + said[start:end]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without the quotation marks and the full stop around it."""
    said = text[start:end]
    end -= len(said) - len(said.rstrip(' .,”"’'))
    start += len(said) - len(said.lstrip(' “"‘'))
    return start, end
