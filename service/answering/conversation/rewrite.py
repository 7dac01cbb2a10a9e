"""A follow-up made to stand alone by rule, in the light of the whole conversation.

What stands around the question goes (`parts`), and what leads up to it (`openers`); words that
point back are put into the words they stand for (`references`), and what is left out is taken from
the question before (`ellipsis`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from service.answering.conversation.antecedents import Exchange
from service.answering.conversation.chunks import tokens
from service.answering.conversation.ellipsis import completed, is_clause
from service.answering.conversation.mentions import Mention, mentions, proper_names
from service.answering.conversation.openers import Opened, opened
from service.answering.conversation.parts import parted
from service.answering.conversation.references import resolved
from service.answering.conversation.word_classes import PLACE_NOUNS, THING_WORDS
from service.answering.engine import Question

_TURNS = 8  # questions looked back on
_MOST_WORDS = 45  # a longer question tells what it is about
_FULL_NAME, _SHORT_NAME = 2, 3  # words, letters
_MOST_ANSWER = 700  # characters of an answer that are looked at
_NO_ANSWER: Final = re.compile(
    r"^(?:i (?:did not|didn't|do not|don't|cannot|can't|could not|couldn't) |sorry\b)",
    re.IGNORECASE,
)
_PERSONAL: Final = re.compile(r"\b(?:he|she|him|his|her)\b", re.IGNORECASE)
_MARK: Final = re.compile(r"\[\d+(?:, ?\d+)*\]")
_MEANT: Final = re.compile(
    r"^i (?:mean|meant|was asking about) (?P<what>[^.?!]+)(?:[.?!]\s*|$)", re.I
)


@dataclass(frozen=True, slots=True)
class Turn:
    role: Literal["user", "assistant"]
    content: str


def understand(message: str, history: Sequence[Turn]) -> list[Question]:
    """The questions of a message, each made to stand alone, in their order: at least one."""
    asked = " ".join(message.split())
    before = _exchanges(history)
    start = opened(asked)
    parts = (start.text,) if _MEANT.match(start.text) else parted(start.text)
    if parts == (start.text,):
        return [Question(asked, _understood(start, before) or asked)]
    made = []
    for question in parts:
        understood = _understood(replace(start, text=question), before) or question
        made.append(Question(question, understood))
        before = [*before, _exchange(understood, "", before)]
        start = replace(start, new_topic=False, topic="")
    return made


def joined(questions: Sequence[Question]) -> Question:
    """All of them as one."""
    return Question(
        " ".join(one.asked for one in questions), " ".join(one.standalone for one in questions)
    )


def _understood(start: Opened, before: Sequence[Exchange]) -> str:
    text, about = start.text, start.topic
    if start.new_topic:
        before = []
    meant = _MEANT.match(text)
    if meant and before:
        rest = text[meant.end() :]
        about = meant["what"] if rest else about
        text = rest or f"{'' if is_clause(meant['what']) else 'and '}{meant['what']}?"
    if not before or len(text.split()) > _MOST_WORDS:
        return text
    if about:
        about = resolved(about, before).text
        before = _turned_to(about, before)
    pointed = resolved(text, before, about)
    return completed(pointed.text, before, pointed.found > 0)


def _turned_to(about: str, before: Sequence[Exchange]) -> list[Exchange]:
    """With the exchanges on what the asker comes back to as the latest ones."""
    heads = {m.head for m in mentions(about)}

    def is_on_it(exchange: Exchange) -> bool:
        return any(m.head in heads for m in exchange.asked)

    return sorted(before, key=is_on_it)


def _exchanges(history: Sequence[Turn]) -> list[Exchange]:
    """The last questions, each made to stand alone by those before it, with their answers."""
    said: list[Exchange] = []
    for question, answer in _pairs(history)[-_TURNS:]:
        said.append(_exchange(_understood(opened(question), said), answer, said, question))
    return said


def _exchange(
    understood: str, answer: str, before: Sequence[Exchange], asked: str = ""
) -> Exchange:
    known = before[-1].names if before else ()
    names = (*known, *(n for n in _names(answer, asked or understood) if n not in known))
    return Exchange(
        question=understood,
        answer=answer,
        names=names,
        asked=_people_known(understood, mentions(understood, names)),
        answered=_people_known(answer, mentions(answer, names)),
    )


def _names(answer: str, question: str) -> list[str]:
    """Names, and last names by themselves, for those who write without capitals."""
    found = list(proper_names(f"{answer} {question}"))
    last = [words[-1] for words in map(str.split, found) if len(words) == _FULL_NAME]
    common = {word.text for word in tokens(answer or question)} | THING_WORDS | PLACE_NOUNS
    return found + [n for n in last if len(n) > _SHORT_NAME and n.lower() not in common]


def _people_known(text: str, found: Sequence[Mention]) -> tuple[Mention, ...]:
    """ "where does mona get his ideas": what stands before "his" is a person."""
    known = list(found)
    for pronoun in _PERSONAL.finditer(text):
        before = [at for at, m in enumerate(known) if m.end <= pronoun.start() and not m.nested]
        if (
            before
            and not any(known[at].person > 0 for at in before)
            and not known[before[0]].plural
        ):
            known[before[0]] = replace(known[before[0]], person=2)
    return tuple(known)


def _pairs(history: Sequence[Turn]) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for turn in history:
        content = " ".join(_MARK.sub("", turn.content).split())
        if turn.role == "user" and content:
            pairs.append((content[:_MOST_ANSWER], ""))
        elif pairs and not _NO_ANSWER.match(content):
            pairs[-1] = (pairs[-1][0], f"{pairs[-1][1]} {content}".strip()[:_MOST_ANSWER])
    return pairs
