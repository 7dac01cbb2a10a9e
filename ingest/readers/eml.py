"""Mails (RFC 5322, MIME) by the standard library: who wrote to whom and when, and what.

Parsed with the older policy: the newer one's parser of headers raises IndexError and the like on
malformed ones.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import TypeAlias

from ingest.errors import UnreadableFile
from ingest.readers.html import declared_charset, decode_as, html_blocks
from ingest.readers.plain import plain_blocks
from ingest.readers.rough import RoughBlock, RoughDocument
from ingest.readers.text import normalise

_SHOWN = ("From", "To", "Cc", "Date")
_OF_A_MAIL = {"from", "to", "cc", "date", "subject", "received", "message-id", "return-path"}
_ENCRYPTED = {"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"}
_LONG_HEADER = 100_000  # characters: the library takes time by their square
_ENCODED = re.compile(r"=\?[^\s?]+\?[bq]\?[^\n?]*\?=", re.I)

Part: TypeAlias = "Message[str, str]"


def read_eml(data: bytes) -> RoughDocument:
    """The text of a mail below lines that say who sent it to whom; of attachments, the names.

    Raises UnreadableFile for what is no mail, is encrypted, or is damaged past reading.
    """
    # Some programs save a byte order mark or blank lines before the first header.
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    try:
        return _read(message_from_bytes(data, policy=policy.compat32))
    except RecursionError:
        raise UnreadableFile("damaged: parts nested too deeply") from None
    except (MessageError, ValueError, LookupError, AttributeError, TypeError) as error:
        # Damage of some kinds is nothing the library notes as a defect: it trips over it.
        raise UnreadableFile(f"damaged: {error}") from None


def _read(mail: Part) -> RoughDocument:
    headers: dict[str, list[str]] = {}
    for name, raw in mail.raw_items():
        value = _header(raw)
        if value and name.lower() in _OF_A_MAIL:
            headers.setdefault(name.lower(), []).append(value)
    if not headers:
        raise UnreadableFile("no mail: it does not begin with header lines such as From: and To:")
    attachments: list[str] = []
    blocks = [block for text in _texts(mail, attachments) for block in text]
    if not blocks and mail.get_content_type() in _ENCRYPTED:
        raise UnreadableFile("encrypted")
    about = {name: ", ".join(headers.get(name.lower(), ())) for name in _SHOWN}
    lines = [f"{name}: {value}" for name, value in about.items() if value]
    metadata = {name.lower(): value for name, value in about.items()}
    metadata |= {"date": _day(metadata["date"]), "attachments": ", ".join(attachments)}
    return RoughDocument(
        (*(RoughBlock("table", line, gap="\n") for line in lines), *blocks),
        headers.get("subject", [None])[0],
        marked_up=any(block.kind == "heading" for block in blocks),
        metadata={name: value for name, value in metadata.items() if value},
    )


def _header(raw: str) -> str:
    """A header's words: unfolded, encoded words (RFC 2047) decoded."""
    # Bytes that are no ASCII are against the standard, and too few for guessing.
    text = _decoded(raw.encode("utf-8", "surrogateescape"), "windows-1252")
    if len(text) < _LONG_HEADER and _ENCODED.search(text):
        with suppress(MessageError):  # base64 that is none stays as it is
            text = "".join(
                part if isinstance(part, str) else _decoded(part, charset or "latin-1")
                for part, charset in decode_header(text)
            )
    return " ".join(text.split())


def _decoded(data: bytes, charset: str | None) -> str:
    try:
        return decode_as(data, charset and charset.split("*")[0])  # utf-8*en names a language
    except UnreadableFile:
        return normalise(data.decode("utf-8", "replace"))


def _day(date: str) -> str:
    """As YYYY-MM-DD, or as it is where it is no date."""
    try:
        return parsedate_to_datetime(date).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return date


def _texts(part: Part, attachments: list[str]) -> Iterator[list[RoughBlock]]:
    """The blocks of each part that is text to read; of alternatives, of one."""
    name = _header(part.get_filename() or "")
    kind = part.get_content_type()
    if name or part.get_content_disposition() == "attachment" or kind.startswith("message/"):
        attachments.append(name or _subject(part) or kind)
    elif kind == "multipart/alternative" and part.is_multipart():
        texts = [(child, list(_texts(child, attachments))) for child in _children(part)]
        texts = [(child, blocks) for child, blocks in texts if any(blocks)]
        # Plain text is what was written; HTML may be wrapped in more HTML (multipart/related).
        texts.sort(key=lambda text: text[0].get_content_type() != "text/plain")
        yield from texts[0][1] if texts else []
    elif part.is_multipart():
        for child in _children(part):
            yield from _texts(child, attachments)
    elif kind in ("text/plain", "text/html") or kind.startswith("multipart/"):  # without parts
        yield _blocks(part)


def _children(part: Part) -> list[Part]:
    payload = part.get_payload()
    return [child for child in payload if isinstance(child, Message)] if payload else []


def _subject(part: Part) -> str:
    """Of a forwarded mail."""
    return next((_header(str(child["subject"] or "")) for child in _children(part)), "")


def _blocks(part: Part) -> list[RoughBlock]:
    data = part.get_payload(decode=True)
    data = data if isinstance(data, bytes) else b""
    charset = part.get_content_charset()
    if part.get_content_type() == "text/html":
        return html_blocks(_decoded(data, charset or declared_charset(data)))
    text = _decoded(data, charset) if data.strip() else ""
    if str(part.get_param("format", "")).lower() == "flowed":
        text = _unflowed(text, str(part.get_param("delsp", "")).lower() == "yes")
    return plain_blocks(text)


def _unflowed(text: str, without_space: bool) -> str:
    """Lines that end in a space go on in the next (RFC 3676) if it is quoted as deeply."""
    lines: list[list[str]] = []
    flowing = -1  # how deeply the line before is quoted, if it goes on
    for line in text.split("\n"):
        words = line.lstrip(">")
        depth = len(line) - len(words)
        words = words.removeprefix(" ")
        signature = words == "-- "
        flows = words.endswith(" ") and not signature
        if depth != flowing or signature:
            lines.append([">" * depth + " " if depth else ""])
        lines[-1].append(words[:-1] if flows and without_space else words)
        flowing = depth if flows else -1
    return "\n".join("".join(parts) for parts in lines)
