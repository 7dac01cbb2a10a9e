"""The layout of PDF pages as functions over lines: order, furniture, seams."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.pdf.furniture import without_furniture
from ingest.readers.pdf.lines import Column, Line, reading_order
from ingest.readers.pdf.measures import measure
from ingest.readers.pdf.paragraphs import paragraphs
from ingest.readers.pdf.seams import Seams
from ingest.readers.pdf.text import PageText


def line(text: str, left: float = 70, base: float = 100, page: int = 1, size: float = 10) -> Line:
    return Line(text, left, left + size / 2 * len(text), base, size, False, page)


def texts(columns: list[Column]) -> list[list[str]]:
    return [[line.text for line in column.lines] for column in columns]


def test_what_runs_across_separates_the_columns_above_and_below() -> None:
    pieces = [line("A title that runs across both of the columns of the page here", 70, 50)]
    pieces += [line(f"upper left line number {n}", 70, 100 + 12 * n) for n in range(5)]
    pieces += [line(f"upper right line number {n}", 300, 100 + 12 * n) for n in range(5)]
    pieces += [line("A figure that runs across both of the columns of the page here", 70, 200)]
    pieces += [line(f"lower left line number {n}", 70, 220 + 12 * n) for n in range(5)]
    pieces += [line(f"lower right line number {n}", 300, 220 + 12 * n) for n in range(5)]
    firsts = [column[0].rsplit(" ", 1)[0] for column in texts(reading_order(pieces))]
    assert firsts == [
        "A title that runs across both of the columns of the page",
        "upper left line number",
        "upper right line number",
        "A figure that runs across both of the columns of the page",
        "lower left line number",
        "lower right line number",
    ]


def test_three_columns_are_read_one_after_the_other() -> None:
    pieces = [
        line(f"column {column} its line {row}", 50 + 170 * column, 100 + 12 * row)
        for row in range(8)
        for column in range(3)
    ]
    assert [column[0] for column in texts(reading_order(pieces))] == [
        f"column {column} its line 0" for column in range(3)
    ]


def test_short_cells_are_no_columns() -> None:
    pieces = [
        line(f"{a}{row}", x, 100 + 12 * row)
        for row in range(8)
        for a, x in zip("ab", (70, 300), strict=True)
    ]
    assert texts(reading_order(pieces)) == [[f"a{row} | b{row}" for row in range(8)]]


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("the infor\u00ad", "mation", "the information"),
        ("the infor-", "mation", "the information"),
        ("a self-", "made man", "a self-made man"),
        ("in the year 3-", "4", "in the year 3-4"),
        ("Anglo-", "Saxon", "Anglo-Saxon"),
        ("a dash -", "and more", "a dash - and more"),
        ("one—", "two", "one—two"),
        ("see https://example.org/", "path", "see https://example.org/path"),
        ("see https://example.org/a-", "b", "see https://example.org/a-b"),
        ("漢字が", "続く", "漢字が続く"),
        ("words", "words", "words words"),
        ("e", "\u0301x", "e \u0301x"),
    ],
)
def test_seams(before: str, after: str, joined: str) -> None:
    lines = [line(before), line(after, base=112)]
    assert Seams(lines).join(lines)[0] == joined


def test_the_document_s_own_words_tell_real_hyphens() -> None:
    lines = [line("a clock-"), line("work toy")]
    assert Seams(lines).join(lines)[0] == "a clockwork toy"
    seen = [*lines, line("some clock-work")]
    assert Seams(seen).join(lines)[0] == "a clock-work toy"


@given(st.lists(st.text(min_size=1, max_size=12).map(str.strip).filter(bool), min_size=1))
def test_seams_keep_texts_composed_and_pages_in_order(words: list[str]) -> None:
    lines = [
        line(unicodedata.normalize("NFC", word), page=number // 2)
        for number, word in enumerate(words)
    ]
    text, pages = Seams(lines).join(lines)
    assert unicodedata.is_normalized("NFC", text)
    assert [page.number for page in pages] == sorted({line.page for line in lines})
    for page in pages:
        first = next(line for line in lines if line.page == page.number)
        assert text[page.start :].startswith(first.text[:-1])


def test_roman_page_numbers_and_watermarks_are_furniture() -> None:
    pages = [
        PageText(
            number,
            0,
            800,
            (line(f"Words of {name} for this page.", page=number), line(roman, 300, 780, number)),
            (line("DRAFT", page=number),),
        )
        for number, roman, name in ((1, "iii", "Bern"), (2, "iv", "Thun"), (3, "v", "Biel"))
    ]
    assert [
        [line.text for line in (*page.lines, *page.aside)] for page in without_furniture(pages, 10)
    ] == [[f"Words of {name} for this page."] for name in ("Bern", "Thun", "Biel")]


place = st.floats(-1e6, 1e6, allow_nan=False)
pieces = st.builds(
    Line,
    text=st.text(min_size=1, max_size=30).map(str.strip).filter(bool),
    left=place,
    right=place,
    base=place,
    size=st.floats(0.1, 1e4),
    bold=st.booleans(),
    page=st.just(1),
)


@given(st.lists(pieces, max_size=40))
def test_no_piece_of_any_page_is_lost(found: list[Line]) -> None:
    columns = reading_order(found)
    joined = "".join(line.text for column in columns for line in column.lines)
    counted = sorted(joined.replace(" | ", "").replace(" ", ""))
    assert counted == sorted("".join(p.text for p in found).replace(" | ", "").replace(" ", ""))
    blocks = paragraphs(columns, measure(columns))
    assert sum(len(block.lines) for block in blocks) == sum(len(c.lines) for c in columns)
