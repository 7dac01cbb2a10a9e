"""EPUB: the chapters in their order, and nothing of a book that is not whole."""

import io
import zipfile
from contextlib import suppress

import pytest

from ingest.errors import UnreadableFile
from ingest.readers.epub import read_epub

CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/>
</rootfiles></container>"""
OPF = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">
<dc:identifier id="id">urn:x:1</dc:identifier><dc:title>The Bridge &amp; the River</dc:title>
<dc:title>A subtitle</dc:title><dc:creator>Ann Lee</dc:creator><dc:creator>Ben Roe</dc:creator>
<dc:date opf:event="modification">2024-01-01</dc:date>
<dc:date opf:event="publication">1932-05-01</dc:date><dc:publisher>Example Press</dc:publisher>
</metadata><manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="two" href="text/chapter%202.xhtml" media-type="application/xhtml+xml"/>
<item id="one" href="text/../text/chapter1.xhtml#start" media-type="application/xhtml+xml"/>
<item id="notes" href="notes.xhtml" media-type="application/xhtml+xml"/>
<item id="cover" href="cover.svg" media-type="image/svg+xml"/>
<item id="font" href="fonts/a.otf" media-type="font/otf"/>
</manifest><spine><itemref idref="cover"/><itemref idref="nav"/><itemref idref="one"/>
<itemref idref="two"/><itemref idref="notes" linear="no"/><itemref idref="one"/></spine>
</package>"""
PAGE = """<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">
<head><title>Not text</title></head><body>{}</body></html>"""
ENCRYPTION = """<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"
 xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData><enc:CipherData>
<enc:CipherReference URI="{}"/></enc:CipherData></enc:EncryptedData></encryption>"""
BOOK = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": CONTAINER,
    "OEBPS/book.opf": OPF,
    "OEBPS/nav.xhtml": PAGE.format("<nav><ol><li>Contents</li></ol></nav>"),
    "OEBPS/text/chapter1.xhtml": PAGE.format(
        '<h1><a id="start"/>First</h1><p>It <i>was</i> a&#160;cold&nbsp;day.</p>'
        '<aside epub:type="footnote"><p>A note.</p></aside>'
    ),
    "OEBPS/text/chapter 2.xhtml": PAGE.format("<h1>Second</h1><p>The river rose.</p>"),
    "OEBPS/notes.xhtml": PAGE.format("<p>Beside the text.</p>"),
    "OEBPS/cover.svg": "<svg/>",
}


def book(**changes: str | bytes | None) -> bytes:
    """BOOK with the files changed whose names end so, or without them, where it is None."""
    data = io.BytesIO()
    files: dict[str, str | bytes | None] = dict(BOOK)
    for name, content in changes.items():
        key = next((key for key in files if key.endswith(f"{name}.xhtml")), None)
        key = key or {"opf": "OEBPS/book.opf", "container": "META-INF/container.xml"}.get(name)
        files[key or f"META-INF/{name}.xml"] = content
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for key, content in files.items():
            if content is not None:
                archive.writestr(key, content)
    return data.getvalue()


def test_a_book_is_read_in_the_order_of_its_spine() -> None:
    read = read_epub(book())
    assert [(block.kind, block.level, block.text) for block in read.blocks] == [
        ("heading", 1, "First"),
        ("paragraph", 0, "It was a cold day."),
        ("paragraph", 0, "A note."),
        ("heading", 1, "Second"),
        ("paragraph", 0, "The river rose."),
    ]
    assert read.title == "The Bridge & the River"
    assert read.marked_up
    assert read.metadata == {
        "author": "Ann Lee, Ben Roe",
        "date": "1932-05-01",
        "publisher": "Example Press",
    }


def test_a_book_without_metadata_has_none() -> None:
    start, end = OPF.index("<dc:title>"), OPF.index("</metadata>")
    read = read_epub(book(opf=OPF[:start] + OPF[end:]))
    assert (read.title, read.metadata) == (None, {})


