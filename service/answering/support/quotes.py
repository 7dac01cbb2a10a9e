"""Quoted words, which must be the evidence's to the letter."""

import re
from collections.abc import Iterator

from service.answering.support.same_name import same_root
from service.answering.support.tokens import folded

_QUOTED = re.compile(
    r"""
    [“"«„] (?P<double>[^“”"«»„]{2,}?) [”"»“]
  | (?<!\w) [‘'] (?P<single>[^\W\d_][^‘’']*(?:['’]\w[^‘’']*)*) ['’] (?!\w)""",
    re.VERBOSE,
)
_OMITTED = re.compile(r"\[[^\[\]]*\]|…|\.{3}")
_MARKS = re.compile(r"\"|(?<!\w)'|'(?!\w)")
_SAID = (
    r"(?:said|says|told|tells|wrote|writes|asked|asks|added|adds|claim(?:ed|s)|argue[ds]|state[ds]|"
    r"declare[ds]|replied|replies|explain(?:ed|s)|warn(?:ed|s)|note[ds]|call(?:ed|s)|insist(?:ed|s)|"
    r"announce[ds]|admit(?:ted|s)|describe[ds]|recall(?:ed|s)|answer(?:ed|s)|remark(?:ed|s))"
)
_NAME = r"(?P<name>[A-Z][\w’'-]*\.?(?:\s[A-Z][\w’'-]*\.?){0,4})"
_BEFORE = re.compile(
    rf"\b{_NAME}(?:\s\w+ly|\slater|\salso|\shas)?\s{_SAID}(?:\s[\w’'-]+){{0,5}}[:,]?\s*$"
)
_AFTER = re.compile(
    rf"\s?,?\s?(?:{_SAID}\s{_NAME}|{_NAME.replace('name', 'first')}\s{_SAID}\b(?!\s?:))"
)
_ACCORDING = re.compile(rf"\b[Aa]ccording to {_NAME},?\s*$")
_NO_NAMES = (
    "he she they it we i you this that these those the a an his her their its one who mr mrs ms dr "
    "sir prof professor lord lady and but when as in on at then later"
)
_NO_SPEAKERS = frozenset(_NO_NAMES.split())
_LOOK = 80  # characters
_DASHES = re.compile(r"\s*-+\s*")


def missing_quotation(statement: str, evidence: str) -> str | None:
    """Words in quotation marks that are not in the evidence. Marks, case, the stop at their end and
    what stands in square brackets may differ."""
    row = _plain(evidence)
    for found in _QUOTED.finditer(statement):
        quoted = found["double"] or found["single"]
        pieces = [_plain(piece).strip(" .,;:!?") for piece in _OMITTED.split(quoted)]
        if not all(_holds(row, piece) for piece in pieces):
            return quoted
    return None


def other_speaker(statement: str, evidence: str) -> tuple[str, str] | None:
    """Who is quoted in the statement and who in the evidence with the same words, where both are
    named beside them and differ."""
    said = list(_spoken(statement))
    if not any(speaker for _, speaker in said):
        return None
    cited = list(_spoken(evidence))
    for words, speaker in said:
        if not speaker or not words:
            continue
        others = [other for row, other in cited if _holds(row, words)]
        if others and all(other and not _same_speaker(speaker, other) for other in others):
            return speaker, others[0]
    return None


def _spoken(text: str) -> Iterator[tuple[str, str]]:
    """What is quoted, and the name of who says so; "" where none stands beside it."""
    for found in _QUOTED.finditer(text):
        quoted = found["double"] or found["single"]
        yield _plain(quoted).strip(" .,;:!?"), _speaker(text, found, quoted)


def _speaker(text: str, found: re.Match[str], quoted: str) -> str:
    before = text[max(0, found.start() - _LOOK) : found.start()]
    if named := _BEFORE.search(before) or _ACCORDING.search(before):
        return _name(named["name"])
    after = text[found.end() : found.end() + _LOOK]
    if not quoted.endswith(".") and (named := _AFTER.match(after)):
        return _name(named["name"] or named["first"])
    return ""


def _name(written: str) -> str:
    """Without titles; "" for what is no name, such as "He" and "The mayor"."""
    return " ".join(word for word in written.split() if _bare(word) not in _NO_SPEAKERS).rstrip(".")


def _bare(word: str) -> str:
    return folded(word).strip(".'").removesuffix("'s")


def _same_speaker(one: str, other: str) -> bool:
    """Whether they share a word, or one abbreviates the other."""
    words, others = ([_bare(word) for word in name.split()] for name in (one, other))
    if any(a == b or same_root(a, b) for a in words for b in others):
        return True
    initials, other_initials = ("".join(word[:1] for word in row) for row in (words, others))
    return initials in others or other_initials in words


def _holds(row: str, piece: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(piece)}(?!\w)", row) is not None if piece else True


def _plain(text: str) -> str:
    """Folded, without quotation marks: one inside another changes its form."""
    return " ".join(_DASHES.sub("-", _MARKS.sub("", folded(text))).split())
