"""An answer with bracketed citations becomes statements with the numbers they cite.

Read are [1], [1][2], [1, 2], [1-3], [^1], [source 1], [doc1] (Azure), 【1】 and 【1†...】, also as
links: [1](address), [[1]](address).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ingest.sentences import sentence_spans

_NUMBERS = r"\d{1,3}(?:\s*[-–]\s*\d{1,3})?"
_WORD = r"(?:\^|(?:sources?|docs?|documents?|passages?|refs?|citations?)\s*)?"
_LIST = rf"{_WORD}{_NUMBERS}(?:\s*[,;&]\s*{_WORD}{_NUMBERS})*"
_LINK = r"(?:\((?:https?:|/|#)\S*?\))?"
_MARK = re.compile(
    rf"[ \t]*(?:\[?\[(?P<square>{_LIST})\]\]?|【(?P<lens>{_LIST})(?:†[^】]*)?】){_LINK}",
    re.IGNORECASE,
)
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


def statements(answer: str) -> list[NumberedStatement]:
    """The sentences of an answer, line by line.

    A bracket belongs to the sentence it follows, after the full stop too; one that opens a line
    with words, to the line's first sentence; one alone on a line, to the sentence before.
    Headings say nothing, and a list of sources at the end is no statement.
    """
    made: list[NumberedStatement] = []
    for line in _lines(answer):
        text, marks = _without_marks(line)
        spans = sentence_spans(text)
        if not spans and made:
            cited = [number for _, numbers in marks for number in numbers]
            made[-1] = _numbered(made[-1].text, [*made[-1].numbers, *cited])
        for place, (start, end) in enumerate(spans):
            first, last = place == 0, place == len(spans) - 1
            cited = [
                number
                for offset, numbers in marks
                if (first or start < offset) and (last or offset <= spans[place + 1][0])
                for number in numbers
            ]
            made.append(_numbered(text[start:end], cited))
    return made


def refuses(answer: str, cites: bool) -> bool:
    """Whether an answer is an abstention: it is empty, or it cites nothing and most of its
    sentences say that it has no answer (`refusals.txt`).

    An answer that cites is held to what it says, even if a part of it is a refusal; so is one that
    refuses and then answers. One that does neither is an answer without citations.
    """
    if cites:
        return False
    said = [one.text.replace("’", "'") for one in statements(answer)]
    refusing = [any(refusal.search(text) for refusal in _refusals()) for text in said]
    return not said or (refusing[0] and 2 * sum(refusing) > len(said))


def has_marks(answer: str) -> bool:
    return bool(_MARK.search(answer))


def _lines(answer: str) -> Iterator[str]:
    said = False
    for line in answer.splitlines():
        if said and _SOURCE_LIST.match(line):
            return
        said = said or bool(line.strip())
        if not _HEADING.match(line) and not _DEFINITION.match(line):
            yield _EMPHASIS.sub("", _BULLET.sub("", line))


def _without_marks(line: str) -> tuple[str, list[tuple[int, list[int]]]]:
    """The line without brackets, and for each where it stood in that and its numbers."""
    text, marks, end = "", [], 0
    for mark in _MARK.finditer(line):
        numbers = _read_numbers(mark["square"] or mark["lens"])
        if not numbers:
            continue
        text += line[end : mark.start()]
        end = mark.end()
        marks.append((len(text.rstrip()), numbers))
        if line[end : end + 1].isalnum():
            text += " "
    return text + line[end:], marks


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


def _numbered(text: str, numbers: list[int]) -> NumberedStatement:
    return NumberedStatement(text, tuple(dict.fromkeys(numbers)))


@cache
def _refusals() -> tuple[re.Pattern[str], ...]:
    written = files("eval.targets").joinpath("refusals.txt").read_text("utf-8")
    lines = [line for line in written.splitlines() if line and not line.startswith("#")]
    return tuple(re.compile(line, re.IGNORECASE) for line in lines)
