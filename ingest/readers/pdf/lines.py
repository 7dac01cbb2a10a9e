"""Lines of a page, put in reading order: columns, rows, cells of tables.

Coordinates are points on the page, x to the right and y downwards.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

MARKER = re.compile(
    r"(?:[•‣◦▪▫●○■□◆◇►▸✓✔❖➢⁃∙·\uf000-\uf0ff*–—-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]"
    r"|\[\d{1,3}\]|\d{1,2}(?:\.\d{1,2}){1,4}\.?)(?=\s|$)"
)
"""What a list item or a numbered heading starts with."""
RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
SOFT_HYPHEN = "\u00ad"
"""Ends a piece where PDFium has seen a word broken at the end of a line."""
_SAME_ROW = 0.5  # of the font size
_BIN = 2.0  # points
_MOST_BINS = 5000
_LEAST_LINES = 4  # on either side of the space between two columns
_CROSSING = 0.25  # share of lines that may run across it: titles, wide figures
_COLUMN_LETTERS = 18  # a line of a column has more letters than a cell of a table
_COLUMN_SHARE = 0.2  # of the width that a line of a column takes at least
_OVERFULL = 20  # one line in so many may run over the right edge
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Line:
    """A line or a piece of one. `base` is the y of its baseline."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    page: int
    is_row: bool = False
    """Whether it is a row of a table, its cells joined by " | "."""


@dataclass(frozen=True, slots=True)
class Column:
    """Lines below each other, in reading order."""

    lines: tuple[Line, ...]
    left: float
    right: float
    aside: bool = False
    """Whether it runs in another direction than the page: a stamp at the margin."""


def reading_order(pieces: Sequence[Line]) -> list[Column]:
    """Columns of one page, each in full before the next. Pieces beside each other become one
    line, or a row when they are cells."""
    placed = sorted(pieces, key=lambda piece: (piece.base, piece.left))
    return [_column(part) for part in _parts(placed, 0)]


def _parts(pieces: list[Line], depth: int) -> Iterator[list[Line]]:
    """Split at the space between columns; what runs across it separates what is above and below."""
    gutter = _gutter(pieces) if depth < _DEEPEST else None
    if gutter is None:
        if pieces:
            yield pieces
        return
    across: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for piece in pieces:
        if piece.left < gutter < piece.right:
            yield from _parts(left, depth + 1)
            yield from _parts(right, depth + 1)
            left, right = [], []
            across.append(piece)
            continue
        if across:
            yield across
            across = []
        (left if piece.right <= gutter else right).append(piece)
    if across:
        yield across
    yield from _parts(left, depth + 1)
    yield from _parts(right, depth + 1)


def _gutter(pieces: list[Line]) -> float | None:
    """The x of the space between two columns of text, where there are two."""
    if len(pieces) < 2 * _LEAST_LINES:
        return None
    start, end = min(p.left for p in pieces), max(p.right for p in pieces)
    width = end - start
    bins = int(width / _BIN)
    if not 10 < bins < _MOST_BINS:
        return None
    x = _emptiest(pieces, start, bins)
    left = [piece for piece in pieces if piece.right <= x]
    right = [piece for piece in pieces if piece.left >= x]
    if len(pieces) - len(left) - len(right) > _CROSSING * len(pieces):
        return None
    return x if _is_column(left, width) and _is_column(right, width) else None


def _emptiest(pieces: list[Line], start: float, bins: int) -> float:
    """The middle of the widest stretch that the fewest pieces cover, away from the edges."""
    changes = [0] * (bins + 2)
    for piece in pieces:
        changes[int((piece.left - start) / _BIN)] += 1
        changes[min(bins, int((piece.right - start) / _BIN)) + 1] -= 1
    covered, count = [], 0
    for change in changes[:bins]:
        count += change
        covered.append(count)
    inner = range(bins // 6, bins - bins // 6)
    fewest = min(covered[place] for place in inner)
    best, run = (0, 0), 0
    for place in inner:
        run = run + 1 if covered[place] == fewest else 0
        best = max(best, (run, place))
    run, place = best
    return start + (place - run / 2 + 0.5) * _BIN


def _is_column(side: list[Line], width: float) -> bool:
    if len(side) < _LEAST_LINES:
        return False
    return (
        median(len(piece.text) for piece in side) >= _COLUMN_LETTERS
        and median(piece.right - piece.left for piece in side) >= _COLUMN_SHARE * width
    )


def _column(pieces: list[Line]) -> Column:
    rows = _rows(pieces)
    lines: list[Line] = []
    for number, row in enumerate(rows):
        beside = rows[max(0, number - 1) : number] + rows[number + 1 : number + 2]
        lines.append(_line(row, any(len(other) > 1 for other in beside)))
    rights = sorted((line.right for line in lines), reverse=True)
    right = rights[len(rights) // _OVERFULL]
    return Column(tuple(lines), min(p.left for p in pieces), right)


def _rows(pieces: list[Line]) -> list[list[Line]]:
    """Pieces on one baseline, in the order they are read; a list's mark is one with its text."""
    rows: list[list[Line]] = []
    for piece in pieces:
        if rows and piece.base - rows[-1][0].base <= _SAME_ROW * min(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [_without_mark(_in_order(row)) for row in rows]


def _in_order(row: list[Line]) -> list[Line]:
    right_to_left = sum(bool(RIGHT_TO_LEFT.search(piece.text)) for piece in row)
    return sorted(row, key=lambda piece: piece.left, reverse=right_to_left * 2 > len(row))


def _without_mark(row: list[Line]) -> list[Line]:
    if len(row) > 1 and MARKER.fullmatch(row[0].text):
        return [_joined(row[:2], " "), *row[2:]]
    return row


def _line(row: list[Line], in_table: bool) -> Line:
    if len(row) == 1:
        return row[0]
    return replace(_joined(row, " | " if in_table else " "), is_row=in_table)


def _joined(pieces: list[Line], between: str) -> Line:
    widest = max(pieces, key=lambda piece: len(piece.text))
    return replace(
        widest,
        text=between.join(piece.text for piece in pieces),
        left=min(piece.left for piece in pieces),
        right=max(piece.right for piece in pieces),
        bold=all(piece.bold for piece in pieces),
    )
