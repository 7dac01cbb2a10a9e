"""Lines in reading order to paragraphs: where one ends and the next begins."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.documents import BlockKind
from ingest.readers.pdf.lines import MARKER, Column, Line
from ingest.readers.pdf.measures import Measures, is_same_size

_SENTENCE_END = re.compile(r"[.!?…:;。！？؟][\"'”’»)\]\d]*$")  # \d: a footnote's number
_CAPTION = re.compile(
    r"(?:fig(?:ure|\.)|table|tab\.|chart|abb(?:ildung|\.)|tabelle|tableau|figura|tabla)"
    r"\s*[A-Z]?\d+(?:[.:|–—-]|\s+[A-Z])",
    re.IGNORECASE,
)
_HYPHENS = "-\u2010\u00ad"
_INDENT = 0.8  # of the font size
_SPACING = 0.25  # of the font size: more than this over the usual distance of lines ends one
_SLACK = 1.5  # of the font size: words are wider than their letters at the mean width
_RAGGED = 0.15  # of the column: how short a line may be without an end if no sentence ends there
_SAME_EDGE = 2.0  # points
_MOST_BETWEEN = 8  # captions, footnotes and rows that a paragraph goes on behind
_LINE_OF_TEXT = 30  # letters; shorter lines that fill their column say nothing
_SMALL = 0.93  # of the body's font size: footnotes


@dataclass(slots=True)
class Paragraph:
    lines: list[Line]
    column: Column
    place: int
    """The number of the column in the document."""
    kind: BlockKind = "paragraph"
    gap: str = "\n\n"
    level: int = 0

    @property
    def letters(self) -> int:
        return sum(len(line.text) for line in self.lines)


def paragraphs(columns: Sequence[Column], measures: Measures) -> list[Paragraph]:
    """The paragraphs of a document, those that go on in another column or page in one."""
    found: list[Paragraph] = []
    for place, column in enumerate(columns):
        found += _in_column(column, place, measures)
    for paragraph in found:
        paragraph.kind = _kind(paragraph)
    return _continued(found, measures)


def ends_sentence(text: str) -> bool:
    return bool(_SENTENCE_END.search(text[-10:]))


def _in_column(column: Column, place: int, measures: Measures) -> Iterator[Paragraph]:
    current: Paragraph | None = None
    lines = column.lines
    for number, line in enumerate(lines):
        if current is None:
            current = Paragraph([line], column, place)
            continue
        after = lines[number + 1] if number + 1 < len(lines) else None
        close = line.base - lines[number - 1].base <= _farthest(lines[number - 1], line, measures)
        if line.is_row and current.lines[-1].is_row:
            ends = True
        else:
            ends = not close or _ends(current, line, after, measures)
        if not ends:
            current.lines.append(line)
            continue
        yield current
        tight = close and (line.is_row or not ends_sentence(current.lines[-1].text))
        gap = "\n" if tight and line.is_row == current.lines[-1].is_row else "\n\n"
        current = Paragraph([line], column, place, gap=gap)
    if current:
        yield current


def _farthest(above: Line, below: Line, measures: Measures) -> float:
    size = max(above.size, below.size)
    usual = measures.distance(size)
    return usual * 1.6 if below.is_row else usual + _SPACING * size


def _ends(current: Paragraph, line: Line, after: Line | None, measures: Measures) -> bool:
    """Whether a paragraph is over before `line`, which follows at the usual distance."""
    before = current.lines[-1]
    if line.is_row != before.is_row or not is_same_size(before, line):
        return True
    if _starts_item(current, line):
        return True
    if line.size > 1.1 * measures.body:  # a heading, centred or broken by hand
        return line.bold != before.bold
    if _goes_on(before.text, line.text):
        return False
    if line.bold != before.bold and (len(current.lines) == 1 or before.bold):
        return True
    return _is_short(current, before, line, after) or _is_indented(current, line, after)


def _starts_item(current: Paragraph, line: Line) -> bool:
    mark = MARKER.match(line.text)
    if not mark or mark.end() == len(line.text):
        return False
    if not mark[0][-1].isalnum() and mark[0] not in ("-", "–", "—", "*") and len(mark[0]) == 1:
        return True  # a bullet
    before = current.lines[-1]
    if MARKER.match(current.lines[0].text) or ends_sentence(before.text):
        return True
    return not _goes_on(before.text, line.text) and _fits(current.column, before, line)


def _goes_on(before: str, after: str) -> bool:
    """Whether the words themselves say that a sentence is not over."""
    if before[-1:] in _HYPHENS and before[-2:-1].isalnum() and after[:1].isalnum():
        return True
    return not ends_sentence(before) and after[:1].islower()


def _fits(column: Column, before: Line, line: Line) -> bool:
    """Whether the first word of `line` had room on the line before: then it was broken on purpose.

    The idea is that of every line breaker: fill lines greedily, so a gap means an end.
    """
    first = line.text.split(" ", 1)[0]
    letter = (line.right - line.left) / max(1, len(line.text))
    free = (column.right - before.right) + (before.left - column.left)
    room = letter * (len(first) + 1) + _SLACK * line.size
    if not ends_sentence(before.text):
        room += _RAGGED * (column.right - column.left)
    return free > room


def _is_short(current: Paragraph, before: Line, line: Line, after: Line | None) -> bool:
    if not _fits(current.column, before, line):
        return False
    beside = [current.lines[-2]] if len(current.lines) > 1 else []
    beside += [line] if after is not None else []
    # Beside a picture all lines are short, and end at one edge.
    return not any(abs(other.right - before.right) < _SAME_EDGE for other in beside)


def _is_indented(current: Paragraph, line: Line, after: Line | None) -> bool:
    """First lines stand out to either side, of the lines before and of those after them."""
    step = _INDENT * line.size
    before, first = current.lines[-1], current.lines[0]
    in_middle = abs((line.left + line.right) - (before.left + before.right)) < 2 * _SAME_EDGE
    if in_middle and abs(line.left - before.left) > _SAME_EDGE:
        return False  # centred
    if line.left > before.left + step:
        hangs = len(current.lines) == 1 and (
            MARKER.match(first.text) or (after is not None and abs(after.left - line.left) < step)
        )
        return not hangs
    if line.left < before.left - step:
        return len(current.lines) > 1 and before.left > first.left + step
    return False


def _kind(paragraph: Paragraph) -> BlockKind:
    text = paragraph.lines[0].text
    if paragraph.lines[0].is_row:
        return "table"
    if _CAPTION.match(text[:60]):
        return "caption"
    mark = MARKER.match(text)
    return "list_item" if mark and mark.end() < len(text) else "paragraph"


def _continued(found: list[Paragraph], measures: Measures) -> list[Paragraph]:
    """Paragraphs joined to what goes on in the next column, or behind a figure or a footnote."""
    kept: list[Paragraph] = []
    for paragraph in found:
        start = _start_of(kept, paragraph, measures)
        if start is None:
            kept.append(paragraph)
        else:
            start.lines += paragraph.lines
            start.column, start.place = paragraph.column, paragraph.place
    return kept


def _start_of(kept: list[Paragraph], rest: Paragraph, measures: Measures) -> Paragraph | None:
    if rest.kind != "paragraph" or rest.column.aside:
        return None
    passed = 0
    for before in reversed(kept[-_MOST_BETWEEN:]):
        text, line = before.lines[-1], rest.lines[0]
        if before.column.aside:
            passed += 1
            continue
        if before.kind in ("paragraph", "list_item") and is_same_size(text, line):
            if before.place == rest.place and not passed:
                return None
            goes_on = text.bold == line.bold and _goes_on(text.text, line.text)
            if goes_on or passed or before.place == rest.place:
                return before if goes_on else None
            return before if _runs_over(before, rest) else None
        is_aside = before.kind in ("caption", "table") or text.size < _SMALL * measures.body
        if not is_aside:
            return None
        passed += 1
    return None


def _runs_over(before: Paragraph, rest: Paragraph) -> bool:
    """Whether a paragraph fills its column to the end and goes on at the top of the next."""
    last, line = before.lines[-1], rest.lines[0]
    if last.bold != line.bold or before.kind != "paragraph" or last.size != line.size:
        return False
    if len(last.text) < _LINE_OF_TEXT or line.page - last.page > 1:
        return False
    is_first = line is rest.column.lines[0] and last is before.column.lines[-1]
    indented = line.left > rest.column.left + _INDENT * line.size
    return is_first and not indented and not _fits(before.column, last, line)
