"""What is gone from an old answer and what is new, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "removed", "added"]

_WORD = re.compile(r"\s*\S+\s*")
_LEAST_ALIKE = 0.5  # below it, two texts are easier to read one after the other
_MOST_WORDS = 4000  # beyond, comparing takes longer than anybody would read


@dataclass(frozen=True, slots=True)
class Piece:
    kind: Kind
    text: str


def word_difference(before: str, after: str) -> tuple[Piece, ...]:
    """Without the added pieces it is the old text, without the removed ones the new one.

    White space alone makes no difference; of two kinds of it the new one is given. Texts that
    have little in common are given whole, the old one first.
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) + len(new) > _MOST_WORDS:
        return _pieces((("removed", before), ("added", after)))
    matcher = SequenceMatcher(None, [w.strip() for w in old], [w.strip() for w in new])
    if matcher.ratio() < _LEAST_ALIKE:
        return _pieces((("removed", before), ("added", after)))
    found: list[tuple[Kind, str]] = []
    for operation, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if operation == "equal":
            found.append(("same", "".join(new[new_start:new_end])))
            continue
        found.append(("removed", "".join(old[old_start:old_end])))
        found.append(("added", "".join(new[new_start:new_end])))
    return _pieces(tuple(found))


def _pieces(found: tuple[tuple[Kind, str], ...]) -> tuple[Piece, ...]:
    return tuple(Piece(kind, text) for kind, text in found if text)
