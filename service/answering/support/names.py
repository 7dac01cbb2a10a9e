"""Names of a statement, which its evidence must have."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from service.answering.support.dates import with_small_dates
from service.answering.support.known_names import SMALL, KnownNames
from service.answering.support.same_name import (
    is_place,
    with_long_states,
    with_short_states,
)
from service.answering.support.spelt_numbers import SPELT
from service.answering.support.tokens import Token, tokens
from service.retrieval.english import is_english

_PRONOUNS = (
    "he him his she her hers it its they them their theirs this these those we our us i my "
    "himself herself itself themselves former latter"
)
_POINTING = frozenset(_PRONOUNS.split())
_TITLES = "mr mrs ms miss dr sir dame lord lady prof professor"
_ADDRESS = frozenset(_TITLES.split())
# "The company" has a name elsewhere.
_THE = re.compile(
    r"""
    (?:^|[.!?]['"”’)]*\s) ["“'‘(]* (?:The|This|That)\b
  | \bthe\ (?:\w+\ )?(?:company|firm|group|bank|club|team|band|city|town|village|country|nation|
        government|ministry|agency|party|university|college|school|hospital|court|committee|
        council|union|organi[sz]ation|institute|president|minister|chancellor|king|queen|mayor|
        governor|general|author|singer|actor|player|director|film|movie|book|novel|song|album|
        series|game|show|war|battle|treaty|law|act|agreement|island|region|river|lake|site|
        building|museum|church|programme|program|project|plan|system|method|study|report)\b""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class NamesSaid:
    """What the evidence knows of a statement's names."""

    missing: str | None
    """The first that it does not know."""
    borrowed: tuple[str, ...]
    """Those that it means by "she" or "the company", and that its context names; none where it has
    another name in their place."""


def missing_name(statement: str, evidence: str, context: str = "") -> str | None:
    """A name in the statement of which the evidence does not have a word."""
    return names_said(statement, evidence, context).missing


@lru_cache(maxsize=200)
def names_said(statement: str, evidence: str, context: str = "") -> NamesSaid:
    """A name that the evidence means by "she" or "it" may be one of the context, what stands before
    the evidence and its title; so may the rest of a name that the evidence has in part."""
    names = list(_names(tokens(with_small_dates(with_short_states(statement)))))
    if not names:
        return NamesSaid(None, ())
    cited = tokens(with_short_states(evidence))
    known = KnownNames(cited, evidence)
    around: KnownNames | None = None
    said = {token.word for name in names for token in name}
    other = _other_name(cited, said)
    points = _points_back(cited, evidence, other)
    borrowed: list[str] = []
    for name in names:
        lacking = known.lacks(name)
        if not lacking:
            continue
        written = with_long_states(" ".join(token.written for token in name), statement)
        if points or len(lacking) < len([token for token in name if token.word not in SMALL]):
            around = around or KnownNames(tokens(with_short_states(context)), context)
            if not around.lacks(lacking):
                if other is None:
                    borrowed.append(written)
                continue
        return NamesSaid(written, tuple(borrowed))
    return NamesSaid(None, tuple(borrowed))


def _other_name(cited: Sequence[Token], said: Collection[str]) -> list[Token] | None:
    """The first name of the evidence of which the statement says no word."""
    others = (name for name in _names(cited) if not any(token.word in said for token in name))
    return next(others, None)


def _points_back(cited: Sequence[Token], evidence: str, other: list[Token] | None) -> bool:
    """Whether the evidence has "she" or "the company", before any name that the statement does not
    say: after one, it would be that name which is meant."""
    if other is not None:
        cited = cited[: cited.index(other[0])]
        evidence = evidence[: evidence.find(other[0].written)]
    return any(token.word in _POINTING for token in cited) or bool(_THE.search(evidence))


def _names(statement: Sequence[Token]) -> Iterator[list[Token]]:
    """Runs of capitalised words that are names, with the small words within."""
    run: list[Token] = []
    small: list[Token] = []
    for token in statement:
        if run and token.clause != run[-1].clause:
            yield run
            run = []
        if _goes_on(token) if run else _is_name(token) and len(token.word) > 1:
            run += [*small, token] if run else [token]
            small = []
        elif run and token.word in SMALL and token.word != "and" and not small:
            small = [token]
        elif run and token.word == "the" and small:
            small.append(token)  # "University of the Arts"
        elif run:
            yield run
            run, small = [], []
        if not run:
            small = []
    if run:
        yield run


def _goes_on(token: Token) -> bool:
    """Whether it goes on a name: "M" of "Bruce M. Kolm" too."""
    return _is_name(token) or (token.capital and len(token.word) == 1)


def _is_name(token: Token) -> bool:
    if not token.capital or not token.content or token.word.isdigit():
        return False
    if token.word in SMALL or token.word in SPELT or token.word in _ADDRESS:
        return False
    return not token.opens or is_place(token.word) or not is_english(token.word)
