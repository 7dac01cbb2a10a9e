"""Word files: what a reader of the page reads, in its order, and nothing else."""

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

import docx
import openpyxl
import pptx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml

from ingest.errors import UnreadableFile
from ingest.readers.docx import read_docx

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(file: Any) -> bytes:
    data = io.BytesIO()
    file.save(data)
    return data.getvalue()


def blocks(document: Any) -> list[tuple[str, int, str]]:
    return [(b.kind, b.level, b.text) for b in read_docx(saved(document)).blocks]


def body(xml: str) -> list[tuple[str, int, str]]:
    """The blocks of a document with this XML in its body."""
    document = docx.Document()
    for element in parse_xml(f"<w:body {_W}>{xml}</w:body>"):
        document.element.body.insert_element_before(element, "w:sectPr")
    return blocks(document)


def repacked(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The archive with the parts as `change` makes them."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return made.getvalue()


def test_styles_are_kinds_in_the_order_of_the_body() -> None:
    document = docx.Document()
    document.add_paragraph("Report", style="Title")
    document.add_heading("Roads", 1)
    document.add_paragraph("Words of the first part.")
    document.add_paragraph("one", style="List Bullet")
    document.add_paragraph("two", style="List Number")
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ("Bern", "134", "Chur", "38"), strict=True):
        cell.text = text
    document.add_paragraph("Figure 1", style="Caption")
    document.add_heading("Passes", 2)
    document.add_paragraph("")
    document.add_paragraph("The end.")
    assert blocks(document) == [
        ("heading", 1, "Report"),
        ("heading", 1, "Roads"),
        ("paragraph", 0, "Words of the first part."),
        ("list_item", 0, "one"),
        ("list_item", 0, "two"),
        ("table", 0, "Bern | 134"),
        ("table", 0, "Chur | 38"),
        ("caption", 0, "Figure 1"),
        ("heading", 2, "Passes"),
        ("paragraph", 0, "The end."),
    ]


def test_styles_based_on_headings_and_outline_levels_are_headings() -> None:
    document = docx.Document()
    own = document.styles.add_style("Kapitel", WD_STYLE_TYPE.PARAGRAPH)
    own.base_style = document.styles["Heading 2"]
    document.add_paragraph("By its base", style="Kapitel")
    paragraph = document.add_paragraph("By its level")
    paragraph._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {_W} w:val="2"/>'))
    assert blocks(document) == [("heading", 2, "By its base"), ("heading", 3, "By its level")]


def test_styles_based_on_each_other_end() -> None:
    document = docx.Document()
    names = ("One", "Two")
    one, two = (document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH) for name in names)
    one.base_style, two.base_style = two, one
    document.add_paragraph("Words.", style="One")
    assert blocks(document) == [("paragraph", 0, "Words.")]


def test_numbering_makes_an_item_and_its_absence_none() -> None:
    def item(number: int) -> str:
        return (
            f'<w:p><w:pPr><w:numPr><w:numId w:val="{number}"/></w:numPr></w:pPr>'
            f"<w:r><w:t>number {number}</w:t></w:r></w:p>"
        )

    assert body(item(1) + item(0)) == [
        ("list_item", 0, "number 1"),
        ("paragraph", 0, "number 0"),
    ]


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        (
            "<w:r><w:t>kept</w:t></w:r>"
            "<w:del><w:r><w:noBreakHyphen/><w:delText>no</w:delText></w:r></w:del>",
            "kept",
        ),
        ("<w:moveFrom><w:r><w:t>no</w:t></w:r></w:moveFrom><w:r><w:t>kept</w:t></w:r>", "kept"),
        ("<w:ins><w:r><w:t>put in</w:t></w:r></w:ins>", "put in"),
        ("<w:hyperlink><w:r><w:t>a link</w:t></w:r></w:hyperlink>", "a link"),
        ("<w:r><w:t>one</w:t><w:br/><w:t>two</w:t></w:r>", "one\ntwo"),
        ("<w:r><w:t>one</w:t><w:tab/><w:t>two</w:t></w:r>", "one two"),
        ("<w:r><w:t>well</w:t><w:noBreakHyphen/><w:t>known</w:t></w:r>", "well-known"),
        ("<w:r><w:t>infor</w:t><w:softHyphen/><w:t>mation</w:t></w:r>", "information"),
        ("<w:r><w:instrText>PAGE</w:instrText><w:t>9</w:t></w:r>", "9"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>no</w:t></w:r><w:r><w:t>seen</w:t></w:r>", "seen"),
        ("<w:sdt><w:sdtContent><w:r><w:t>a field</w:t></w:r></w:sdtContent></w:sdt>", "a field"),
        ("<w:r><w:t>cafe\u0301</w:t></w:r>", "café"),
    ],
)
def test_runs_are_the_words_that_are_seen(xml: str, words: str) -> None:
    assert body(f"<w:p>{xml}</w:p>") == [("paragraph", 0, words)]


