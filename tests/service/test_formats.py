"""Every format, written by the libraries that people write it with, gives true footnotes."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import docx
import httpx
import openpyxl
import pptx
import pypdfium2
import pytest
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

from ingest.readers import READERS
from ingest.run import run
from ingest.settings import IngestSettings
from tests.conftest import serving

FILLER = (
    "People of the valley have told one another about it for a long time, and many of them still "
    "do when the evenings grow long and the work in the fields is done."
)


def words(place: str, metres: int) -> list[str]:
    """Paragraphs about a tower that is somewhere else in every format."""
    return [
        f"The tower of {place} stands on a hill.",
        FILLER,
        f"The tower of {place} is {metres} metres tall.",
    ]


def plain(place: str, metres: int) -> bytes:
    return "\n\n".join(words(place, metres)).encode()


def html(place: str, metres: int) -> bytes:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in words(place, metres))
    return (
        f"<html><head><title>{place}</title><meta name='author' content='Ida Holm'></head><body>"
        f"<nav><a href='/'>Home</a> <a href='/t'>Towers of {place} is 1 metres tall.</a></nav>"
        f"<article><h1>About {place}</h1>{body}</article><footer>Share</footer></body></html>"
    ).encode()


def pdf(place: str, metres: int) -> bytes:
    style = getSampleStyleSheet()
    first, filler, fact = words(place, metres)
    story: list[Any] = [Paragraph(f"About {place}", style["Title"])]
    story += [Paragraph(f"{first} {FILLER}", style["BodyText"]), PageBreak()]
    story += [Paragraph(f"{filler} Second page.", style["BodyText"]), PageBreak()]
    story += [Paragraph(fact, style["BodyText"])]
    made = io.BytesIO()
    SimpleDocTemplate(made).build(story)
    return made.getvalue()


def word(place: str, metres: int) -> bytes:
    made = docx.Document()
    made.add_heading(f"About {place}", 1)
    for paragraph in words(place, metres):
        made.add_paragraph(paragraph)
    return saved(made)


def slides(place: str, metres: int) -> bytes:
    made = pptx.Presentation()
    for number, paragraph in enumerate(words(place, metres)):
        slide = made.slides.add_slide(made.slide_layouts[1])
        slide.shapes.title.text = f"About {place} {number}"
        slide.placeholders[1].text = paragraph
    return saved(made)


def sheet(place: str, metres: int) -> bytes:
    made = openpyxl.Workbook()
    for row in rows(place, metres):
        made.active.append(row)
    return saved(made)


def rows(place: str, metres: int) -> list[list[str | int]]:
    return [["Tower", "Metres tall"], [place, metres], ["Vansbro", 12], ["Skellet", 9]]


def separated(place: str, metres: int, delimiter: str = ",") -> bytes:
    made = io.StringIO()
    csv.writer(made, delimiter=delimiter).writerows(rows(place, metres))
    return made.getvalue().encode()


def record(place: str, metres: int) -> bytes:
    text = "\n\n".join(words(place, metres))
    return json.dumps({"title": f"About {place}", "text": text, "author": "Ida Holm"}).encode()


def records(place: str, metres: int) -> bytes:
    lines = [{"id": n, "text": paragraph} for n, paragraph in enumerate(words(place, metres))]
    return "\n".join(map(json.dumps, lines)).encode()


def mail(place: str, metres: int) -> bytes:
    made = EmailMessage()
    made["Subject"], made["From"] = f"About {place}", "Ida Holm <ida@holm.example>"
    made.set_content("\n\n".join(words(place, metres)))
    return made.as_bytes()


def book(place: str, metres: int) -> bytes:
    chapters = [f"<html><body><p>{text}</p></body></html>" for text in words(place, metres)]
    items = "".join(
        f'<item id="c{n}" href="c{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(3)
    )
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(3))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">'
            '<rootfiles><rootfile full-path="book/a.opf" '
            'media-type="application/oebps-package+xml"/></rootfiles></container>',
        )
        archive.writestr(
            "book/a.opf",
            '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>About {place}</dc:title>'
            f"</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>",
        )
        for number, chapter in enumerate(chapters):
            archive.writestr(f"book/c{number}.xhtml", chapter)
    return made.getvalue()


def saved(made: Any) -> bytes:
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def fact(place: str, metres: int) -> str:
    return words(place, metres)[-1]


def row(place: str, metres: int) -> str:
    return f"Tower: {place}; Metres tall: {metres}"


FORMATS: dict[str, tuple[Callable[[str, int], bytes], str, Callable[[str, int], str], int | None]]
FORMATS = {  # how it is written, where the tower is, what is cited, the page it is on
    ".txt": (plain, "Arbon", fact, None),
    ".md": (plain, "Brimholm", fact, None),
    ".html": (html, "Caldry", fact, None),
    ".pdf": (pdf, "Dunmore", fact, 3),
    ".docx": (word, "Elsin", fact, None),
    ".pptx": (slides, "Farnby", fact, 3),
    ".xlsx": (sheet, "Gorvik", row, None),
    ".csv": (separated, "Halden", row, None),
    ".tsv": (lambda place, metres: separated(place, metres, "\t"), "Ivarsund", row, None),
    ".json": (record, "Jorby", fact, None),
    ".jsonl": (records, "Kessel", fact, None),
    ".eml": (mail, "Lomma", fact, None),
    ".epub": (book, "Mirow", fact, None),
}
ALIASES = {".text", ".markdown", ".htm", ".xhtml", ".ndjson", ".xls", ".ods"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a file of every format."""
    folder = tmp_path_factory.mktemp("formats")
    for number, (suffix, (write, place, _, _)) in enumerate(FORMATS.items()):
        (folder / f"tower{suffix}").write_bytes(write(place, 40 + number))
    return folder


