"""Pronouns and short definite phrases of a follow-up, put back into the words they stand for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from service.answering.conversation.antecedents import (
    Exchange,
    Kind,
    all_mentions,
    antecedent,
    fit_of,
)
from service.answering.conversation.chunks import Token, tokens
from service.answering.conversation.mentions import Mention, mentions
from service.answering.conversation.word_classes import (
    AUX,
    BE,
    BREAKS,
    DEGREES,
    PERSON_NOUNS,
    PLACE_NOUNS,
    PREPOSITIONS,
    is_plural,
    is_verb,
)

_KINDS: Final[dict[str, Kind]] = {
    **dict.fromkeys(("he", "she", "him", "her", "his", "hers"), "person"),
    **dict.fromkeys(("it", "its", "this", "that"), "thing"),
    **dict.fromkeys(("they", "them", "their", "theirs", "these", "those"), "many"),
    "there": "place",
}
_POSSESSIVE: Final = frozenset(("his", "her", "its", "their"))
_SAYING: Final = frozenset(("say", "says", "said", "mean", "means", "meant"))
_DEMONSTRATIVE: Final = frozenset(("this", "that", "these", "those"))
_MOST_NAME: Final = 5  # words
_EMPTY_IT: Final = re.compile(
    r"\bit(?:'s|’s)?\s+(?:really\s+)?(?:true|possible|safe|legal|illegal|necessary|important|hard|"
    r"easy|likely|ok|okay|worth|better|best|good|rains?|snows?|takes?|seems?|said|known|too)\b"
    r"|\b(?:does|did|will|would) it (?:take|rain|snow|matter|seem)\b|\btime is it\b",
    re.IGNORECASE,
)
_CLAUSE: Final = re.compile(
    r"[,;:.?!]|\b(?:and|or|but|when|if|because|that|after|before|since|while|although|who|which|"
    r"says?|said|thinks?|thought|believes?|claims?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Resolved:
    text: str
    found: int  # references put back
    lost: int  # references that nothing fits


def resolved(text: str, before: Sequence[Exchange], also: str = "") -> Resolved:
    """`also`: what the asker says the question is about, preferred where it fits."""
    names = before[-1].names if before else ()
    text = re.sub(r"\b(that|this) one\b", r"\1", text)
    own = mentions(text, names)
    extra = mentions(also, names) if also else ()
    words = tokens(text)
    made, found, lost = text, 0, 0
    replaced: set[Kind] = set()
    edits: list[tuple[int, int, str]] = []
    for at, word in enumerate(words):
        kind = _kind(text, at)
        if kind is None or kind in replaced or _within_question(kind, text, word, own):
            continue
        meant = antecedent(kind, before, extra, own)
        if meant is None:
            lost += 1
            continue
        replaced.add(kind)
        found += 1
        edits.append((word.start, word.end, _written(meant, text, at, kind, before)))
    edits += _expanded(text, own, extra, before)
    for start, end, instead in sorted(edits, reverse=True):
        made = made[:start] + instead + made[end:]
    return Resolved(made[:1].upper() + made[1:] if text[:1].isupper() else made, found, lost)


def _kind(text: str, at: int) -> Kind | None:
    """What the word stands for, or None when it stands for nothing said before."""
    words = tokens(text)
    word = words[at].lower
    before = words[at - 1].lower if at else ""
    after = words[at + 1].lower if at + 1 < len(words) else ""
    kind = _KINDS.get(word)
    if kind is None:
        return None
    if word == "it" and any(
        m.start() <= words[at].start < m.end() for m in _EMPTY_IT.finditer(text)
    ):
        return None
    opens = at == 0 or bool(re.search(r"[.?!]\s*$", text[: words[at].start]))
    if opens and word in ("there", "this", "that") and (word == "there" or after in AUX):
        return None  # "There are ...", "That is too bad."
    if word == "there":  # "is there a ..."
        introduces = before in AUX or after in AUX or after == "any"
        return kind if not introduces or (not after and before not in ("is", "are")) else None
    if word in _DEMONSTRATIVE and not _stands_alone(before, after, words[-1].lower):
        return None
    return kind


def _stands_alone(before: str, after: str, last: str) -> bool:
    """Whether "that" is a pronoun, not "that pump" nor "the pump that broke"."""
    if before in ("after", "before", "since", "like", "than"):
        return False
    if not after and before in _SAYING:
        return False  # "Who said that?" is about a sentence
    if not after or (before in BE and after == last and not is_plural(after)):
        return True
    if before in AUX or before in PREPOSITIONS or before == "" or before in ("do", "say"):
        return after in BREAKS or after.endswith("ed") or (is_verb(after) and not is_plural(after))
    return after in PREPOSITIONS and before not in ("so", "such")


def _within_question(kind: Kind, text: str, word: Token, own: Sequence[Mention]) -> bool:
    """Whether the question itself says, in an earlier clause, what the word stands for.

    Not in the same clause: "it" in "Does Norway accept it?" is not Norway (principle B).
    """
    if word.lower in _DEMONSTRATIVE:
        return bool(re.search(r"[.?!]\s", text[: word.start]))  # what the asker has just said
    for m in own:
        between = text[m.end : word.start]
        apart = word.lower in _POSSESSIVE or _CLAUSE.search(between)
        told = m.named or m.text != m.bare or re.search(r"[.?!]", between)
        verb_in_it = kind == "thing" and is_verb(m.head)  # "the pump fails" ends in a verb
        fits = fit_of(kind, m) > 0 or verb_in_it or (kind == "many" and m.person < 2)
        if m.end <= word.start and apart and told and fits:
            return True
    return False


def _written(m: Mention, text: str, at: int, kind: Kind, before: Sequence[Exchange]) -> str:
    words = tokens(text)
    word = words[at].lower
    after = words[at + 1].lower if at + 1 < len(words) else ""
    name = m.definite
    owns = word in ("its", "their", "his") or (word == "her" and after and after not in BREAKS)
    if owns and after:
        return name + ("’" if name.endswith("s") else "’s")
    if kind == "place":
        said = " ".join(f"{exchange.question} {exchange.answer}" for exchange in before)
        found = re.search(rf"\b(in|at|near|on) {re.escape(m.text)}", said, re.IGNORECASE)
        return f"{found[1].lower() if found else 'in'} {name}"
    return name


def _expanded(
    text: str, own: Sequence[Mention], extra: Sequence[Mention], before: Sequence[Exchange]
) -> list[tuple[int, int, str]]:
    """ "the report" as "the report on the harbour", a last name as the whole name."""
    edits = []
    for m in own:
        if any(m.text in o.text and o is not m for o in own if o.start <= m.start < o.end):
            continue
        first = m.text.partition(" ")[0].lower()
        points = first == "the" or first in _DEMONSTRATIVE
        if points and " " not in m.bare and m.head not in DEGREES:
            longer = _longer(m.bare, [*extra, *all_mentions(before)]) or _by_class(first, m, before)
        elif m.named and m.text == m.bare and " " not in m.text:
            longer = _whole_name(m.text, before)
        else:
            longer = None
        if longer is not None:
            edits.append((m.start, m.end, longer.definite))
    return edits


def _longer(noun: str, candidates: Sequence[Mention]) -> Mention | None:
    """The latest longer mention of the same noun."""
    noun = noun.lower()
    heads = [m for m in candidates if m.head == noun and m.bare.lower() != noun]
    return heads[0] if heads else None


def _by_class(first: str, m: Mention, before: Sequence[Exchange]) -> Mention | None:
    """ "that country", "this man": the latest of its class."""
    if first not in _DEMONSTRATIVE:
        return None
    if m.head in PERSON_NOUNS:
        return antecedent("person", before, (), ())
    if m.head in PLACE_NOUNS:
        return antecedent("place", before, (), ())
    return None


def _whole_name(name: str, before: Sequence[Exchange]) -> Mention | None:
    """What was named in full before, if only one thing of that name was.

    A thing goes by the end of its name, a person by any part of it.
    """
    full = {
        m.text: m
        for m in all_mentions(before)
        if m.named
        and " of " not in m.text
        and name in m.bare.split()[m.person <= 0 :]
        and 1 < len(m.bare.split()) <= _MOST_NAME
    }
    return next(iter(full.values())) if len(full) == 1 else None