def test_content_controls_around_paragraphs_are_opened() -> None:
    xml = "<w:sdt><w:sdtContent><w:p><w:r><w:t>Inside.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    assert body(xml) == [("paragraph", 0, "Inside.")]


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>In the box.</w:t></w:r></w:p></w:txbxContent>"
    xml = (
        '<w:p xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<w:r><w:t>Beside it.</w:t><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert body(xml) == [("paragraph", 0, "Beside it."), ("paragraph", 0, "In the box.")]


def table(rows: list[list[str]]) -> Any:
    document = docx.Document()
    made = document.add_table(len(rows), len(rows[0]))
    for cell, text in zip(made._cells, [text for row in rows for text in row], strict=True):
        cell.text = text
    return document


def test_a_header_names_the_cells_below() -> None:
    rows = [["City", "People", "Canton"], ["Bern", "134", "Bern"], ["Chur", "38", ""]]
    assert [text for _, _, text in blocks(table(rows))] == [
        "City: Bern; People: 134; Canton: Bern",
        "City: Chur; People: 38",
    ]


@pytest.mark.parametrize(
    "first",
    [["City", "People", ""], ["City", "City", "Canton"], ["City", "2021", "2022"]],
)
def test_a_first_row_that_names_nothing_is_a_row(first: list[str]) -> None:
    texts = [text for _, _, text in blocks(table([first, ["Bern", "134", "x"]]))]
    assert texts[-1] == "Bern | 134 | x"
    assert len(texts) == 2


def test_a_row_marked_as_header_is_one_in_a_table_of_two_columns() -> None:
    document = table([["City", "People"], ["Bern", "134"]])
    row = document.tables[0].rows[0]._tr
    row.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {_W}/>"))
    assert blocks(document) == [("table", 0, "City: Bern; People: 134")]


def test_merged_cells_are_not_doubled_and_keep_their_columns() -> None:
    rows = [["City", "People", "Canton"], ["Bern", "", "x"], ["Chur", "38", "y"]]
    document = table(rows)
    made = document.tables[0]
    made.cell(1, 0).merge(made.cell(1, 1))
    made.cell(1, 2).merge(made.cell(2, 2))
    made.cell(1, 2).text = "both"
    made.rows[2]._tr.tc_lst[2].append(parse_xml(f"<w:p {_W}><w:r><w:t>no</w:t></w:r></w:p>"))
    assert [text for _, _, text in blocks(document)] == [
        "City: Bern; Canton: both",
        "City: Chur; People: 38",
    ]


def test_tables_in_tables_follow_the_outer_one() -> None:
    document = table([["a", "b"], ["c", "d"]])
    inner = document.tables[0].cell(0, 0).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "in", "side"
    assert [text for _, _, text in blocks(document)] == ["a | b", "c | d", "in | side"]


def test_a_table_of_one_column_is_a_frame_around_text() -> None:
    document = table([["A note in a frame."], ["Another."]])
    assert blocks(document) == [
        ("paragraph", 0, "A note in a frame."),
        ("paragraph", 0, "Another."),
    ]


def test_headers_and_footers_are_left_out() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Running header"
    document.sections[0].footer.paragraphs[0].text = "Page 1"
    document.add_paragraph("Words.")
    assert blocks(document) == [("paragraph", 0, "Words.")]


def test_footnotes_are_at_the_end() -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    document = docx.Document()
    document.add_paragraph("Words.")
    xml = (
        f'<w:footnotes {_W}><w:footnote w:type="separator"><w:p><w:r><w:t>no</w:t></w:r></w:p>'
        "</w:footnote><w:footnote><w:p><w:r><w:t>See there.</w:t></w:r></w:p></w:footnote>"
        "</w:footnotes>"
    ).encode()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, xml, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    assert blocks(document) == [("paragraph", 0, "Words."), ("paragraph", 0, "See there.")]


def test_properties_are_title_and_metadata() -> None:
    document = docx.Document()
    document.add_paragraph("Words.")
    properties = document.core_properties
    properties.title, properties.author = "On roads", "Ann Roe"
    properties.created = datetime(2021, 3, 4, 12)
    read = read_docx(saved(document))
    assert (read.title, read.metadata) == ("On roads", {"author": "Ann Roe", "date": "2021-03-04"})


@pytest.mark.parametrize(("style", "title"), [("Title", "Roads"), ("Heading 1", None)])
def test_a_title_in_the_text_goes_before_the_properties(style: str, title: str | None) -> None:
    document = docx.Document()
    document.add_paragraph("Roads", style=style)
    document.core_properties.title = "Template of the office"
    assert read_docx(saved(document)).title == title  # None: cleaning takes the first heading


def test_entities_do_not_grow_and_no_file_is_read() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a0 "ha">' + b"".join(
        b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10)
    )
    file = b'<!DOCTYPE x [<!ENTITY a9 SYSTEM "file:///etc/hostname">'
    document = docx.Document()
    document.add_paragraph("HERE")
    for declared in (bomb, file):

        def change(name: str, part: bytes, declared: bytes = declared) -> bytes:
            if name != "word/document.xml":
                return part
            start = part.index(b"<w:document")
            return part[:start] + declared + b"]>" + part[start:].replace(b"HERE", b"x&a9;")

        with suppress(UnreadableFile):
            text = "".join(b.text for b in read_docx(repacked(saved(document), change)).blocks)
            assert text in ("", "x")


