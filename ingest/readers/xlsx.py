"""Spreadsheets (.xlsx, .ods, .xls) by calamine: each sheet's rows, with the names of columns."""

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from ingest.errors import UnreadableFile
from ingest.readers.archive import open_archive
from ingest.readers.damage import refusing
from ingest.readers.rough import RoughBlock, RoughDocument
from ingest.readers.sheet_rows import Row, sheet_blocks
from ingest.readers.sheet_sizes import refuse_huge_sheets
from ingest.readers.text import normalise

Value = int | float | str | bool | time | date | datetime | timedelta

_ZIP = b"PK\x03\x04"
_OTHERS = {
    "word/document.xml": "no spreadsheet, but a Word file: name it .docx",
    "ppt/presentation.xml": "no spreadsheet, but a PowerPoint presentation: name it .pptx",
    "xl/workbook.bin": "an Excel workbook in the binary format (.xlsb): save it as .xlsx",
}


def read_xlsx(data: bytes) -> RoughDocument:
    """Rows of all sheets, hidden ones too, as `table` blocks; formulas by their last result.

    Raises UnreadableFile when the file is damaged, encrypted, no spreadsheet,
    or has a sheet whose outermost cells lie too far apart to be read.
    """
    with open_archive(data) as archive, refusing("spreadsheet"):
        names = set(archive.namelist())
        for name, message in _OTHERS.items():
            if name in names:
                raise UnreadableFile(message)
        if "mimetype" in names and b"spreadsheet" not in archive.read("mimetype"):
            raise UnreadableFile("no spreadsheet, but another OpenDocument file or an EPUB")
        refuse_huge_sheets(archive)
    return _read(data)


def read_ods(data: bytes) -> RoughDocument:
    """As `read_xlsx`: calamine tells the two formats by what is in them."""
    return read_xlsx(data)


def read_xls(data: bytes) -> RoughDocument:
    """As `read_xlsx`, for the format of Excel before 2007; newer files of that name are read too.

    Raises UnreadableFile when the file is damaged, encrypted, or no spreadsheet.
    """
    return read_xlsx(data) if data.startswith(_ZIP) else _read(data)


def _read(data: bytes) -> RoughDocument:
    # Imported here because it takes time that only those who read spreadsheets need spend.
    import python_calamine

    with refusing("spreadsheet"):
        try:
            workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
            blocks: list[RoughBlock] = []
            for name in workbook.sheet_names:
                rows = list(_rows(workbook.get_sheet_by_name(name).iter_rows()))
                found = sheet_blocks(rows)
                if found and len(workbook.sheet_names) > 1:
                    blocks.append(RoughBlock("heading", normalise(name).strip() or "Sheet", 2))
                blocks += found
        except python_calamine.PasswordError:
            raise UnreadableFile("encrypted") from None
    return RoughDocument(tuple(blocks), marked_up=True)


def _rows(values: Iterator[Sequence[Value]]) -> Iterator[Row]:
    for row in values:
        yield Row(
            [_text(value) for value in row],
            [isinstance(value, str) for value in row],
        )


def _text(value: Value) -> str:
    if isinstance(value, str):
        return normalise(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    return value.isoformat() if isinstance(value, date | time) else str(value)
