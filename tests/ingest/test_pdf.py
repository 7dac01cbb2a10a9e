"""PDF: paragraphs on the right page, in reading order, without what pages repeat."""

import io
from collections.abc import Callable

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    ListFlowable,
    PageBreak,
    PageTemplate,
    Paragraph,
    SimpleDocTemplate,
    Table,
)

from ingest.readers.pdf import text as pdf_text
from ingest.readers.pdf.reader import read_pdf
from tests.ingest.pdf_files import (
    BODY,
    INDENTED,
    JUSTIFIED,
    PLACES,
    STYLES,
    blocks,
    built,
    by_hand,
    drawn,
    lines,
    page_of,
    sentences,
)


def test_paragraphs_are_whole_and_in_order() -> None:
    texts = [sentences(count, name) for count, name in ((9, "Bern"), (5, "Thun"), (7, "Biel"))]
    for style in (BODY, JUSTIFIED, INDENTED):
        read = blocks(built([Paragraph(text, style) for text in texts]))
        assert read == [("paragraph", text) for text in texts], style.name


def test_every_block_starts_on_a_page_and_pages_count_from_one() -> None:
    read = read_pdf(built([Paragraph("One."), PageBreak(), PageBreak(), Paragraph("Three.")]))
    assert [[(p.start, p.number) for p in block.pages] for block in read.blocks] == [
        [(0, 1)],
        [(0, 3)],
    ]
    assert read.metadata["pages"] == "3"


@pytest.mark.parametrize("style", [BODY, JUSTIFIED, INDENTED])
def test_a_paragraph_over_a_page_break_is_one_block(style: ParagraphStyle) -> None:
    text = sentences(150)
    (block,) = read_pdf(built([Paragraph(text, style)], topMargin=300)).blocks
    assert block.text == text
    assert [page.number for page in block.pages] == list(range(1, len(block.pages) + 1))
    assert len(block.pages) > 2
    for page in block.pages[1:]:
        assert block.text[page.start - 1] == " "
        assert not block.text[page.start].isspace()


def test_a_page_starts_inside_a_paragraph_where_its_first_word_stands() -> None:
    first = lines(
        "It was a long day and the people of the town were very tired of all this and of", y=80
    )
    second = lines("the noise in the streets, so they went home early.", y=760)
    (block,) = read_pdf(drawn(first, second)).blocks
    assert block.text[block.pages[1].start :].startswith("the noise")
    assert page_of(block, "tired") == 1
    assert page_of(block, "noise") == 2


def test_a_word_broken_over_a_page_is_on_the_page_it_ends_on() -> None:
    first = lines(
        "It was a long day and the people of the town were very tired of all infor-", y=80
    )
    second = lines("mation that they had to read.", y=760)
    (block,) = read_pdf(drawn(first, second)).blocks
    assert "all information that" in block.text
    assert block.text[block.pages[1].start :].startswith("mation that")


def test_paragraphs_that_end_with_their_page_are_not_joined() -> None:
    story = [Paragraph(sentences(3)), PageBreak(), Paragraph(sentences(3, "Thun"))]
    assert len(blocks(built(story))) == 2


def test_broken_words_are_joined_and_real_hyphens_kept() -> None:
    read = blocks(
        drawn(
            lines(
                "The ministry published its new infor-",
                "mation about the well-known and long-",
                "term plan, with COVID-",
                "19 and state-of-the-",
                "art methods and the Anglo-",
                "Saxon world. It is a long-term plan.",
            )
        )
    )
    assert read == [
        (
            "paragraph",
            "The ministry published its new information about the well-known and long-term plan, "
            "with COVID-19 and state-of-the-art methods and the Anglo-Saxon world. "
            "It is a long-term plan.",
        )
    ]


