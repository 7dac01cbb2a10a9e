"""Tables of values, and telling them from tables that lay out a page."""

from collections.abc import Callable
from itertools import zip_longest
from typing import Any

from ingest.readers.html.elements import is_hidden, span_of
from ingest.readers.rough import RoughBlock
from ingest.readers.table import table_blocks

ReadCell = Callable[[Any], str]
"""Gives the text of a cell's element."""

_IN_LAYOUT = ("h1", "h2", "h3", "h4", "blockquote", "dl", "ol", "pre", "ul")
_LONG_NAME = 100  # characters of a column's name, which every row repeats
_LONG_CELL = 500  # characters; who puts more into a cell lays out a page
_MOST_COLUMNS = 1000
_MOST_REPEATED = 100_000  # characters of cells that span rows, in a table


def is_layout(table: Any) -> bool:
    if table.get("role") in ("none", "presentation") or table.find(".//table") is not None:
        return True
    if table.find(".//th") is not None:
        return False
    cells = list(table.iter("td"))
    return (
        len(cells) == len(list(table.iter("tr")))
        or next(table.iter(*_IN_LAYOUT), None) is not None
        or any(len("".join(cell.itertext())) > _LONG_CELL for cell in cells)
    )


def read_table(table: Any, read: ReadCell) -> tuple[list[RoughBlock], str]:
    """The rows of a table as blocks, and the text of all its cells."""
    rows, heads = _grid(table, read)
    titles = 0  # rows of one header cell across all columns
    while titles < heads and len(set(rows[titles])) == 1 < len(rows[titles]):
        titles += 1
    blocks = [RoughBlock("caption", row[0]) for row in rows[:titles] if row[0]]
    columns = zip_longest(*rows[titles:heads], fillvalue="")
    names = [" ".join(dict.fromkeys(column)).strip() for column in columns]
    if not names or heads == len(rows) or max(map(len, names)) > _LONG_NAME:
        blocks += table_blocks(rows[titles:])
    else:
        blocks += table_blocks(rows[heads:], names)
    return blocks, " ".join(cell for row in rows for cell in row)


def _grid(table: Any, read: ReadCell) -> tuple[list[list[str]], int]:
    """Cells by row and column, and how many rows from the first are header cells only.

    A cell that spans rows is repeated in each; one that spans columns only if it is a header.
    """
    rows: list[list[str]] = []
    heads = repeated = 0
    below: dict[int, tuple[str, int]] = {}  # by column: a cell from above, and its last row
    for line in table.iter("tr"):
        in_head = line.getparent().tag == "thead"
        row: list[str] = []
        tags = set()
        for cell in [*line.iterchildren("td", "th"), None]:
            while (above := below.get(len(row), ("", -1)))[1] >= len(rows):
                repeated += len(above[0])
                row.append(above[0] if repeated < _MOST_REPEATED else "")
            if cell is None or is_hidden(cell):
                continue
            text = read(cell)
            tags.add("th" if in_head else cell.tag if text else "")
            last = len(rows) + span_of(cell, "rowspan") - 1
            for column in range(span_of(cell, "colspan")):
                shown = text if column == 0 or cell.tag == "th" or in_head else ""
                if len(row) < _MOST_COLUMNS and last > len(rows):
                    below[len(row)] = (shown if len(shown) <= _LONG_NAME else "", last)
                row.append(shown)
        heads += heads == len(rows) and "th" in tags and "td" not in tags
        rows.append(row)
    return rows, heads
