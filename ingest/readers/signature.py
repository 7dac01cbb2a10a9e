"""Telling by its first bytes a file that is of another kind than its name says."""

from pathlib import PurePath

from ingest.errors import UnreadableFile

_ZIPPED = frozenset({".docx", ".pptx", ".xlsx", ".ods", ".epub"})
_SIGNATURES: tuple[tuple[bytes, str, frozenset[str]], ...] = (
    (b"%PDF-", "a PDF", frozenset({".pdf"})),
    (b"PK\x03\x04", "a zip container, as Office files and EPUBs are", _ZIPPED),
    # Encrypted Office files are of this kind too: their readers say so.
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a file of an old Office", _ZIPPED | {".xls"}),
    (b"{\\rtf", "RTF", frozenset()),
    (b"\x89PNG", "a picture", frozenset()),
    (b"\xff\xd8\xff", "a picture", frozenset()),
    (b"GIF8", "a picture", frozenset()),
    (b"\x1f\x8b", "compressed (gzip)", frozenset()),
    (b"7z\xbc\xaf\x27\x1c", "compressed (7z)", frozenset()),
    (b"Rar!\x1a\x07", "compressed (RAR)", frozenset()),
    (b"\x7fELF", "a program", frozenset()),
    (b"SQLite format 3\0", "a database", frozenset()),
)
_PLAIN = frozenset({".txt", ".text"})
_HTML = (b"<!doctype html", b"<html")


def check_signature(source: str, data: bytes) -> None:
    """Raises UnreadableFile when the bytes are of a kind that the name's suffix is not for."""
    suffix = PurePath(source).suffix.lower()
    for signature, kind, suffixes in _SIGNATURES:
        if data.startswith(signature) and suffix not in suffixes:
            raise UnreadableFile(f"named {suffix}, but it is {kind}: rename it")
    if suffix in _PLAIN and data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_HTML):
        raise UnreadableFile(f"named {suffix}, but it is HTML: rename it to .html")
