"""PDF by PDFium: paragraphs, headings and lists rebuilt from where the words stand on the page.

A PDF has no paragraphs, only characters at places. `text.py` reads them, `furniture.py`
takes away what pages repeat, `lines.py` finds the order of lines, `measures.py` what is
usual among them, `paragraphs.py` joins them to paragraphs, `headings.py` finds the
headings, `seams.py` joins their words.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from typing import Any

from ingest.errors import UnreadableFile
from ingest.readers.damage import refusing
from ingest.readers.pdf.furniture import without_furniture
from ingest.readers.pdf.headings import mark_headings
from ingest.readers.pdf.lines import MARKER, Column, Line, reading_order
from ingest.readers.pdf.measures import body_size, measure
from ingest.readers.pdf.paragraphs import Paragraph, paragraphs
from ingest.readers.pdf.seams import Seams
from ingest.readers.pdf.text import PageText, page_text
from ingest.readers.properties import metadata, sensible_title
from ingest.readers.rough import Dropped, RoughBlock, RoughDocument

_PASSWORD = 4  # FPDF_ERR_PASSWORD
_SECURITY = 5  # FPDF_ERR_SECURITY
_DATE = re.compile(r"(?:D:)?(\d{4})(\d{2})(\d{2})")


def read_pdf(data: bytes) -> RoughDocument:
    """Blocks in reading order, each with the page it starts on and those that start inside it.

    Raises UnreadableFile when the file is damaged, encrypted, or has no text.
    """
    # Imported here because loading PDFium takes time that only those who read PDFs need spend.
    import pypdfium2

    with refusing("PDF"):
        try:
            with closing(pypdfium2.PdfDocument(data)) as pdf:
                pages = list(_pages(pdf))
                own = pdf.get_metadata_dict(skip_empty=True)
                if not any(page.lines or page.aside for page in pages):
                    raise UnreadableFile(_why_no_text(pdf))
        except pypdfium2.PdfiumError as error:
            if getattr(error, "err_code", None) in (_PASSWORD, _SECURITY):
                raise UnreadableFile("encrypted") from None
            raise
        kept = without_furniture(pages, body_size(line for page in pages for line in page.lines))
        blocks = tuple(_blocks(kept))
    return RoughDocument(
        blocks,
        sensible_title(own.get("Title")),
        marked_up=any(block.kind == "heading" for block in blocks),
        metadata=metadata(own.get("Author"), _day(own.get("CreationDate", "")))
        | {"pages": str(len(pages))},
        dropped=tuple(_dropped(pages, kept)),
    )


def _pages(pdf: Any) -> Iterator[PageText]:
    import pypdfium2

    for index in range(len(pdf)):
        try:
            page = pdf[index]
        except pypdfium2.PdfiumError:  # one damaged page does not spoil the others
            yield PageText(index + 1, 0, 0, (), ())
            continue
        with closing(page):
            yield page_text(page, index + 1)


def _why_no_text(pdf: Any) -> str:
    import pypdfium2

    for index in range(len(pdf)):
        try:
            with closing(pdf[index]) as page:
                if pypdfium2.raw.FPDFPage_CountObjects(page.raw) > 0:
                    return (
                        "a scan: its pages are pictures without text "
                        "(make it searchable with OCR first)"
                    )
        except pypdfium2.PdfiumError:
            continue
    return "no text in it: its pages are empty or damaged"


def _dropped(pages: list[PageText], kept: list[PageText]) -> Iterator[Dropped]:
    for before, after in zip(pages, kept, strict=True):
        stays = {id(line) for line in (*after.lines, *after.aside)}
        here = (*before.lines, *before.aside)
        for line in here:
            if id(line) not in stays:
                yield Dropped("repeated on pages", f"page {before.number}: {line.text}")
        if not here:
            yield Dropped("page without text (a picture, or empty)", f"page {before.number}")


def _blocks(pages: list[PageText]) -> Iterator[RoughBlock]:
    columns: list[Column] = []
    for page in pages:
        columns += reading_order(page.lines)
        columns += [Column((line,), line.left, line.right, aside=True) for line in page.aside]
    seams = Seams(line for column in columns for line in column.lines)
    measures = measure(columns)
    found = paragraphs(columns, measures)
    mark_headings(found, measures.body)
    yield from _rough(found, seams)


def _rough(found: Iterable[Paragraph], seams: Seams) -> Iterator[RoughBlock]:
    for paragraph in found:
        lines = paragraph.lines
        if paragraph.kind == "list_item":
            lines = [_without_bullet(lines[0]), *lines[1:]]
        text, pages = seams.join(lines)
        if text.strip():
            yield RoughBlock(paragraph.kind, text, paragraph.level, paragraph.gap, pages)


def _without_bullet(line: Line) -> Line:
    """Bullets are signs only; the numbers of items are words that others refer to."""
    mark = MARKER.match(line.text)
    if not mark or any(letter.isalnum() for letter in mark[0]):
        return line
    return replace(line, text=line.text[mark.end() :].lstrip())


def _day(written: str) -> date | None:
    """The day in "D:20210304120000Z"; None where it is no day of the calendar."""
    match = _DATE.match(written)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None
