"""What pages repeat around their text: running headers and footers, page numbers, watermarks.

A line is such furniture when pages close by have the same line at the same place. Numbers in it
may differ, but only as page numbers do, by as much as the pages lie apart: rows of figures at the
same place of two pages are not furniture.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.readers.pdf.lines import Line
from ingest.readers.pdf.text import PageText

_NUMBER = re.compile(r"\d+")
_ROMAN = re.compile(r"[ivxlc]{1,8}", re.IGNORECASE)
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_MARGIN = 0.17  # of the page's height, at the top and at the bottom
_OUTER_ROWS = 3
_MOST_PIECES = 40
_SAME_PLACE = 4.0  # points
_NEAR = (1, 2, 3, 4)  # pages apart: headers of left and right pages, and of chapters, differ
_LEAST_REPEATS = 2  # of words alone: two pages may begin with the same sentence


@dataclass(frozen=True, slots=True)
class _Candidate:
    line: Line
    place: float
    words: str
    numbers: tuple[int, ...]


def without_furniture(pages: Sequence[PageText], body: float) -> list[PageText]:
    """The pages without their furniture. `body` is the document's main font size: what is larger
    and has words is kept where it stands first."""
    edges = [_by_words(page) for page in pages]
    kept = []
    seen: set[str] = set()
    for here, page in enumerate(pages):
        gone: set[int] = set()
        for words, candidates in edges[here].items():
            near = [
                (here - other, edges[other].get(words, []))
                for step in _NEAR
                for other in (here - step, here + step)
                if 0 <= other < len(pages)
            ]
            needed = 1 if _has_number(words) else min(_LEAST_REPEATS, len(pages) - 1)
            for candidate in candidates:
                repeats = [any(_repeats(candidate, o, by) for o in them) for by, them in near]
                if sum(repeats) >= max(1, needed):
                    large = candidate.line.size > 1.1 * body and any(map(str.isalpha, words))
                    if not large or words in seen:
                        gone.add(id(candidate.line))
                    seen.add(words)
        gone |= _rows_of_page_numbers(page, gone)
        kept.append(
            replace(
                page,
                lines=tuple(line for line in page.lines if id(line) not in gone),
                aside=tuple(line for line in page.aside if id(line) not in gone),
            )
        )
    return kept


def _by_words(page: PageText) -> dict[str, list[_Candidate]]:
    found: dict[str, list[_Candidate]] = {}
    for line in (*_outer_lines(page), *page.aside[:_MOST_PIECES]):
        words, numbers = _words_and_numbers(line.text)
        candidate = _Candidate(line, line.base - page.top, words, numbers)
        found.setdefault(words, []).append(candidate)
    return found


def _outer_lines(page: PageText) -> list[Line]:
    """The lines of the outermost rows at the top and at the bottom."""
    margin = _MARGIN * (page.bottom - page.top)
    ordered = sorted(page.lines, key=lambda line: line.base)
    outer: list[Line] = []
    for side in (ordered, ordered[::-1]):
        rows: list[float] = []
        for line in side[:_MOST_PIECES]:
            if page.top + margin < line.base < page.bottom - margin:
                break
            if not rows or abs(line.base - rows[-1]) > _SAME_PLACE:
                rows.append(line.base)
            if len(rows) > _OUTER_ROWS:
                break
            outer.append(line)
    return list({id(line): line for line in outer}.values())


def _words_and_numbers(text: str) -> tuple[str, tuple[int, ...]]:
    if _ROMAN.fullmatch(text):
        return "#", (_roman(text.lower()),)
    numbers = tuple(int(number[:9]) for number in _NUMBER.findall(text))
    return " ".join(_NUMBER.sub("#", text).casefold().split()), numbers


def _has_number(words: str) -> bool:
    return "#" in words


def _roman(text: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in text]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)


def _repeats(one: _Candidate, other: _Candidate, pages_apart: int) -> bool:
    if abs(one.place - other.place) > _SAME_PLACE or len(one.numbers) != len(other.numbers):
        return False
    if not one.words.strip("# .,|-–—/:%"):  # only numbers: one of them must count pages
        steps = [a - b for a, b in zip(one.numbers, other.numbers, strict=True)]
        return bool(steps) and set(steps) <= {0, pages_apart} and pages_apart in steps
    return all(a - b in (0, pages_apart) for a, b in zip(one.numbers, other.numbers, strict=True))


def _rows_of_page_numbers(page: PageText, gone: set[int]) -> set[int]:
    """A header that changes from page to page, beside a page number in the outermost row."""
    if not page.lines:
        return set()
    top, bottom = min(page.lines, key=_base).base, max(page.lines, key=_base).base
    found: set[int] = set()
    for edge in (top, bottom):
        row = [line for line in page.lines if abs(line.base - edge) <= _SAME_PLACE]
        counts = any(id(line) in gone and not _letters(line) for line in row)
        if counts and sum(len(line.text) for line in row) <= 120:
            found |= {id(line) for line in row}
    return found


def _base(line: Line) -> float:
    return line.base


def _letters(line: Line) -> bool:
    return any(letter.isalpha() for letter in line.text) and not _ROMAN.fullmatch(line.text)
