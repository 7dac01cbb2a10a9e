"""PowerPoint files: slide by slide, in the order they are read, each block on its slide."""

import io
from contextlib import suppress
from datetime import datetime
from typing import Any

import docx
import pptx
import pytest
from pptx.util import Cm

from ingest.errors import UnreadableFile
from ingest.readers.pptx import read_pptx


def saved(file: Any) -> bytes:
    data = io.BytesIO()
    file.save(data)
    return data.getvalue()


def blocks(presentation: Any) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in read_pptx(saved(presentation)).blocks]


def slide(presentation: Any, title: str = "", layout: int = 5) -> Any:
    made = presentation.slides.add_slide(presentation.slide_layouts[layout])
    if made.shapes.title is not None:
        made.shapes.title.text = title
    return made


def box(shapes: Any, text: str, left: float, top: float) -> None:
    shapes.add_textbox(Cm(left), Cm(top), Cm(4), Cm(1)).text_frame.text = text


def test_titles_are_headings_and_pages_are_slides() -> None:
    presentation = pptx.Presentation()
    for name in ("One", "Two", "Three"):
        box(slide(presentation, name).shapes, f"Words of {name}.", 2, 8)
    presentation.slides[1]._element.set("show", "0")  # hidden
    read = read_pptx(saved(presentation)).blocks
    assert [(b.kind, b.level, b.text) for b in read[:2]] == [
        ("heading", 2, "One"),
        ("paragraph", 0, "Words of One."),
    ]
    assert [[(p.start, p.number) for p in b.pages] for b in read] == [
        [(0, number)] for number in (1, 1, 2, 2, 3, 3)
    ]


def test_shapes_are_read_from_top_to_bottom_and_left_to_right() -> None:
    presentation = pptx.Presentation()
    shapes = slide(presentation, "Title").shapes
    box(shapes, "below", 2, 12)
    box(shapes, "right", 12, 8.2)
    box(shapes, "left", 2, 8.3)
    assert [text for _, text in blocks(presentation)] == ["Title", "left", "right", "below"]


def test_groups_are_opened_and_kept_together() -> None:
    presentation = pptx.Presentation()
    shapes = slide(presentation, "Title").shapes
    group = shapes.add_group_shape()
    box(group.shapes, "in 2", 12, 10)
    box(group.shapes, "in 1", 12, 8)
    inner = group.shapes.add_group_shape()
    box(inner.shapes, "deep", 12, 12)
    box(shapes, "after", 2, 14)
    assert [text for _, text in blocks(presentation)] == ["Title", "in 1", "in 2", "deep", "after"]


def test_paragraphs_of_a_placeholder_are_items() -> None:
    presentation = pptx.Presentation()
    frame = slide(presentation, "Title", 1).placeholders[1].text_frame
    frame.text = "one\ntwo"
    frame.add_paragraph().text = "three\vmore"
    assert blocks(presentation)[1:] == [
        ("list_item", "one"),
        ("list_item", "two"),
        ("list_item", "three\nmore"),
    ]


def test_tables_have_the_names_of_their_columns() -> None:
    presentation = pptx.Presentation()
    frame = slide(presentation).shapes.add_table(3, 2, Cm(1), Cm(8), Cm(9), Cm(3))
    texts = ("City", "People", "Bern", "134", "Chur", "38")
    for cell, text in zip(frame.table.iter_cells(), texts, strict=True):
        cell.text = text
    assert blocks(presentation) == [
        ("table", "City: Bern; People: 134"),
        ("table", "City: Chur; People: 38"),
    ]
    frame.table.first_row = False
    assert blocks(presentation)[0] == ("table", "City | People")
    frame.table.cell(1, 0).merge(frame.table.cell(2, 0))
    frame.table.cell(2, 0).text = "under the merged cell"
    assert blocks(presentation)[2] == ("table", "38")


def test_notes_are_paragraphs_of_their_slide() -> None:
    presentation = pptx.Presentation()
    slide(presentation, "Title").notes_slide.notes_text_frame.text = "Say this.\nAnd that."
    slide(presentation, "Next")
    assert blocks(presentation) == [
        ("heading", "Title"),
        ("paragraph", "Say this."),
        ("paragraph", "And that."),
        ("heading", "Next"),
    ]


def test_the_title_is_the_file_s_own_or_the_first_slide_s() -> None:
    presentation = pptx.Presentation()
    slide(presentation, "On roads")
    presentation.core_properties.title = "PowerPoint Presentation"
    assert read_pptx(saved(presentation)).title == "On roads"
    presentation.core_properties.title = "Roads of the north"
    presentation.core_properties.author = "Ann Roe"
    presentation.core_properties.created = datetime(2021, 3, 4)
    read = read_pptx(saved(presentation))
    assert read.title == "Roads of the north"
    assert read.metadata == {"author": "Ann Roe", "date": "2021-03-04"}


def test_other_files_are_refused_by_name() -> None:
    with pytest.raises(UnreadableFile, match="Word file"):
        read_pptx(saved(docx.Document()))


@pytest.mark.parametrize("data", [b"", b"words", b"PK\x03\x04words", b"\xd0\xcf\x11\xe0" * 99])
def test_what_is_no_archive_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read_pptx(data)


def test_damaged_files_are_refused_or_read() -> None:
    presentation = pptx.Presentation()
    slide(presentation, "On roads")
    whole = saved(presentation)
    for place in range(0, len(whole), len(whole) // 60):
        with suppress(UnreadableFile):
            read_pptx(whole[:place])
        with suppress(UnreadableFile):
            read_pptx(whole[:place] + b"\xff\x00\xff" + whole[place + 3 :])