def test_a_chapter_in_another_encoding() -> None:
    page = PAGE.replace("utf-8", "iso-8859-1").format("<p>Crème brûlée</p>").encode("latin-1")
    assert "Crème brûlée" in [block.text for block in read_epub(book(chapter1=page)).blocks]


def test_encrypted_fonts_are_no_matter() -> None:
    assert read_epub(book(encryption=ENCRYPTION.format("OEBPS/fonts/a.otf"))).blocks


@pytest.mark.parametrize("name", ["OEBPS/text/chapter%202.xhtml", "/OEBPS/book.opf"])
def test_an_encrypted_book_is_refused(name: str) -> None:
    with pytest.raises(UnreadableFile, match=r"^encrypted \(DRM\)$"):
        read_epub(book(encryption=ENCRYPTION.format(name)))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"container": None}, "META-INF/container.xml is missing"),
        ({"container": "<container/>"}, "names no package"),
        ({"container": "<container"}, "META-INF/container.xml: "),
        ({"opf": None}, "OEBPS/book.opf is missing"),
        ({"opf": OPF[:900]}, "OEBPS/book.opf: "),
        ({"opf": OPF.replace('idref="two"', 'idref="three"')}, '"three"'),
        ({"opf": OPF.replace("itemref", "other")}, "names no chapters"),
        ({"chapter1": None}, "OEBPS/text/chapter1.xhtml is missing"),
        ({"chapter1": PAGE.format("<p>It was a cold")[:-20]}, "chapter1.xhtml: cut short"),
        ({"chapter1": b""}, "chapter1.xhtml: cut short"),
        ({"chapter1": b"\0\1\2\3" * 99}, "chapter1.xhtml: binary"),
        ({"chapter1": PAGE.format("<div>" * 5000)}, "chapter1.xhtml: elements nested too deeply"),
        ({"encryption": "<broken"}, "META-INF/encryption.xml: "),
    ],
)
def test_a_damaged_book_is_refused_and_the_part_named(
    changes: dict[str, str | bytes | None], reason: str
) -> None:
    with pytest.raises(UnreadableFile, match=reason):
        read_epub(book(**changes))


def test_a_file_cut_anywhere_is_refused() -> None:
    data = book()
    for end in range(0, len(data), 97):
        with pytest.raises(UnreadableFile):
            read_epub(data[:end])


def test_a_flipped_byte_is_refused_or_does_no_harm() -> None:
    data = bytearray(book())
    for at in range(0, len(data), 7):
        data[at] ^= 0x55
        with suppress(UnreadableFile):
            assert read_epub(bytes(data)).blocks
        data[at] ^= 0x55


def test_nothing_from_outside_the_book_gets_into_it() -> None:
    entity = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname"><!ENTITY f "ff">]>'
    opf = OPF.replace("<package", f"{entity}<package").replace("A subtitle", "x")
    read = read_epub(book(opf=opf.replace("The Bridge", "The&e; Bridge&f;")))
    assert read.title == "The&e; Bridge&f; & the River"
    chapter = PAGE.format("<p>One &e; two</p>").replace("<!DOCTYPE html>", entity)
    assert "One &e; two" in [block.text for block in read_epub(book(chapter1=chapter)).blocks]
    outside = OPF.replace("text/chapter%202.xhtml", "../../../../etc/hostname")
    with pytest.raises(UnreadableFile, match="etc/hostname is missing"):
        read_epub(book(opf=outside))


def test_a_small_name_that_stands_for_much_is_refused() -> None:
    lol = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    opf = OPF.replace("<package", f'<!DOCTYPE x [<!ENTITY a0 "ha">{lol}]><package')
    with pytest.raises(UnreadableFile, match="amplification"):
        read_epub(book(opf=opf.replace("The Bridge", "The&a9; Bridge")))


def test_what_is_no_archive_is_refused() -> None:
    for data in (b"", b"no archive", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        with pytest.raises(UnreadableFile):
            read_epub(data)