def test_other_files_are_refused_by_name() -> None:
    with pytest.raises(UnreadableFile, match="Excel workbook"):
        read_docx(saved(openpyxl.Workbook()))
    with pytest.raises(UnreadableFile, match="PowerPoint"):
        read_docx(saved(pptx.Presentation()))


@pytest.mark.parametrize("data", [b"", b"words", b"PK\x03\x04words", b"\xd0\xcf\x11\xe0" * 99])
def test_what_is_no_archive_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read_docx(data)


def test_damaged_files_are_refused_or_read() -> None:
    whole = saved(table([["a", "b"], ["c", "d"]]))
    for place in range(0, len(whole), len(whole) // 150):
        with suppress(UnreadableFile):
            read_docx(whole[:place])
        with suppress(UnreadableFile):
            read_docx(whole[:place] + b"\xff\x00\xff" + whole[place + 3 :])


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "docProps/core.xml"])
@pytest.mark.parametrize("words", [b"", b"<a/>", b"words", b"<?xml version='1.0'?><w:x"])
def test_parts_of_another_kind_are_refused_or_passed_over(part: str, words: bytes) -> None:
    whole = saved(table([["a", "b"], ["c", "d"]]))
    with suppress(UnreadableFile):
        read_docx(repacked(whole, lambda name, old: words if name == part else old))
