"""Bracketed citations in what a language model writes, and what stands around sentences there.

Read are [1], [1][2], [1, 2], [1-3], [^1], [source 1], [doc1] (Azure), 【1】 and 【1†...】, also as
links: [1](address), [[1]](address).
"""

import re
from dataclasses import dataclass

_NUMBERS = r"\d{1,3}(?:\s*[-–]\s*\d{1,3})?"
_WORD = r"(?:\^|(?:sources?|docs?|documents?|passages?|sentences?|refs?|citations?)\s*)?"
_LIST = rf"{_WORD}{_NUMBERS}(?:\s*[,;&]\s*{_WORD}{_NUMBERS})*"
_LINK = r"(?:\((?:https?:|/|#)\S*?\))?"
_MARK = re.compile(
    rf"[ \t]*(?:\[?\[(?P<square>{_LIST})\]\]?|【(?P<lens>{_LIST})(?:†[^】]*)?】){_LINK}",
    re.IGNORECASE,
)
_HERE = "\0"  # where a mark was
_AROUND_MARKS = re.compile(r"[ \t]*[(\[](?:[^\w()\[\]\0]*\0)+[^\w()\[\]\0]*[)\]]")
"""A pair of brackets with nothing but marks in it."""
_OPEN_MARK = re.compile(r"(?:\[{1,2}|【)[\^a-z\d\s,;&–-]{0,60}(?:†[^】]{0,40})?$", re.IGNORECASE)
_OPEN_LINK = re.compile(r"\((?:h|ht|htt|https?|(?:https?:|/|#)[^\s)]{0,300})?$", re.IGNORECASE)
_RANGE = re.compile(r"(\d+)(?:\s*[-–]\s*(\d+))?")
_LONGEST_RANGE = 20
_DEFINITION = re.compile(r"^\s*\[\^?\d{1,3}\]:")
_SOURCE_LIST = re.compile(
    r"^\W*(?:sources?|references|citations|footnotes|works cited)\W*$", re.IGNORECASE
)
_HEADING = re.compile(r"^\s*#{1,6}\s")
_BULLET = re.compile(r"^\s*(?:[-*•>]|\d{1,2}[.)])\s+")
_EMPHASIS = re.compile(r"\*\*|__")


@dataclass(frozen=True, slots=True)
class NumberedStatement:
    text: str
    """Without its brackets, bullets and bold marks."""
    numbers: tuple[int, ...]
    """As the answer writes them, without repetition, in order."""

    @classmethod
    def of(cls, text: str, numbers: list[int]) -> "NumberedStatement":
        return cls(text, tuple(dict.fromkeys(numbers)))


def has_marks(text: str) -> bool:
    return bool(_MARK.search(text))


def says_nothing(line: str) -> bool:
    """Whether a line is a heading, or tells what a number stands for."""
    return bool(_HEADING.match(line) or _DEFINITION.match(line))


def begins_sources(line: str) -> bool:
    """Whether a list of sources follows a line."""
    return bool(_SOURCE_LIST.match(line))


def plain(line: str) -> str:
    """A line without its bullet and bold marks."""
    return _EMPHASIS.sub("", _BULLET.sub("", line))


def without_marks(line: str) -> tuple[str, list[tuple[int, list[int]]]]:
    """The line without brackets, and for each where it stood in that and its numbers."""
    line = line.replace(_HERE, "")
    marked, end = "", 0
    numbers = []
    for mark in _MARK.finditer(line):
        listed = _read_numbers(mark["square"] or mark["lens"])
        if not listed:
            continue
        marked += line[end : mark.start()] + _HERE
        end = mark.end()
        numbers.append(listed)
        if line[end : end + 1].isalnum():
            marked += " "
    marked += line[end:]
    *before, last = _AROUND_MARKS.sub(lambda one: _HERE * one[0].count(_HERE), marked).split(_HERE)
    text, marks = "", []
    for part, listed in zip(before, numbers, strict=True):
        text += part
        marks.append((len(text.rstrip()), listed))
    return text + last, marks


def open_mark(text: str) -> int | None:
    """Where the mark begins that a text ends in, or may end in when it goes on; None without."""
    start = max(text.rfind("["), text.rfind("【"))
    if start < 0:
        return None
    if text[start - 1 : start] == "[":
        start -= 1
    mark = _MARK.match(text, start)
    if mark:
        whole = mark.end() == len(text) or _OPEN_LINK.match(text, mark.end())
        return start if whole else None
    return start if _OPEN_MARK.match(text, start) else None


def _read_numbers(listed: str) -> list[int]:
    """Empty when it is no list of citations, as [0] and [5-3] are not."""
    numbers: list[int] = []
    for written in _RANGE.finditer(listed):
        first = int(written[1])
        last = int(written[2] or first)
        if not 1 <= first <= last < first + _LONGEST_RANGE:
            return []
        numbers.extend(range(first, last + 1))
    return numbers
