"""EPUB books: the chapters in the order of the spine, without the table of contents.

Read by the standard (EPUB 3.3, "Open Container Format" and "Package document"), which a zip
archive and an XML parser are enough for.
"""

import posixpath
import zlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urlsplit
from zipfile import BadZipFile, ZipFile

from lxml import etree

from ingest.errors import UnreadableFile
from ingest.readers.archive import open_archive
from ingest.readers.html import declared_charset, decode_as, html_blocks
from ingest.readers.rough import RoughBlock, RoughDocument
from ingest.readers.text import normalise

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_PACKAGE = "application/oebps-package+xml"
_CHAPTERS = {"application/xhtml+xml", "text/html", "text/x-oeb1-document"}
_END = 1000  # characters at a chapter's end, in which its last tag is


def read_epub(data: bytes) -> RoughDocument:
    """A book's text, title, author, date and publisher.

    Raises UnreadableFile for a damaged or encrypted book, and for one without a chapter its spine
    names: a book with a part missing would be quoted as if it were whole.
    """
    archive = open_archive(data)
    package = _package_name(archive)
    encrypted = _encrypted(archive)
    if package in encrypted:
        raise UnreadableFile("encrypted (DRM)")
    opf = _xml(archive, package)
    chapters = list(dict.fromkeys(_chapters(opf, package)))
    if not encrypted.isdisjoint(chapters):
        raise UnreadableFile("encrypted (DRM)")
    if not chapters:
        raise UnreadableFile("damaged: it names no chapters")
    blocks = tuple(block for name in chapters for block in _blocks(archive, name))
    creators = ", ".join(dict.fromkeys(_about(opf, "creator")))
    metadata = {"author": creators, "date": _published(opf)}
    metadata["publisher"] = next(_about(opf, "publisher"), "")
    return RoughDocument(
        blocks,
        next(_about(opf, "title"), None),
        marked_up=True,
        metadata={name: value for name, value in metadata.items() if value},
    )


def _package_name(archive: ZipFile) -> str:
    for root in _xml(archive, _CONTAINER).iter("{*}rootfile"):
        path: str = root.get("full-path", "")
        if path and root.get("media-type", _PACKAGE) == _PACKAGE:
            return str(posixpath.normpath(path))
    raise UnreadableFile(f"damaged: {_CONTAINER} names no package")


def _encrypted(archive: ZipFile) -> set[str]:
    """What is encrypted inside; in books without DRM that is fonts, if anything."""
    if _ENCRYPTION not in archive.namelist():
        return set()
    references = _xml(archive, _ENCRYPTION).iter("{*}CipherReference")
    return {_path("", reference.get("URI", "")) for reference in references}


def _chapters(opf: Any, package: str) -> Iterator[str]:
    items = {item.get("id", ""): item for item in opf.iter("{*}item")}
    for reference in opf.iter("{*}itemref"):
        name = reference.get("idref", "")
        if reference.get("linear", "yes").lower() == "no":
            continue
        if name not in items:
            raise UnreadableFile(f'damaged: chapter "{name}" is missing from the list of its files')
        item = items[name]
        is_contents = "nav" in item.get("properties", "").split()
        if item.get("media-type", "").lower() in _CHAPTERS and not is_contents:
            yield _path(posixpath.dirname(package), item.get("href", ""))


def _path(folder: str, reference: str) -> str:
    try:
        path = unquote(urlsplit(reference).path)
    except ValueError:
        path = reference
    return posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/")


def _blocks(archive: ZipFile, name: str) -> list[RoughBlock]:
    data = _bytes(archive, name)
    try:
        markup = decode_as(data, declared_charset(data))
        if "</html" not in markup[-_END:].lower():
            raise UnreadableFile("cut short")
        return html_blocks(markup)
    except UnreadableFile as error:
        raise UnreadableFile(f"damaged: chapter {name}: {error}") from None


def _about(opf: Any, name: str) -> Iterator[str]:
    for element in opf.iter("{http://purl.org/dc/elements/1.1/}" + name):
        text = " ".join(normalise("".join(element.itertext())).split())
        if text:
            yield text


def _published(opf: Any) -> str:
    """EPUB 2 also has dates of making and change."""
    dates = list(opf.iter("{http://purl.org/dc/elements/1.1/}date"))
    dates.sort(key=lambda date: "publication" not in date.attrib.values())
    text = "".join(dates[0].itertext()) if dates else ""
    return normalise(text).strip()


def _xml(archive: ZipFile, name: str) -> Any:
    # Nothing a document names is fetched or put into its text.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(_bytes(archive, name), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        reason = getattr(error, "msg", error)
        raise UnreadableFile(f"damaged: {name}: {reason}") from None


def _bytes(archive: ZipFile, name: str) -> bytes:
    try:
        return archive.read(name)
    except KeyError:
        raise UnreadableFile(f"damaged, or no EPUB: {name} is missing") from None
    except (BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
        # RuntimeError: a method of compression that is not known, or a password
        raise UnreadableFile(f"damaged: {name}: {error}") from None
