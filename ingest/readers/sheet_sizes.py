"""How large the sheets of a workbook are, before a library makes room for all their cells.

calamine holds a sheet as a full rectangle: one cell at the far corner of an otherwise empty sheet
would take hundreds of gigabytes, and the whole process with it.
"""

import re
import zipfile
from typing import Any

from ingest.errors import UnreadableFile

_MOST_CELLS = 10_000_000  # a rectangle of so many takes 320 MB
_REFERENCE = re.compile(rb"""\sr\s*=\s*["']\s*\$?([A-Za-z]{0,7})\$?(\d{1,10})\s*["']""")
_CELL_TAG = re.compile(rb"<(?:\w+:)?c[\s/>]")
_SPLIT_REFERENCE = re.compile(r"([A-Za-z]{1,7})(\d{1,10})")
_LONGEST = 64  # bytes of a reference
_CHUNK = 1 << 20
_MOST_COLUMNS = 16_384
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_ODS_CELLS = frozenset({_TABLE + "table-cell", _TABLE + "covered-table-cell"})


def refuse_huge_sheets(archive: zipfile.ZipFile) -> None:
    """Raise UnreadableFile when a sheet spans more cells than can be held.

    Every part of the archive is looked at: relationships can name any of them as a sheet.
    """
    for entry in archive.infolist():
        name = entry.filename
        if name == "content.xml":
            with archive.open(entry) as part:
                _refuse(_cells_of_ods(part), "a sheet")
        elif not entry.is_dir():
            with archive.open(entry) as part:
                cells = _most_cells_of_xlsx(part)
            if cells > _MOST_CELLS:  # perhaps only because empty cells have a colour
                with archive.open(entry) as part:
                    _refuse(_filled_cells_of_xlsx(part, cells), name)


def _refuse(cells: int, name: str) -> None:
    if cells > _MOST_CELLS:
        raise UnreadableFile(
            f"too large: {name} spans {cells:,} cells (delete stray cells far from its table)"
        )


def _most_cells_of_xlsx(part: Any) -> int:
    """Cells of the rectangle around all cells, empty ones too, that an XML part refers to; read
    as bytes, since calamine also reads what is no proper XML."""
    rest = b""
    last_row, last_column, without_reference = 0, 1, 0
    seen: set[bytes] = set()
    while chunk := part.read(_CHUNK):
        text = rest + chunk
        references = _REFERENCE.findall(text)
        without_reference += max(
            0, len(_CELL_TAG.findall(text)) - sum(bool(letters) for letters, _ in references)
        )
        last_row = max(last_row, max((int(digits) for _, digits in references), default=0))
        for letters in {letters for letters, _ in references} - seen:
            seen.add(letters)
            last_column = max(last_column, _column(letters.decode()))
        rest = text[-_LONGEST:]
    return last_row * max(last_column, min(without_reference, _MOST_COLUMNS))


def _filled_cells_of_xlsx(part: Any, unless_xml: int) -> int:
    """Cells of the rectangle around all cells with a value; `unless_xml` for what is no XML."""
    # Imported here because it takes time that only those who read spreadsheets need spend.
    from lxml import etree

    last_row = last_column = row = column = 0
    try:
        for event, element in etree.iterparse(part, ("start", "end"), tag=("{*}row", "{*}c")):
            is_row = element.tag.endswith("row")
            if event == "start" and is_row:
                row, column = int(element.get("r") or row + 1), 0
            elif event == "start":
                found = _SPLIT_REFERENCE.fullmatch(element.get("r") or "")
                column = _column(found[1]) if found else column + 1
                row = int(found[2]) if found else row
            elif is_row:
                _forget(element)
            elif len(element):
                last_row, last_column = max(last_row, row), max(last_column, column)
    except (etree.XMLSyntaxError, ValueError):
        return unless_xml
    return last_row * last_column


def _forget(element: Any) -> None:
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _cells_of_ods(part: Any) -> int:
    """Cells of the largest sheet with all repetitions written out, trailing empty ones left out."""
    from lxml import etree

    largest = rows = width = filled_rows = 0
    for _, element in etree.iterparse(part, tag=(_TABLE + "table-row", _TABLE + "table")):
        if element.tag == _TABLE + "table-row":
            rows += _times(element, "number-rows-repeated")
            columns = filled = 0
            for cell in element:
                if cell.tag in _ODS_CELLS:
                    columns += _times(cell, "number-columns-repeated")
                    if len(cell) or any(name.endswith("}value-type") for name in cell.attrib):
                        filled = columns
            if filled:
                filled_rows, width = rows, max(width, filled)
            _forget(element)
        else:
            largest = max(largest, filled_rows * width)
            rows = width = filled_rows = 0
    return largest


def _times(element: Any, name: str) -> int:
    written = element.get(_TABLE + name, "1")
    return int(written) if written.isdecimal() and len(written) < 12 else 1
