"""Rows of a spreadsheet or a CSV file as blocks: which row names the columns, what is a table."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.readers.header_rows import is_header_of
from ingest.readers.rough import RoughBlock
from ingest.readers.table import table_blocks


class Row(NamedTuple):
    cells: list[str]
    are_text: list[bool]
    """Of each cell, whether it is text by its type, not a number or a date."""


def sheet_blocks(rows: Sequence[Row]) -> list[RoughBlock]:
    """Blocks of one sheet: tables apart by blank rows have each its own header, or that of the
    one above; rows of a single cell above a table are paragraphs."""
    blocks: list[RoughBlock] = []
    header: list[str] | None = None
    for number, part in enumerate(_parts(rows)):
        start = next((n for n, row in enumerate(part) if len(_filled(row)) > 1), len(part))
        if start < len(part) and is_header_of(part[start:], certain=number == 0):
            header, below = part[start].cells, part[start + 1 :]
        else:
            below = part[start:]
        above = [" ".join(" ".join(row.cells).split()) for row in part[:start]]
        if start < len(part) or header is None:
            blocks += [RoughBlock("paragraph", text) for text in above]
        else:  # a table of one column, or the rows below its header
            blocks += table_blocks([row.cells for row in part[:start]], header)
        blocks += table_blocks([row.cells for row in below], header)
    return blocks


def _parts(rows: Sequence[Row]) -> Iterator[list[Row]]:
    part: list[Row] = []
    for row in rows:
        if _filled(row):
            part.append(row)
        elif part:
            yield part
            part = []
    if part:
        yield part


def _filled(row: Row) -> list[int]:
    return [column for column, cell in enumerate(row.cells) if cell and not cell.isspace()]
