"""PDF files for tests, made by ReportLab."""

import io
from collections.abc import Callable, Sequence

from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    Flowable,
    SimpleDocTemplate,
)

from ingest.readers.pdf.reader import read_pdf
from ingest.readers.rough import RoughBlock

STYLES = getSampleStyleSheet()
BODY = STYLES["BodyText"]
JUSTIFIED = ParagraphStyle("justified", BODY, alignment=TA_JUSTIFY)
INDENTED = ParagraphStyle("indented", JUSTIFIED, firstLineIndent=14, spaceBefore=0)
PLACES = [
    "Aarau",
    "Baden",
    "Chur",
    "Davos",
    "Erlach",
    "Fribourg",
    "Geneva",
    "Horgen",
    "Ilanz",
    "Jona",
]


def sentences(count: int, name: str = "Bern") -> str:
    """Text whose every sentence can be told from all others."""
    return " ".join(
        f"Report {number} from {name} says that the road to {PLACES[number % 10]} was closed."
        for number in range(count)
    )


def built(story: Sequence[Flowable], **options: object) -> bytes:
    file = io.BytesIO()
    SimpleDocTemplate(file, pagesize=A4, **options).build(list(story))
    return file.getvalue()


def drawn(*pages: Callable[[Canvas], None], **options: object) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, **options)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def lines(*texts: str, x: float = 72, y: float = 700, step: float = 13) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 11)
        for number, text in enumerate(texts):
            canvas.drawString(x, y - number * step, text)

    return draw


def blocks(data: bytes) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in read_pdf(data).blocks]


def page_of(block: RoughBlock, words: str) -> int:
    at = block.text.index(words)
    return max(page.number for page in block.pages if page.start <= at)


def by_hand(content: bytes, unicodes: dict[str, str]) -> bytes:
    """A PDF whose font says which Unicode each letter of its content stands for."""
    pairs = "".join(
        f"<{ord(letter):02x}> <{text.encode('utf-16-be').hex()}>\n"
        for letter, text in unicodes.items()
    )
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap "
        "1 begincodespacerange <00> <ff> endcodespacerange\n"
        f"{len(unicodes)} beginbfchar\n{pairs}endbfchar\nendcmap end end"
    ).encode()
    widths = b"/FirstChar 0 /LastChar 255 /FontDescriptor 8 0 R /Widths [%s]" % (b"500 " * 256)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R "
        b"/Resources << /Font << /F 5 0 R /G 7 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Made /ToUnicode 6 0 R %s >>" % widths,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(cmap), cmap),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Made-Bold %s >>" % widths,
        b"<< /Type /FontDescriptor /FontName /Made /Flags 32 /Ascent 700 /Descent -200"
        b" /FontBBox [0 -200 1000 700] /ItalicAngle 0 /CapHeight 700 /StemV 80 >>",
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n + 1, o) for n, o in enumerate(objects))
    return b"%PDF-1.7\n" + body + b"trailer << /Root 1 0 R /Size 9 >>\n%%EOF"