@pytest.fixture(scope="module")
def server(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    place = tmp_path_factory.mktemp("index") / "index"
    report = run(IngestSettings(index=str(place)), [str(made)])
    assert report.skipped == [] and len(report.added) == len(FORMATS)
    with serving(place) as server:
        yield server


def test_every_format_is_here() -> None:
    assert FORMATS.keys() | ALIASES == READERS.keys()


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_document_answers_with_words_that_are_in_its_file(
    server: httpx.Client, suffix: str
) -> None:
    _, place, cited, page = FORMATS[suffix]
    metres = 40 + list(FORMATS).index(suffix)
    asked = {"question": f"How many metres tall is the tower of {place}?"}
    answer = server.post("/v1/ask", json=asked).json()
    citation = answer["citations"][0]
    assert citation["source"] == f"tower{suffix}"
    assert citation["cited_text"] == cited(place, metres)
    assert citation["page"] == page
    text = server.get(f"/v1/documents/{citation['document_id']}").json()["text"]
    start, end = citation["start_char_index"], citation["end_char_index"]
    assert text[start:end] == citation["cited_text"]


def test_the_cited_page_of_a_pdf_has_the_words(server: httpx.Client, made: Path) -> None:
    asked = {"question": "How many metres tall is the tower of Dunmore?"}
    citation = server.post("/v1/ask", json=asked).json()["citations"][0]
    page = pypdfium2.PdfDocument(made / "tower.pdf")[citation["page"] - 1]
    assert citation["cited_text"] in " ".join(page.get_textpage().get_text_range().split())


def test_what_a_source_says_of_itself_is_kept(server: httpx.Client) -> None:
    listed = server.get("/v1/documents").json()["documents"]
    by_source = {document["source"]: document for document in listed}
    assert by_source["tower.html"]["metadata"]["author"] == "Ida Holm"
    assert by_source["tower.json"]["metadata"]["author"] == "Ida Holm"
    assert by_source["tower.eml"]["metadata"]["from"] == "Ida Holm <ida@holm.example>"
    titles = {source: document["title"] for source, document in by_source.items()}
    for source, place in (
        ("docx", "Elsin"),
        ("epub", "Mirow"),
        ("eml", "Lomma"),
        ("json", "Jorby"),
    ):
        assert titles[f"tower.{source}"] == f"About {place}"
