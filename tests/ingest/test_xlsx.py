"""Spreadsheets: rows with the names of their columns, values as people write them."""

import io
import re
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, time
from typing import Any

import docx
import openpyxl
import pytest
from openpyxl.styles import PatternFill

from ingest.errors import UnreadableFile
from ingest.readers import sheet_sizes
from ingest.readers.xlsx import read_ods, read_xls, read_xlsx


def saved(file: Any) -> bytes:
    data = io.BytesIO()
    file.save(data)
    return data.getvalue()


def book(*sheets: Sequence[Sequence[Any]]) -> bytes:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for number, rows in enumerate(sheets, 1):
        sheet = workbook.create_sheet(f"Sheet {number}")
        for row in rows:
            sheet.append(row)
    return saved(workbook)


def blocks(data: bytes) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in read_xlsx(data).blocks]


def ods(rows: str) -> bytes:
    names = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{names}:office:1.0" '
        f'xmlns:table="{names}:table:1.0" xmlns:text="{names}:text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="One">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{names}:manifest:1.0"/>',
        )
    return data.getvalue()


def test_a_header_names_the_cells_below() -> None:
    rows: list[list[Any]] = [["City", "People"], ["Bern", 134], ["Chur", None], [None, 5]]
    assert blocks(book(rows)) == [
        ("table", "City: Bern; People: 134"),
        ("table", "City: Chur"),
        ("table", "People: 5"),
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (134.0, "134"),
        (0.1 + 0.2, "0.3"),
        (-2.5, "-2.5"),
        (1e20, "1e+20"),
        (True, "true"),
        (False, "false"),
        (date(2021, 3, 4), "2021-03-04"),
        (datetime(2021, 3, 4, 5, 6), "2021-03-04 05:06:00"),
        (time(5, 6), "05:06:00"),
        ("two\nlines", "two lines"),
        ("cafe\u0301", "café"),
    ],
)
def test_values_are_written_as_people_do(value: Any, text: str) -> None:
    assert blocks(book([["a", "b"], [value, 1]]))[0][1] == f"a: {text}; b: 1"


def test_rows_without_a_header_are_rows() -> None:
    assert blocks(book([[1, 2], [3, 4]])) == [("table", "1 | 2"), ("table", "3 | 4")]
    assert blocks(book([["City", 2021], ["Bern", 4]]))[0] == ("table", "City | 2021")


def test_a_title_above_a_table_is_a_paragraph() -> None:
    rows: list[list[Any]] = [["People of the cities"], [], ["City", "People"], ["Bern", 134]]
    assert blocks(book(rows)) == [
        ("paragraph", "People of the cities"),
        ("table", "City: Bern; People: 134"),
    ]


def test_a_second_table_has_its_own_header_and_a_blank_row_ends_none() -> None:
    rows: list[list[Any]] = [
        ["City", "People"],
        ["Bern", 134],
        [],
        ["Chur", 38],
        [],
        ["Road", "Length"],
        ["A1", 9],
    ]
    assert [text for _, text in blocks(book(rows))] == [
        "City: Bern; People: 134",
        "City: Chur; People: 38",
        "Road: A1; Length: 9",
    ]


def test_a_blank_row_in_a_table_of_texts_makes_no_header() -> None:
    rows: list[list[Any]] = [
        ["City", "Canton"],
        ["Wil", "St. Gallen"],
        [],
        ["Chur", "Graubünden"],
        ["Thun", "Bern"],
    ]
    assert [text for _, text in blocks(book(rows))] == [
        "City: Wil; Canton: St. Gallen",
        "City: Chur; Canton: Graubünden",
        "City: Thun; Canton: Bern",
    ]


def test_sheets_have_headings_where_there_are_several() -> None:
    rows: list[list[Any]] = [["City", "People"], ["Bern", 134]]
    assert blocks(book(rows, [], rows)) == [
        ("heading", "Sheet 1"),
        ("table", "City: Bern; People: 134"),
        ("heading", "Sheet 3"),
        ("table", "City: Bern; People: 134"),
    ]


def test_ods_is_read() -> None:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    row = "<table:table-row>" + cell * 2 + "</table:table-row>"
    rows = row.format("City", "Canton") + row.format("Chur", "Graubünden")
    empty = (
        '<table:table-row table:number-rows-repeated="1048574">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    (block,) = read_ods(ods(rows + empty)).blocks
    assert (block.kind, block.text) == ("table", "City: Chur; Canton: Graubünden")


def test_repeated_cells_of_ods_do_not_fill_the_memory() -> None:
    row = (
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell '
        'office:value-type="float" office:value="1" table:number-columns-repeated="16384">'
        "<text:p>1</text:p></table:table-cell></table:table-row>"
    )
    with pytest.raises(UnreadableFile, match="too large"):
        read_xlsx(ods(row))


def far_cell(value: Any) -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.append(["City", "People"])
    sheet.append(["Bern", 134])
    far = sheet.cell(1_048_576, 16_384)
    far.value = value
    far.fill = PatternFill("solid", "FF0000")
    return saved(workbook)


def test_a_stray_cell_does_not_fill_the_memory() -> None:
    with pytest.raises(UnreadableFile, match="stray"):
        read_xlsx(far_cell(1))


def test_a_coloured_empty_cell_is_no_stray_cell() -> None:
    assert blocks(far_cell(None)) == [("table", "City: Bern; People: 134")]


def test_cells_without_references_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    data = book([["a", "b", "c"], [1, 2, 3]])
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if "worksheets" in name:
                part = re.sub(rb'<c r="[A-Z]\d"', b"<c", part)
                part = part.replace(b'<row r="2"', b'<row r="900000"')
            new.writestr(name, part)
    monkeypatch.setattr(sheet_sizes, "_MOST_CELLS", 2_000_000)
    with pytest.raises(UnreadableFile, match="too large"):
        read_xlsx(made.getvalue())


def test_other_files_are_refused_by_name() -> None:
    with pytest.raises(UnreadableFile, match="Word file"):
        read_xlsx(saved(docx.Document()))


def test_other_open_documents_are_refused() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    with pytest.raises(UnreadableFile, match="OpenDocument"):
        read_ods(data.getvalue())


def test_a_new_file_with_an_old_name_is_read() -> None:
    assert read_xls(book([[1, 2]])).blocks[0].text == "1 | 2"


@pytest.mark.parametrize("data", [b"", b"words", b"PK\x03\x04words", b"\xd0\xcf\x11\xe0" * 99])
def test_what_is_no_spreadsheet_is_refused(data: bytes) -> None:
    for read in (read_xlsx, read_xls):
        with pytest.raises(UnreadableFile):
            read(data)


def test_damaged_files_are_refused_or_read() -> None:
    whole = book([["City", "People"], ["Bern", 134]])
    for place in range(0, len(whole), len(whole) // 150):
        with suppress(UnreadableFile):
            read_xlsx(whole[:place])
        with suppress(UnreadableFile):
            read_xlsx(whole[:place] + b"\xff\x00\xff" + whole[place + 3 :])
