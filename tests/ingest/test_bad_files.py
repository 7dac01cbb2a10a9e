"""Bad files: each is skipped with its reason, all others go in, exit code 1."""

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from ingest.index import open_index

GOOD = "The mill by the river was closed in 1931."
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def word() -> bytes:
    made = docx.Document()
    made.add_paragraph(GOOD)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def sheet() -> bytes:
    made = openpyxl.Workbook()
    made.active.append(["Mill", 1931])
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def pdf(encrypted: bool = False, text: str = GOOD) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, encrypt=StandardEncryption("secret") if encrypted else None)
    canvas.drawString(72, 700, text)
    if not text:
        canvas.rect(72, 72, 400, 600, fill=1)
    canvas.save()
    return stream.getvalue()


def bomb(inside: bytes, part: str) -> bytes:
    """An Office file one of whose parts unpacks to 300 MB of spaces."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(inside)) as given,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in given.namelist():
            data = given.read(name)
            made.writestr(name, data + b" " * 300_000_000 if name == part else data)
    return stream.getvalue()


def locked() -> bytes:
    """A zip container whose entries are marked as encrypted."""
    data = bytearray(word())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "cut.docx": (lambda: word()[:3000], "damaged"),
    "cut.xlsx": (lambda: sheet()[:-200], "damaged"),
    "cut.pdf": (lambda: pdf()[:60], "damaged"),
    "noise.pdf": (lambda: b"%PDF-1.7\n" + os.urandom(5000), "damaged"),
    "noise.epub": (lambda: b"PK\x03\x04" + os.urandom(5000), "damaged"),
    "noise.txt": (lambda: os.urandom(5000), "binary data"),
    "noise.html": (lambda: b"\0" + os.urandom(5000), "binary data"),
    "broken.json": (lambda: b'{"text": "words', "not JSON at line 1"),
    "broken.jsonl": (lambda: b'{"text": "words"}\n{"text":', "not JSON at line 2"),
    "nested.json": (lambda: b"[" * 200_000, "nested too deeply"),
    "secret.pdf": (lambda: pdf(encrypted=True), "encrypted"),
    "secret.docx": (locked, "encrypted"),
    "protected.xlsx": (lambda: OLE + bytes(5000), "encrypted"),
    "scan.pdf": (lambda: pdf(text=""), "a scan"),
    "empty.docx": (lambda: b"", "the file is empty"),
    "blank.txt": (lambda: b" \n\n\t\n", "the file is empty"),
    "wrong.txt": (pdf, "named .txt, but it is a PDF"),
    "wrong.md": (word, "named .md, but it is a zip container"),
    "wrong.docx": (sheet, "an Excel workbook"),
    "wrong.xlsx": (word, "a Word file"),
    "wrong.csv": (lambda: b"\x89PNG\r\n\x1a\n\0\0", "named .csv, but it is a picture"),
    "bomb.docx": (lambda: bomb(word(), "word/document.xml"), "zip bomb"),
    "bomb.xlsx": (lambda: bomb(sheet(), "xl/worksheets/sheet1.xml"), "zip bomb"),
}


@pytest.fixture
def bad(folder: Path) -> Path:
    """A folder with every bad file and a good one first, last and in between."""
    for name, (made, _) in BAD.items():
        (folder / name).write_bytes(made())
    with (folder / "large.txt").open("wb") as large:
        large.truncate(500_000_000)
    (folder / "loop").symlink_to(folder)
    for name in ("0.txt", "k ü 北京.md", "zz.docx"):
        (folder / name).write_bytes(word() if name.endswith("docx") else f"{GOOD} {name}".encode())
    return folder


def test_bad_files_are_skipped_with_their_reasons_and_all_others_go_in(
    bad: Path, tmp_path: Path
) -> None:
    place = tmp_path / "index"
    command = [sys.executable, "-m", "ingest", str(bad), "--index", str(place)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    reasons = dict(
        line.removeprefix("  skipped ").split(": ", 1) for line in ended.stderr.splitlines()
    )
    for name, (_, reason) in BAD.items():
        assert reason in reasons.pop(name), name
    assert reasons.pop("large.txt").startswith("has 500 MB, more than the limit of 100")
    assert reasons.pop("loop").startswith("a loop")
    assert reasons == {}
    sources = {record.source for record in open_index(str(place)).all_records()}
    assert sources == {"0.txt", "k ü 北京.md", "zz.docx"}
    assert f"3 added, 0 updated, 0 unchanged, 0 removed, {len(BAD) + 2} skipped" in ended.stdout


def test_a_file_that_turns_bad_keeps_its_document(folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "index"
    command = [sys.executable, "-m", "ingest", str(folder), "--index", str(place)]
    (folder / "a.docx").write_bytes(word())
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    (folder / "a.docx").write_bytes(word()[:3000])
    assert subprocess.run(command, capture_output=True, check=False).returncode == 1
    (record,) = open_index(str(place)).all_records()
    assert open_index(str(place)).document(record.document_id).text == GOOD
