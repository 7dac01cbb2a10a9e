"""Bytes to text: encodings, line ends, Unicode form. Done once, before any offset exists."""

import codecs
import re
import unicodedata

import charset_normalizer

from ingest.errors import UnreadableFile

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Control characters say nothing to a reader; tab and line feed do.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_LINE_END = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_BINARY_SHARE = 0.05
_FEW = 0.25  # share of bytes beyond ASCII up to which a text may be Western European
_SYMBOL_IN_WORD = re.compile(r"[A-Za-z][¡-©«-´¶¸-¹»-¿×÷][A-Za-z]")


def decode(data: bytes) -> str:
    """Decode and normalise: NFC, `\\n` line ends, no byte order mark, no control characters.

    Raises UnreadableFile for binary data and for bytes in no encoding that can be told.
    """
    return normalise(_decode(data))


def normalise(text: str) -> str:
    """Bring text to the one form that canonical texts are in. Idempotent."""
    text = _LINE_END.sub("\n", text)
    text = _CONTROL.sub("", text)
    text = text.encode("utf-8", "replace").decode("utf-8")  # lone surrogates cannot be stored
    return unicodedata.normalize("NFC", text)


def _decode(data: bytes) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding)
    if b"\0" in data:
        raise UnreadableFile("binary data, not text")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = _guess(data)
    if len(_CONTROL.findall(text)) > _BINARY_SHARE * len(text):
        raise UnreadableFile("binary data, not text")
    return text


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"marked as {encoding}, but not valid at byte {error.start}") from None


def _guess(data: bytes) -> str:
    """Western European when that makes words, else what the library finds.

    With few letters beyond ASCII to go by, the library takes French for Czech or Chinese.
    """
    foreign = sum(byte >= 0x80 for byte in data)
    if foreign < _FEW * len(data):
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            text = ""
        if text and not _SYMBOL_IN_WORD.search(text):
            return text
    best = charset_normalizer.from_bytes(data).best()
    if best is None:
        raise UnreadableFile("binary data, or text in an encoding that cannot be told")
    return str(best)
