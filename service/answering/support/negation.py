"""A statement that denies what its evidence says, or leaves its "not" out."""

import re
from collections.abc import Sequence
from typing import Literal

from service.answering.support.irregular_verbs import base_form
from service.answering.support.tokens import Token, folded, tokens

Said = Literal["affirmed", "denied", "open"]

_DENYING = frozenset(["not", "never", "no", "nor", "neither", "none", "nobody", "cannot"])
_DENIAL = re.compile(rf"\b(?:{'|'.join(_DENYING)})\b|n['’]t\b", re.IGNORECASE)
# What denies without saying "not": "failed to agree" is "did not agree".
_DENYING_OTHERWISE = re.compile(
    r"(?:nothing|nowhere|without|hardly|scarcely|barely|rarely|seldom|few|little|only|too|"
    r"except|instead|rather|unlikely|unable|impossible|illegal|against|lack\w*|absen\w+|"
    r"fail(?:s|ed|ing)?|refus\w+|declin\w+|den[iy]\w*|prevent\w*|avoid\w*|reject\w*|stop\w*|ceas\w+|"
    r"bann?\w*|prohibit\w*|forb[aei]d\w*|miss(?:ed|ing|es)?|oppos\w+)"
)
_NO_DENIAL = re.compile(
    r"\b(?:(?:not|n't) (?:only|just|merely|simply|solely|least|to mention)|no(?:t)? (?:more|less|"
    r"fewer|later|earlier) than|no (?:doubt|matter|sooner)|(?:or|if) not|nothing but|none other|"
    r"no (?=\d))\b|\bno\. ?(?=\d)|"
    r"\bnot (?=(?:an?|the|by|in|on|at|from|for|with|because|to) [^.,;:]{0,80}\bbut\b)"
)
_UNTIL = frozenset(["until", "till", "unless"])  # "not until Monday" is "on Monday"
# "No mill is larger" is "it is the largest".
_NO_MORE = re.compile(
    r"\b(?:no|none|nobody|nothing|never|not|n['’]t)\b[^.;]{0,80}?\b(?:more|less|fewer|better|worse|"
    r"\w{2,}(?<!oth)(?<!nev)(?<!ev)er)\b",
    re.IGNORECASE,
)
_MOST = re.compile(r"\b(?:most|least|fewest|best|worst|\w{2,}est)\b", re.IGNORECASE)
_REACH = 4  # words after a negation that it may turn round
_WEAK = frozenset(["longer", "one", "yet", "ever", "actually", "really", "also", "even"])


def turned_round(statement: str, evidence: str) -> str | None:
    """The stem that is denied in one of both and affirmed in the other; None where there is none.

    A word counts where both have it: "did not admit" against "admitted". A text that has it both
    ways, or denies something else in the same clause, settles nothing.
    """
    if not _DENIAL.search(statement) and not _DENIAL.search(evidence):
        return None
    if _is_superlative(statement, evidence) or _is_superlative(evidence, statement):
        return None
    said, cited = _polarity(statement), _polarity(evidence)
    for stem, way in said.items():
        if {way, cited.get(stem, way)} == {"affirmed", "denied"}:
            return stem
    return None


def _is_superlative(one: str, other: str) -> bool:
    """Whether one says of something that it is the most, and the other that nothing is more."""
    return bool(_MOST.search(one) and _NO_MORE.search(other)) and not _DENIAL.search(one)


def _polarity(text: str) -> dict[str, Said]:
    """How each stem that carries meaning is said."""
    row = tokens(_NO_DENIAL.sub(" ", folded(re.sub(r"n['’]t\b", " not", text))))
    capitals = {token.word for token in tokens(text) if token.capital and not token.opens}
    denying = {token.clause for token in row if token.word in _DENYING}
    until = {token.clause for token in row if token.word in _UNTIL}
    turning = {t.clause: t.word for t in row if _DENYING_OTHERWISE.fullmatch(t.word)}
    ways: dict[str, Said] = {}
    for place, token in enumerate(row):
        if not token.content or token.word in _DENYING or token.word in capitals:
            continue
        way: Said = "affirmed"
        if token.clause in until:
            way = "open"
        elif token.clause in denying and _is_denied(row, place):
            way = "denied"
        elif token.clause in denying or turning.get(token.clause, token.word) != token.word:
            way = "open"
        stem = base_form(token.word) or token.stem
        ways[stem] = way if ways.get(stem, way) == way else "open"
    return ways


def _is_denied(row: Sequence[Token], place: int) -> bool:
    """Whether the nearest negation before it, in its clause, has no other verb or noun between."""
    for before in reversed(row[max(0, place - _REACH) : place]):
        if before.clause != row[place].clause:
            return False
        if before.word in _DENYING:
            return True
        if before.content and before.word not in _WEAK:
            return False
    return False
