"""Which row of a table names its columns, where one does."""

import re
from collections.abc import Sequence
from typing import Protocol

_NUMBER = re.compile(r"[\s\d.,:%+/'’€$£()-]*\d[\s\d.,:%+/'’€$£()-]*")
_LEAST_COLUMNS = 3
_ROWS_BELOW = 20  # that are looked at
_LONGEST_NAME = 100

Rows = Sequence[Sequence[str]]


class TypedRow(Protocol):
    @property
    def cells(self) -> Sequence[str]: ...

    @property
    def are_text(self) -> Sequence[bool]: ...


def header_of_table(rows: Rows, marked: bool = False) -> tuple[Sequence[str] | None, Rows]:
    """The header and the rows below it, of a table in a text.

    The first row is one when the file marks it, or when the table has three columns or more and
    its cells are all filled, all different, and no numbers.
    """
    if len(rows) < 2:
        return None, rows
    first = [" ".join(cell.split()) for cell in rows[0]]
    if (marked and any(first)) or (len(first) >= _LEAST_COLUMNS and _are_names(first)):
        return first, rows[1:]
    return None, rows


def is_header_of(rows: Sequence[TypedRow], certain: bool) -> bool:
    """Whether the first row of a sheet's table names its columns: all its filled cells are text,
    different and short, and data follows.

    Where the table may also go on from one above (not `certain`), some cell in the rows below
    must be no text: else a row of texts like all others would be taken for a header.
    """
    first = rows[0]
    filled = [column for column, cell in enumerate(first.cells) if cell.strip()]
    names = [first.cells[column].strip() for column in filled]
    if len(rows) < 2 or not all(first.are_text[column] for column in filled):
        return False
    if not _are_names(names):
        return False
    return certain or any(
        cell.strip() and not is_text
        for row in rows[1 : 1 + _ROWS_BELOW]
        for cell, is_text in zip(row.cells, row.are_text, strict=True)
    )


def is_number(text: str) -> bool:
    return bool(len(text) < _LONGEST_NAME and _NUMBER.fullmatch(text))


def _are_names(cells: Sequence[str]) -> bool:
    return len(set(cells)) == len(cells) and all(
        cell and len(cell) <= _LONGEST_NAME and not is_number(cell) for cell in cells
    )
