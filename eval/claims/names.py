"""Untrue by a name: another name or place, two that change places, another speaker."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from random import Random

from eval.cases.drafts.sentences import Prose
from eval.claims.claim import Reworded, Span, Told, replaced
from service.answering.support.same_name import people, same_root

_WORD = r"[A-Z][\w’'-]*[a-z](?<!’s)(?<!'s)"
_NAME = re.compile(rf"\b{_WORD}(?: (?:of |the |de |van |von |al-)?{_WORD})*|\b[A-Z]{{2,6}}\b")
_REPORTING = (
    "said|says|stated|argued|argues|wrote|writes|claimed|claims|announced|explained|noted|warned|"
    "believed|believes|suggested|reported|reports|concluded|found|proposed|told|added|insisted"
)
_PLACED = re.compile(r"\b(?:in|at|near|from|to|across|of) $")
_NO_NAME = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|The|A|An|It|He|She|They|This|That|"
    r"I|In|On|At)$|(?:Unlike|Although|Like|While|When|If|During|After|Before|Since|Under|Among|Both|"
    r"Many|Most|Some|All|Other|Another|For|From|With|By|As|Also|However|These|Those|Its|His|Her) "
)
_SAYS_AFTER = re.compile(rf",? (?:\w+ )?(?:{_REPORTING})\b")
_SAYS_BEFORE = re.compile(rf"\b(?:according to|{_REPORTING}|told) $", re.IGNORECASE)
_OF_BOTH = re.compile(
    r",|\(|\b(?:and|or|with|as|marri\w+|met|border\w*|neighbou?r\w*|near|resembl\w+|similar|equals?|"
    r"adjacent|joins?|also|called|named)\b"
)
_ACCORDING = re.compile(r"(?:according to|claims|as .{3,30} said)\b", re.IGNORECASE)


def names_in(text: str, prose: Prose) -> Iterator[Span]:
    """Spans of names; a capital that only opens a sentence makes none."""
    for found in _NAME.finditer(text):
        if not _NO_NAME.match(found[0]) and (
            prose.is_name(found[0]) or (found.start() > 2 and found[0][0].isupper())
        ):
            yield found.span()


def names_of(texts: Iterable[str], prose: Prose) -> list[str]:
    """Distinct names in the texts, in order."""
    spans = ((text, span) for text in texts for span in names_in(text, prose))
    return list(dict.fromkeys(text[start:end] for text, (start, end) in spans))


def other_name(told: Told, draw: Random) -> Reworded | None:
    return _swapped(told, draw, [s for s in _spans(told) if not _is_place(told.text, s)])


def other_place(told: Told, draw: Random) -> Reworded | None:
    """What follows "in", "at", "near", "from" or "to" is taken for a place."""
    return _swapped(told, draw, [s for s in _spans(told) if _is_place(told.text, s)])


def exchanged(told: Told, draw: Random) -> Reworded | None:
    """Two names change places: who did it to whom."""
    spans = _spans(told)
    pairs = [
        (one, two) for one, two in pairwise(spans) if _across_a_verb(told.text[one[1] : two[0]])
    ]
    if not pairs:
        return None
    (a, b), (c, d) = draw.choice(pairs)
    text = told.text
    first, second = text[a:b], text[c:d]
    if first in second or second in first:
        return None
    made = text[:a] + second + text[b:c] + first + text[d:]
    start = c + len(second) - len(first)
    return Reworded(made, ((a, a + len(second)), (start, start + len(first))))


def other_speaker(told: Told, draw: Random) -> Reworded | None:
    """Who is said to have said it becomes another; what nobody is said to have said gets one."""
    text = told.text
    speaking = [s for s in _spans(told) if _speaks(text, s)]
    if speaking:
        return _swapped(told, draw, speaking)
    other = _another(told, draw, "")
    if other is None or _ACCORDING.search(text) or '"' in text or "“" in text:
        return None
    opening = f"According to {other}, "
    return Reworded(opening + told.prose.inside(text), ((0, len(opening) - 2),))


def _spans(told: Told) -> list[Span]:
    return list(names_in(told.text, told.prose))


def _swapped(told: Told, draw: Random, spans: list[Span]) -> Reworded | None:
    if not spans:
        return None
    start, end = draw.choice(spans)
    other = _another(told, draw, told.text[start:end])
    return replaced(told.text, (start, end), other) if other else None


def _another(told: Told, draw: Random, name: str) -> str | None:
    """A name that the sentence has no word of; one of as many words if there is one."""
    here = set(told.text.lower().replace("’s", "").split())
    fit = [n for n in told.names if not here.intersection(n.lower().split()) and n not in told.text]
    fit = [n for n in fit if not _same(n, name)]
    alike = [n for n in fit if len(n.split()) == len(name.split())]
    return draw.choice(alike or fit) if alike or fit else None


def _same(one: str, other: str) -> bool:
    """Whether a word of one name stands for a word of the other: "Chinese" for "China"."""
    return any(_same_word(a, b) for a in one.lower().split() for b in other.lower().split())


def _same_word(one: str, other: str) -> bool:
    return same_root(one, other) or (people(one) is not None and people(one) == people(other))


def _is_place(text: str, span: Span) -> bool:
    return bool(_PLACED.search(text[: span[0]]))


def _speaks(text: str, span: Span) -> bool:
    return bool(_SAYS_AFTER.match(text[span[1] :]) or _SAYS_BEFORE.search(text[: span[0]]))


def _across_a_verb(between: str) -> bool:
    """Whether what stands between two names may be said of one of them only."""
    return 0 < len(between.split()) <= 6 and not _OF_BOTH.search(between)