def test_columns_are_read_one_after_the_other() -> None:
    texts = [sentences(12, name) for name in ("Bern", "Thun", "Biel", "Olten", "Wil", "Zug")]
    file = io.BytesIO()
    template = BaseDocTemplate(file, pagesize=A4)
    frames = [Frame(60, 100, 230, 600), Frame(310, 100, 230, 600)]

    def header(canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.setFont("Helvetica-Bold", 20)
        if document.page == 1:
            canvas.drawString(60, 740, "A title that runs over both of the columns")

    template.addPageTemplates(PageTemplate(frames=frames, onPage=header))
    template.build([Paragraph(text, JUSTIFIED) for text in texts])
    read = read_pdf(file.getvalue())
    assert [(block.kind, block.text) for block in read.blocks] == [
        ("heading", "A title that runs over both of the columns"),
        *(("paragraph", text) for text in texts),
    ]


def test_columns_drawn_line_by_line_across_are_read_as_columns() -> None:
    left = [f"left line number {n} of the first column" for n in range(12)]
    right = [f"right line number {n} of the second one" for n in range(12)]

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        for n in range(12):
            canvas.drawString(60, 700 - 12 * n, left[n])
            canvas.drawString(310, 700 - 12 * n, right[n])

    text = " ".join(text for _, text in blocks(drawn(draw)))
    assert text == " ".join(left + right)


def furnished(canvas: Canvas, document: BaseDocTemplate) -> None:
    canvas.setFont("Helvetica", 9)
    canvas.drawString(72, 800, "Annual report of the road office")
    canvas.drawRightString(520, 800, "Confidential")
    canvas.drawCentredString(300, 40, f"Page {document.page} of 9")


def test_running_headers_and_page_numbers_are_left_out() -> None:
    text = sentences(150)
    file = io.BytesIO()
    document = SimpleDocTemplate(file, pagesize=A4)
    document.build([Paragraph(text, JUSTIFIED)], onFirstPage=furnished, onLaterPages=furnished)
    assert blocks(file.getvalue()) == [("paragraph", text)]


def test_headers_of_left_and_right_pages_are_left_out() -> None:
    def furniture(canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.setFont("Helvetica", 9)
        if document.page % 2:
            canvas.drawString(72, 800, f"{document.page}")
            canvas.drawRightString(520, 800, f"Section about {PLACES[document.page % 10]}")
        else:
            canvas.drawString(72, 800, "The book of roads")
            canvas.drawRightString(520, 800, f"{document.page}")

    text = sentences(250)
    file = io.BytesIO()
    document = SimpleDocTemplate(file, pagesize=A4)
    document.build([Paragraph(text, JUSTIFIED)], onFirstPage=furniture, onLaterPages=furniture)
    assert blocks(file.getvalue()) == [("paragraph", text)]
    dropped = read_pdf(file.getvalue()).dropped
    assert {one.reason for one in dropped} == {"repeated on pages"}
    assert "page 2: The book of roads" in [one.text for one in dropped]


def test_a_page_that_is_a_picture_is_named_and_the_others_are_read() -> None:
    read = read_pdf(drawn(lines("Words are here."), lines(), lines("And here.")))
    assert [one.text for one in read.dropped] == ["page 2"]
    assert read.dropped[0].reason.startswith("page without text")


def test_figures_at_the_same_place_of_two_pages_are_no_page_numbers() -> None:
    pages = [lines("134", f"Words about {name}.", y=780) for name in ("Bern", "Thun")]
    texts = [text for _, text in blocks(drawn(pages[0], pages[1]))]
    assert sum("134" in text for text in texts) == 2


def test_a_large_line_that_pages_repeat_is_kept_once() -> None:
    def page(n: int) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            canvas.setFont("Helvetica", 20)
            canvas.drawString(72, 780, "Road office")
            lines(*(f"Line {k} of page {n} is about the roads." for k in range(9)))(canvas)

        return draw

    texts = [text for _, text in blocks(drawn(page(1), page(2), page(3)))]
    assert texts.count("Road office") == 1


def test_headings_have_levels_by_their_size() -> None:
    story = [
        Paragraph("Report on roads", STYLES["Title"]),
        Paragraph("The north", STYLES["Heading1"]),
        Paragraph(sentences(5), BODY),
        Paragraph("Its passes", STYLES["Heading2"]),
        Paragraph(sentences(6), BODY),
        Paragraph("<b>Snow and ice</b>", BODY),
        Paragraph(sentences(7), BODY),
        Paragraph("The south", STYLES["Heading1"]),
        Paragraph(sentences(8), BODY),
    ]
    read = read_pdf(built(story))
    headings = [(block.level, block.text) for block in read.blocks if block.kind == "heading"]
    assert headings == [
        (1, "Report on roads"),
        (1, "The north"),
        (2, "Its passes"),
        (3, "Snow and ice"),
        (1, "The south"),
    ]
    assert read.marked_up


def test_a_heading_of_two_lines_is_one() -> None:
    title = "A long account of the roads of the north and of the south and of their many bridges"
    assert blocks(built([Paragraph(title, STYLES["Title"]), Paragraph(sentences(5))]))[0] == (
        "heading",
        title,
    )


def test_a_bold_word_at_the_start_makes_no_heading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_text, "_SAME_HEIGHT", 1)  # as in families of one height
    content = (
        b"BT /G 11 Tf 72 700 Td (Note ) Tj /F 11 Tf (that the road is closed) Tj"
        b" 0 -30 Td (The people of the town have been told of it in the morning.) Tj ET"
    )
    assert blocks(by_hand(content, {}))[0] == ("paragraph", "Note that the road is closed")


def test_a_document_without_large_or_bold_lines_marks_no_headings() -> None:
    assert not read_pdf(built([Paragraph(sentences(3))])).marked_up


def test_list_items_are_blocks_without_their_bullets() -> None:
    items = [sentences(n, name) for n, name in ((1, "Bern"), (3, "Thun"), (2, "Biel"))]
    story = [
        Paragraph(sentences(3)),
        ListFlowable([Paragraph(item) for item in items], bulletType="bullet", start="•"),
        Paragraph(sentences(4)),
    ]
    assert blocks(built(story)) == [
        ("paragraph", sentences(3)),
        *(("list_item", item) for item in items),
        ("paragraph", sentences(4)),
    ]


def test_a_bullet_far_from_its_text_is_its_bullet() -> None:
    def draw(canvas: Canvas) -> None:
        for number, name in enumerate(("Bern", "Thun", "Biel")):
            canvas.drawString(72, 700 - 20 * number, "•")
            canvas.drawString(120, 700 - 20 * number, f"The road to {name}.")

    assert blocks(drawn(draw)) == [
        ("list_item", "The road to Bern."),
        ("list_item", "The road to Thun."),
        ("list_item", "The road to Biel."),
    ]


def test_paragraphs_are_told_by_indents_where_their_last_lines_are_full() -> None:
    full = "The people of the town of Bern were told of the closing of the road"

    def draw(canvas: Canvas) -> None:
        for number in range(9):
            canvas.drawString(84 if number % 3 == 0 else 72, 700 - 14 * number, full + ".")

    assert [text.count("people") for _, text in blocks(drawn(draw))] == [3, 3, 3]


def test_numbered_items_keep_their_numbers() -> None:
    read = blocks(drawn(lines("1. Close the road.", "2. Tell the", "people.", "3. Open it again.")))
    assert read[0] == ("list_item", "1. Close the road.")
    assert read[-1] == ("list_item", "3. Open it again.")


def test_rows_of_a_table_are_rows() -> None:
    rows = [["City", "People", "Since"], ["Bern", "134", "1191"], ["Chur", "38", "1464"]]
    read = blocks(built([Paragraph(sentences(4)), Table(rows, colWidths=120)]))
    assert read[1:] == [("table", " | ".join(row)) for row in rows]


def test_captions_and_footnotes_do_not_cut_a_paragraph() -> None:
    def first(canvas: Canvas) -> None:
        lines("The road to the north was closed for the whole of the winter because of the", y=150)(
            canvas
        )
        canvas.setFont("Helvetica", 8)
        canvas.drawString(72, 100, "1 See the report of the road office.")

    def second(canvas: Canvas) -> None:
        lines("Figure 2: The closed road.", y=700)(canvas)
        lines("snow, and it was opened in the spring.", y=650)(canvas)

    assert blocks(drawn(first, second)) == [
        (
            "paragraph",
            "The road to the north was closed for the whole of the winter because of the snow, "
            "and it was opened in the spring.",
        ),
        ("paragraph", "1 See the report of the road office."),
        ("caption", "Figure 2: The closed road."),
    ]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turned_pages_are_read_like_others(turn: int) -> None:
    texts = [sentences(4), sentences(5, "Thun")]

    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(turn)
        width, height = A4 if turn == 180 else A4[::-1]  # as the library has it
        if turn == 90:
            canvas.translate(width, 0)
        elif turn == 180:
            canvas.translate(width, height)
        else:
            canvas.translate(0, height)
        canvas.rotate(turn)
        y = 500.0
        for text in texts:
            paragraph = Paragraph(text, BODY)
            y -= paragraph.wrap(400, 400)[1] + 12
            paragraph.drawOn(canvas, 60, y)

    assert blocks(drawn(draw)) == [("paragraph", text) for text in texts]


def test_stamps_at_the_margin_do_not_cut_a_paragraph() -> None:
    def stamp(canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.saveState()
        canvas.translate(30, 300)
        canvas.rotate(90)
        canvas.setFont("Helvetica", 12)
        if document.page == 1:
            canvas.drawString(0, 0, "Stamp of the office")
        canvas.restoreState()
        canvas.saveState()
        canvas.rotate(45)
        canvas.setFont("Helvetica", 60)
        canvas.drawString(300, 100, "DRAFT COPY")
        canvas.restoreState()

    text = sentences(150)
    file = io.BytesIO()
    document = SimpleDocTemplate(file, pagesize=A4)
    document.build([Paragraph(text, JUSTIFIED)], onFirstPage=stamp, onLaterPages=stamp)
    read = blocks(file.getvalue())
    assert ("paragraph", text) in read
    assert ("paragraph", "Stamp of the office") in read
    assert sum(words == "DRAFT COPY" for _, words in read) <= 1


def test_a_sentence_at_the_head_of_two_pages_is_text() -> None:
    again = "The buffer may be empty, and is then left as it is."
    pages = [lines(again, f"Words about {name}.", y=780) for name in ("Bern", "Thun")]
    read = read_pdf(drawn(pages[0], lines("Something else stands here.", y=780), pages[1]))
    assert [block.text.count(again) for block in read.blocks].count(1) == 2
    assert read.dropped == ()
