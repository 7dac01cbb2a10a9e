"""PowerPoint files (.pptx) by python-pptx: slide by slide, each shape in reading order."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from ingest.documents import BlockKind, PageStart
from ingest.errors import UnreadableFile
from ingest.readers.archive import open_archive
from ingest.readers.damage import refusing
from ingest.readers.header_rows import header_of_table
from ingest.readers.properties import office_properties, sensible_title
from ingest.readers.rough import RoughBlock, RoughDocument
from ingest.readers.table import table_blocks
from ingest.readers.text import normalise

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_FIELDS = ("slidenum", "datetime")  # what programs fill in
_ROW = 200_000  # EMU, about half a centimetre: shapes less apart are beside each other
_DEEPEST = 20  # groups in groups


def read_pptx(data: bytes) -> RoughDocument:
    """Blocks by slides; the page of each is the slide's number, hidden slides counted.

    Raises UnreadableFile when the file is damaged, encrypted, or no PowerPoint file.
    """
    open_archive(data).close()
    # Imported here because it takes time that only those who read PowerPoint files need spend.
    import pptx
    from pptx.opc.constants import RELATIONSHIP_TYPE as RELATIONS

    with refusing("PowerPoint file"):
        try:
            presentation = pptx.Presentation(io.BytesIO(data))
        except ValueError as error:
            raise UnreadableFile(_what_else(str(error))) from None
        slides = [list(_slide(slide)) for slide in presentation.slides]
        title, metadata = office_properties(presentation.part, RELATIONS.CORE_PROPERTIES)
    blocks = [
        replace(block, pages=(PageStart(0, number),))
        for number, found in enumerate(slides, 1)
        for block in found
    ]
    if title is None and slides:
        title = next((block.text for block in slides[0] if block.kind == "heading"), None)
    return RoughDocument(tuple(blocks), sensible_title(title), marked_up=True, metadata=metadata)


def _what_else(said: str) -> str:
    if "spreadsheetml" in said:
        return "no PowerPoint file, but an Excel workbook: name it .xlsx"
    if "wordprocessingml" in said:
        return "no PowerPoint file, but a Word file: name it .docx"
    return "no PowerPoint file"


def _slide(slide: Any) -> Iterator[RoughBlock]:
    title = slide.shapes.title
    if title is not None:
        text = " ".join(_text_of(title._element).split())
        if text:
            yield RoughBlock("heading", text, 2)
    for shape in _in_order(slide.shapes):
        if title is None or shape.shape_id != title.shape_id:
            yield from _shape(shape)
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        for paragraph in slide.notes_slide.notes_text_frame._txBody.iterchildren(_DRAWING + "p"):
            yield from _paragraph(paragraph, "paragraph")


def _in_order(shapes: Iterable[Any], depth: int = 0) -> Iterator[Any]:
    """Shapes from top to bottom, beside each other from left to right; groups kept together."""
    placed = sorted(((shape.top or 0, shape.left or 0), n, shape) for n, shape in enumerate(shapes))
    rows: list[list[tuple[int, int, Any]]] = []
    start = 0
    for (top, left), number, shape in placed:
        if not rows or top - start > _ROW:
            rows.append([])
            start = top
        rows[-1].append((left, number, shape))
    for row in rows:
        for _, _, shape in sorted(row):
            inner = getattr(shape, "shapes", None)
            if inner is None:
                yield shape
            elif depth < _DEEPEST:
                yield from _in_order(inner, depth + 1)


def _shape(shape: Any) -> Iterator[RoughBlock]:
    if getattr(shape, "has_table", False):
        yield from _table(shape._element)
    elif shape.has_text_frame and not _is_furniture(shape):
        body = shape.text_frame._txBody
        paragraphs = [p for p in body.iterchildren(_DRAWING + "p") if _text_of(p).strip()]
        is_list = shape.is_placeholder and len(paragraphs) > 1
        for paragraph in paragraphs:
            yield from _paragraph(paragraph, _kind(paragraph, is_list))


def _is_furniture(shape: Any) -> bool:
    """Whether it is the date, the footer or the number of a slide."""
    from pptx.enum.shapes import PP_PLACEHOLDER as PLACEHOLDER

    return shape.is_placeholder and shape.placeholder_format.type in (
        PLACEHOLDER.DATE,
        PLACEHOLDER.FOOTER,
        PLACEHOLDER.SLIDE_NUMBER,
        PLACEHOLDER.HEADER,
    )


def _kind(paragraph: Any, in_list: bool) -> BlockKind:
    """Placeholders for text have bullets by themselves; elsewhere paragraphs say so."""
    properties = paragraph.find(_DRAWING + "pPr")
    if properties is not None:
        if any(properties.find(_DRAWING + tag) is not None for tag in ("buChar", "buAutoNum")):
            return "list_item"
        if properties.find(_DRAWING + "buNone") is not None:
            return "paragraph"
    return "list_item" if in_list else "paragraph"


def _paragraph(paragraph: Any, kind: BlockKind) -> Iterator[RoughBlock]:
    text = _text_of(paragraph).strip()
    if text:
        yield RoughBlock(kind, text)


def _text_of(element: Any) -> str:
    """The text of a paragraph, or of all paragraphs in an element, each on its line."""
    parts: list[str] = []
    for part in element.iter(_DRAWING + "p", _DRAWING + "t", _DRAWING + "br"):
        tag = part.tag
        if tag == _DRAWING + "t":
            field = part.getparent()
            if not (field.tag == _DRAWING + "fld" and field.get("type", "").startswith(_FIELDS)):
                parts.append(part.text or "")
        elif parts:
            parts.append("\n")
    return normalise("".join(parts))


def _table(frame: Any) -> Iterator[RoughBlock]:
    table = next(frame.iter(_DRAWING + "tbl"), None)
    if table is None:
        return
    rows = [
        [text for cell in row.iterchildren(_DRAWING + "tc") for text in _cell(cell)]
        for row in table.iterchildren(_DRAWING + "tr")
    ]
    properties = table.find(_DRAWING + "tblPr")
    marked = properties is not None and properties.get("firstRow") in ("1", "true")
    header, below = header_of_table(rows, marked)
    yield from table_blocks(below, header)


def _cell(cell: Any) -> list[str]:
    """A cell's text; merged cells are there for each column and row, but empty."""
    if cell.get("hMerge") in ("1", "true") or cell.get("vMerge") in ("1", "true"):
        return [""]
    return [_text_of(cell)]
