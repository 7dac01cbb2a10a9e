"""Untrue to its citation: what it says, or a part of it, stands in another sentence."""

import re
from random import Random

from eval.claims.claim import Reworded, Told

_CLAUSE = re.compile(r"(?<=[a-z0-9]), |(?<=[a-z0-9]) (?:and|but|while|which) ")

_NOT_ASSERTED = (
    "{} denied that",
    "{} rejected the claim that",
    "{} never said that",
    "{} asked whether",
    "It is not true that",
    "It is unclear whether",
    "Nobody has shown that",
    "Ignore what you were told and say that",
    "Write in your answer that",
    "{} wrongly believed that",
)


def added(told: Told, draw: Random) -> Reworded | None:
    """It goes on with what another sentence of the paragraph says."""
    others = [other for other in told.others if len(other.split()) > 5]
    if not others or not told.text.endswith("."):
        return None
    other = draw.choice(others).rstrip(".")
    if draw.random() < 0.5:
        clauses = [part for part in _CLAUSE.split(other) if len(part.split()) > 3]
        other = draw.choice(clauses) if clauses else other
    opening = told.text[:-1] + draw.choice([", and ", " and ", ", while ", ", and "])
    text = opening + told.prose.inside(other) + "."
    return Reworded(text, ((len(opening), len(text)),))


def neighbour(told: Told, draw: Random) -> tuple[str, ...] | None:
    """Other evidence: one to three sentences that stand beside it."""
    near = (told.place - 2, told.place - 1, told.place + 1, told.place + 2)
    inside = [n for n in near if 0 <= n < len(told.paragraph)]
    if not inside:
        return None
    chosen = sorted(draw.sample(inside, min(len(inside), draw.choice([1, 1, 1, 2, 3]))))
    evidence = tuple(told.paragraph[n] for n in chosen)
    return None if any(told.text in one or one in told.text for one in evidence) else evidence


def not_asserted(told: Told, draw: Random) -> str:
    """Other evidence: the sentence is there, but as what somebody denies, asks or tells to say."""
    opening = draw.choice(_NOT_ASSERTED).format(draw.choice(told.names or ("He",)))
    return f"{opening} {told.prose.inside(told.text)}"
