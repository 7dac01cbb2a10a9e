"""How a line goes on in the next: with a space, without one, or with a broken word made whole."""

import re
import unicodedata
from collections.abc import Iterable

from ingest.documents import PageStart
from ingest.readers.pdf.lines import SOFT_HYPHEN, Line

_HYPHENS = "-\u2010" + SOFT_HYPHEN
_WORDS = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_LAST_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*\Z")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"(?:https?://|www\.|doi\.org/)\S*\Z")
_OWN_WORDS = frozenset({"self", "well", "half", "non", "cross", "so", "ex", "quasi"})
_CJK = re.compile(r"[\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef]")
_LONGEST = 60  # characters around a seam that are looked at


class Seams:
    """Joins lines of one document. Its own words tell "infor-mation" from "well-known"."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._known: set[str] = set()
        broken = False
        for line in lines:
            words = [word.casefold() for word in _WORDS.findall(line.text)]
            first = 1 if broken else 0
            broken = line.text[-1:] in _HYPHENS
            self._known.update(words[first : len(words) - 1 if broken else None])

    def join(self, lines: list[Line]) -> tuple[str, tuple[PageStart, ...]]:
        """The text of a paragraph's lines, and where in it each page starts."""
        text = lines[0].text
        parts: list[str] = []
        pages = [PageStart(0, lines[0].page)]
        length = 0
        for line in lines[1:]:
            before, between = self._seam(text, line.text)
            parts += [before, between]
            length += len(before) + len(between)
            if line.page != pages[-1].number:
                pages.append(PageStart(length, line.page))
            text = line.text
        return "".join([*parts, text.rstrip(SOFT_HYPHEN)]), tuple(pages)

    def _seam(self, before: str, after: str) -> tuple[str, str]:
        """What is kept of the end of `before`, and what stands between it and `after`."""
        if _ADDRESS.search(before[-_LONGEST:]) and before[-1] in "/._=&?-%#":
            return before, ""
        if before[-1:] in _HYPHENS and before[-2:-1].isalnum():
            bare = before[:-1]
            if self._is_broken(bare[-_LONGEST:], after[:_LONGEST]) and _composed(bare, after):
                return bare, ""
            return bare + ("-" if before[-1] == SOFT_HYPHEN else before[-1]), ""
        before = before.rstrip(SOFT_HYPHEN)
        if before[-1:] == "—" and not before[-2:-1].isspace():
            return before, ""
        between_cjk = _CJK.match(before[-1:]) and _CJK.match(after[:1])
        return before, "" if between_cjk and _composed(before, after) else " "

    def _is_broken(self, before: str, after: str) -> bool:
        """Whether a hyphen at the end of a line is there only because the line ends."""
        first, last = _LAST_WORD.search(before), _FIRST_WORD.match(after)
        if not first or not last or not after[0].islower():
            return False  # 3-4, COVID-19, Anglo-Saxon
        stem, rest = first[0].casefold(), last[0].casefold()
        end = re.split("[-\u2010]", stem)[-1]
        if stem + rest in self._known or end + rest in self._known:
            return True
        if any(f"{stem}{hyphen}{rest}" in self._known for hyphen in "-\u2010") or end != stem:
            return False
        if stem in _OWN_WORDS and len(rest) > 3:
            return False
        are_words = len(stem) > 2 and len(rest) > 2 and {stem, rest} <= self._known
        return not are_words


def _composed(before: str, after: str) -> bool:
    """Whether two normalised texts are still normalised when put side by side."""
    return unicodedata.is_normalized("NFC", before[-_LONGEST:] + after[:_LONGEST])
