"""Tables as text: one block a row, each value beside its column's name where the names are known,
so that a row found or quoted alone can be understood.
"""

from collections.abc import Sequence

from ingest.readers.rough import RoughBlock


def table_blocks(
    rows: Sequence[Sequence[str]], header: Sequence[str] | None = None
) -> list[RoughBlock]:
    """Rows of cells as blocks; empty cells and empty rows are left out.

    With `header`: "City: Bern; People: 134". Without: "Bern | 134".
    """
    texts = [_with_names(row, header) if header else _joined(row) for row in rows]
    return [
        RoughBlock("table", text, gap="\n" if number else "\n\n")
        for number, text in enumerate(text for text in texts if text)
    ]


def _with_names(row: Sequence[str], header: Sequence[str]) -> str:
    parts = []
    for column, cell in enumerate(row):
        value = _one_line(cell)
        name = _one_line(header[column]).rstrip(":") if column < len(header) else ""
        if value:
            parts.append(f"{name}: {value}" if name else value)
    return "; ".join(parts)


def _joined(row: Sequence[str]) -> str:
    cells = [_one_line(cell) for cell in row]
    return " | ".join(cells).strip(" |") if any(cells) else ""


def _one_line(cell: str) -> str:
    return " ".join(cell.split())
