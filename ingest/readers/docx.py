"""Word files (.docx) by python-docx: paragraphs, lists and tables in the order of the body.

The text is taken from the XML: python-docx itself passes over content controls, tracked
insertions, text boxes and notes.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from ingest.errors import UnreadableFile
from ingest.readers.archive import open_archive
from ingest.readers.damage import refusing
from ingest.readers.docx_styles import Style, Styles, number_of, value_of, w
from ingest.readers.header_rows import header_of_table
from ingest.readers.properties import office_properties
from ingest.readers.rough import RoughBlock, RoughDocument
from ingest.readers.table import table_blocks
from ingest.readers.text import normalise

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXT_BOX = w("txbxContent")
# Deleted text, moved text at its old place, readings above letters, the same text for old Words.
_SKIPPED = frozenset({w("del"), w("moveFrom"), w("rt"), w("pPr"), w("sectPr"), _FALLBACK})
_MOST_SPAN = 100  # columns


def read_docx(data: bytes) -> RoughDocument:
    """Blocks in the body's order, the notes at the end.

    Raises UnreadableFile when the file is damaged, encrypted, or no Word file.
    """
    open_archive(data).close()
    # Imported here because it takes time that only those who read Word files need spend.
    import docx
    from docx.opc.constants import RELATIONSHIP_TYPE as RELATIONS
    from docx.oxml import parse_xml

    with refusing("Word file"):
        try:
            document = docx.Document(io.BytesIO(data))
        except ValueError as error:
            raise UnreadableFile(_what_else(str(error))) from None
        part = document.part
        body = _Body(Styles(document.styles.element))
        blocks = list(body.blocks(document.element.body))
        for relation in (RELATIONS.FOOTNOTES, RELATIONS.ENDNOTES):
            for link in part.rels.values():
                if link.reltype == relation and not link.is_external:
                    blocks += body.notes(parse_xml(link.target_part.blob))
        title, metadata = office_properties(part, RELATIONS.CORE_PROPERTIES)
    return RoughDocument(
        tuple(blocks), body.title or _title(blocks, title), marked_up=True, metadata=metadata
    )


def _title(blocks: list[RoughBlock], own: str | None) -> str | None:
    """The file's own title, unless the text starts with one."""
    return None if blocks and blocks[0].level == 1 else own


def _what_else(said: str) -> str:
    if "spreadsheetml" in said:
        return "no Word file, but an Excel workbook: name it .xlsx"
    if "presentationml" in said:
        return "no Word file, but a PowerPoint presentation: name it .pptx"
    if "macroEnabled" in said or "template" in said:
        return "a Word template or a file with macros: save it as .docx"
    return "no Word file"


@dataclass
class _Body:
    styles: Styles
    title: str | None = None
    """The first paragraph in the style "Title"."""

    def blocks(self, parent: Any) -> Iterator[RoughBlock]:
        """Paragraphs and tables below an element, in order, wrappers opened."""
        for child in parent:
            if child.tag == w("p"):
                yield from self._paragraph(child)
            elif child.tag == w("tbl"):
                yield from self._table(child)
            elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
                yield from self.blocks(child)

    def notes(self, notes: Any) -> Iterator[RoughBlock]:
        for note in notes:
            if note.get(w("type"), "normal") == "normal":
                yield from self.blocks(note)

    def _paragraph(self, paragraph: Any) -> Iterator[RoughBlock]:
        boxes: list[Any] = []
        text = normalise("".join(_words(paragraph, boxes))).strip()
        style = self.styles.of_paragraph(paragraph)
        if text and style.kind != "contents":
            yield self._block(text, style)
        for box in boxes:
            yield from self.blocks(box)

    def _block(self, text: str, style: Style) -> RoughBlock:
        if style.kind == "title":
            self.title = self.title or " ".join(text.split())
            return RoughBlock("heading", text, 1)
        if style.kind == "heading":
            return RoughBlock("heading", text, style.level)
        kinds = {"list_item": "list_item", "caption": "caption"}
        return RoughBlock(kinds.get(style.kind, "paragraph"), text)  # type: ignore[arg-type]

    def _table(self, table: Any) -> Iterator[RoughBlock]:
        rows = [row for row in _below(table, w("tr")) if not _is_deleted(row)]
        cells = [list(_below(row, w("tc"))) for row in rows]
        if all(len(row) == 1 for row in cells):  # a frame around text
            for row in cells:
                yield from chain.from_iterable(map(self.blocks, row))
            return
        inner: list[Any] = []
        texts = [[text for cell in row_cells for text in _cell(cell, inner)] for row_cells in cells]
        for row, row_texts in zip(rows, texts, strict=True):
            row_texts[:0] = [""] * min(_MOST_SPAN, number_of(row, "trPr", "gridBefore") or 0)
        marked = bool(rows) and value_of(rows[0], "trPr", "tblHeader") not in (None, "0", "false")
        header, below = header_of_table(texts, marked)
        yield from table_blocks(below, header)
        for element in inner:
            wrapped = self._table if element.tag == w("tbl") else self.blocks
            yield from wrapped(element)


def _cell(cell: Any, inner: list[Any]) -> list[str]:
    """A cell's text and empty cells for the columns it spans; tables in it go to `inner`."""
    span = max(1, min(_MOST_SPAN, number_of(cell, "tcPr", "gridSpan") or 1))
    if value_of(cell, "tcPr", "vMerge") in ("", "continue"):  # goes on from the row above
        return [""] * span
    paragraphs = [normalise("".join(_words(p, inner))) for p in _below(cell, w("p"))]
    inner += _below(cell, w("tbl"))
    return [" ".join(paragraphs), *[""] * (span - 1)]


def _below(element: Any, tag: str) -> Iterator[Any]:
    """Elements of a tag, those in wrappers (content controls, insertions) too, but none inside
    another table, row, cell or paragraph."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in (w("sdt"), w("sdtContent"), w("customXml"), w("ins"), w("smartTag")):
            yield from _below(child, tag)


def _is_deleted(row: Any) -> bool:
    return row.find(f"{w('trPr')}/{w('del')}") is not None


def _words(element: Any, boxes: list[Any]) -> Iterator[str]:
    """The text of a paragraph's parts; text boxes in it go to `boxes`."""
    for child in element:
        tag = child.tag
        if tag in (w("t"), _MATH):
            yield child.text or ""
        elif tag in (w("br"), w("cr")):
            yield "\n" if child.get(w("type"), "textWrapping") == "textWrapping" else " "
        elif tag in (w("tab"), w("ptab")):
            yield " "
        elif tag == w("noBreakHyphen"):
            yield "-"
        elif tag == _TEXT_BOX:
            boxes.append(child)
        elif tag == w("r") and value_of(child, "rPr", "vanish") not in (None, "0", "false"):
            continue
        elif isinstance(tag, str) and tag not in _SKIPPED:
            yield from _words(child, boxes)
