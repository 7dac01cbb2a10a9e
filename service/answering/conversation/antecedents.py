"""What a word that points back may stand for, best first.

Candidates are what the turns before mention; they are ranked by fit (number, person, place), by
recency with questions before answers, by prominence in the sentence, and by how often they came
up. That is the centering idea (Grosz, Joshi & Weinstein 1995) in the salience weights of Lappin
& Leass (1994), without a parser.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from service.answering.conversation.mentions import Mention
from service.answering.conversation.word_classes import DEGREES, PLACE_NOUNS, is_plural

Kind = Literal["person", "thing", "many", "place"]

_ASKS_FOR: Final = re.compile(r"\b(?:which|what|another|any|other)\s*$", re.IGNORECASE)
_ASKS_DEED: Final = re.compile(r"what (?:did|does|do|has|have) .*\bdo(?:ne)?\b", re.IGNORECASE)
_MOST_TOPIC: Final = 6  # words
_BACK: Final = 4  # turns a reference reaches back
_PER_TURN, _ANSWER, _NESTED, _ORDER, _MOST_ORDER = 4.0, 1.5, 1.5, 0.3, 4


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question, made to stand alone, and what was answered ("" if nothing was)."""

    question: str
    answer: str
    names: tuple[str, ...] = ()
    asked: tuple[Mention, ...] = field(default=())
    answered: tuple[Mention, ...] = field(default=())

    def seeks(self, kind: Kind) -> bool:
        """Whether the answer is expected to name such a thing, by which it comes to the fore."""
        if kind == "person":
            named = any(m.named and m.person > 0 for m in self.asked)
            defines = re.match(r"who(?:'s|’s| is| was)\b", self.question, re.IGNORECASE)
            return bool(re.match(r"who", self.question, re.I)) and not (defines and named)
        if kind == "thing" and _ASKS_DEED.match(self.question):
            return True
        for m in self.asked:
            if m.text == m.bare and _ASKS_FOR.search(self.question[: m.start]):
                return kind in ("thing", "many") and m.plural == (kind == "many")
        return False


def topic(before: Sequence[Exchange]) -> Mention | None:
    """What the conversation is about: of what the last question names, what came up most."""
    latest = before[-_BACK:]
    best, best_score = None, 0.0
    for age, exchange in enumerate(reversed(latest)):
        for m in exchange.asked:
            definite = m.text.lower().startswith("the ") and m.head not in DEGREES
            times = _times_named(m, latest)
            usable = times > 1 or definite or age == 0
            if m.named or (usable and not m.nested and m.head not in DEGREES):
                score = 10 + times + 0.5 * m.named - 0.6 * age - 0.01 * m.start
                score -= 0.7 * (not definite and not m.named)
                if score > best_score:
                    best, best_score = _whole(m, exchange.asked), score
    return best


def _whole(part: Mention, asked: Sequence[Mention]) -> Mention:
    """ "the Visby town wall" of which "Visby" was found."""
    around = [
        m
        for m in asked
        if m.start <= part.start and part.end <= m.end and len(m.text.split()) <= _MOST_TOPIC
    ]
    return next((m for m in around if m.named or m.text != m.bare), part)


def antecedent(
    kind: Kind, before: Sequence[Exchange], extra: Sequence[Mention], own: Sequence[Mention]
) -> Mention | None:
    said = {m.bare.lower() for m in own}
    best, best_score = None, 0.0
    for m, salience in _candidates(kind, before, extra):
        fit = fit_of(kind, m)
        if fit <= 0 or m.bare.lower() in said:
            continue
        score = 20 + salience + fit + min(1.0, _times_named(m, before) / 2)
        if score > best_score:
            best, best_score = m, score
    return best


def _candidates(
    kind: Kind, before: Sequence[Exchange], extra: Sequence[Mention]
) -> list[tuple[Mention, float]]:
    found = [(m, 6.0) for m in extra if fit_of(kind, m) > 1]
    for age, exchange in enumerate(reversed(before[-_BACK:])):
        recent = -_PER_TURN * age
        in_question, sought = exchange.question.lower(), exchange.seeks(kind)
        for order, m in enumerate(exchange.asked):
            found.append((m, recent - _ORDER * order - _NESTED * m.nested))
        for order, m in enumerate(exchange.answered):
            new = m.bare.lower() not in in_question
            focus = 5.0 if sought and new and (m.named or m.counted) else 0.0
            usable = m.named or m.counted or m.text != m.bare or kind == "many"
            if usable:
                salience = (
                    recent - _ANSWER - _ORDER * min(order, _MOST_ORDER) - _NESTED * m.nested + focus
                )
                found.append((m, salience))
    return found


def fit_of(kind: Kind, m: Mention) -> float:
    """0 or less: cannot be meant."""
    if kind == "person":
        return 0.0 if m.plural else {2: 4.0, 1: 2.5, 0: 0.2 * m.named}.get(m.person, 0.0)
    if kind == "place":
        return 3.0 if m.place or m.head in PLACE_NOUNS else 0.0
    if kind == "many":
        if m.plural:
            return 4.0 + m.counted
        if not m.named or m.person == 2:
            return 0.0
        return 1.5 if is_plural(m.head) else 0.8 if m.person < 0 and not m.place else 0.1
    if m.plural or m.person == 2:
        return 0.0
    bare = not m.named and m.text == m.bare
    return (
        3.0
        - 1.5 * (m.person == 1)
        - 2.5 * (m.place and m.named)
        - 0.2 * bare
        - (m.named and is_plural(m.head))
    )


def _times_named(m: Mention, before: Sequence[Exchange]) -> int:
    """In how many questions."""
    bare = m.bare.lower()
    return sum(bare in exchange.question.lower() for exchange in before)


def all_mentions(before: Sequence[Exchange]) -> list[Mention]:
    return [
        m for exchange in reversed(before[-_BACK:]) for m in (*exchange.asked, *exchange.answered)
    ]
