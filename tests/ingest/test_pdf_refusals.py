"""PDF files as a whole: what they say of themselves, and those that cannot be read."""

from contextlib import suppress

import pytest
from reportlab.lib import pdfencrypt
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    PageBreak,
    Paragraph,
    Spacer,
)

from ingest.canonical import read_document
from ingest.errors import UnreadableFile
from ingest.readers.pdf.reader import read_pdf
from tests.ingest.pdf_files import blocks, built, by_hand, drawn, sentences


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("Report on roads", "Report on roads"),
        ("untitled", None),
        ("Microsoft Word - roads final.docx", None),
        ("roads_final.pdf", None),
        ("Straßen & Brücken", "Straßen & Brücken"),
        ("  ", None),
    ],
)
def test_the_title_is_the_file_s_own_if_it_says_something(title: str, read: str | None) -> None:
    assert read_pdf(built([Paragraph("Words.")], title=title)).title == read


def test_author_and_date_are_metadata() -> None:
    metadata = read_pdf(built([Paragraph("Words.")], author="Ann Roe")).metadata
    assert metadata["author"] == "Ann Roe"
    assert len(metadata["date"]) == len("2021-03-04")


def test_ligatures_are_letters_and_text_is_composed() -> None:
    content = b"BT /F 11 Tf 72 700 Td (The oAce of Bre and cafC) Tj ET"
    data = by_hand(content, {"A": "\ufb03", "B": "\ufb01", "C": "e\u0301"})
    assert blocks(data) == [("paragraph", "The office of fire and café")]


def test_text_from_right_to_left_is_in_the_order_of_speech() -> None:
    hebrew = dict(zip("abcdefgh", "\u05e9\u05dc\u05d5\u05dd\u05e2\u05d5\u05dc\u05de", strict=True))
    content = b"BT /F 11 Tf 372 700 Td (hgfe dcba) Tj 0 -13 Td (dcba) Tj ET"
    text = " ".join(text for _, text in blocks(by_hand(content, hebrew)))
    assert text.startswith("\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05de")


def test_a_scan_says_so() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(50, 50, 300, 300, fill=1)

    with pytest.raises(UnreadableFile, match="a scan"):
        read_pdf(drawn(draw))


def test_empty_pages_are_no_scan() -> None:
    with pytest.raises(UnreadableFile, match="no text"):
        read_pdf(drawn(lambda canvas: None))


def test_a_password_is_asked_for_only_where_one_is_needed() -> None:
    locked = pdfencrypt.StandardEncryption("secret", "owner")
    with pytest.raises(UnreadableFile, match=r"^encrypted$"):
        read_pdf(built([Paragraph("Words.")], encrypt=locked))
    opened = pdfencrypt.StandardEncryption("", "owner")
    assert blocks(built([Paragraph("Words.")], encrypt=opened)) == [("paragraph", "Words.")]


@pytest.mark.parametrize("tenth", range(10))
def test_a_file_cut_short_is_refused_or_read(tenth: int) -> None:
    whole = built([Paragraph(sentences(60))])
    with suppress(UnreadableFile):
        assert read_pdf(whole[: len(whole) * tenth // 10]).blocks


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"words", bytes(range(256)) * 40])
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match="damaged: no PDF that can be read"):
        read_pdf(data)


def test_the_canonical_text_knows_the_page_of_every_sentence() -> None:
    story = [Spacer(1, 600), Paragraph(sentences(20)), PageBreak(), Paragraph("The end is here.")]
    document = read_document("x", "roads.pdf", built(story)).document
    assert document.page_at(document.text.index("Report 0")) == 1
    assert document.page_at(document.text.index("Report 19")) == 2
    assert document.page_at(document.text.index("The end")) == 3
