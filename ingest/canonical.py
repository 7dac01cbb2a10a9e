"""From a file's bytes to a Document: read, clean, join into the canonical text."""

import re
from dataclasses import dataclass
from pathlib import PurePath

from ingest.clean import CleanDocument, clean
from ingest.documents import Block, Document, PageStart
from ingest.errors import UnreadableFile
from ingest.readers import known_suffixes, reader_for
from ingest.readers.rough import Dropped
from ingest.readers.signature import check_signature
from ingest.readers.text import normalise

_WORD = re.compile(r"\w")
_SPACES = re.compile(r"\s+")
_LONGEST_TITLE = 300  # characters
_LONGEST_VALUE = 1000


@dataclass(frozen=True, slots=True)
class Reading:
    """A document and what cleaning took away from its source."""

    document: Document
    dropped: tuple[Dropped, ...]


def read_document(document_id: str, source: str, data: bytes) -> Reading:
    """Make the document of one file.

    Raises UnreadableFile when the format is not known or no text is in it.
    """
    reader = reader_for(source)
    if reader is None:
        suffix = PurePath(source).suffix or "files without a suffix"
        raise UnreadableFile(f"no reader for {suffix} (known: {', '.join(known_suffixes())})")
    if not data.strip():
        raise UnreadableFile("the file is empty")
    check_signature(source, data)
    cleaned = clean(reader(data))
    document = _join(document_id, source, cleaned)
    if not _WORD.search(document.text):
        raise UnreadableFile("no text in it")
    return Reading(document, cleaned.dropped)


def _join(document_id: str, source: str, cleaned: CleanDocument) -> Document:
    parts: list[str] = []
    blocks: list[Block] = []
    pages: list[PageStart] = []
    length = 0
    for rough in cleaned.blocks:
        gap = rough.gap if parts else ""
        start = length + len(gap)
        length = start + len(rough.text)
        parts += [gap, rough.text]
        blocks.append(Block(rough.kind, start, length, rough.level))
        for page in rough.pages:
            if not pages or page.number != pages[-1].number:
                pages.append(PageStart(start + page.start, page.number))
    title = _SPACES.sub(" ", normalise(cleaned.title or "")).strip() or title_from_name(source)
    metadata = {name: normalise(value) for name, value in sorted(cleaned.metadata.items())}
    return Document(
        document_id,
        _cut(title, _LONGEST_TITLE),
        source,
        "".join(parts),
        tuple(blocks),
        tuple(pages),
        {name: _cut(value, _LONGEST_VALUE) for name, value in metadata.items()},
    )


def _cut(text: str, most: int) -> str:
    """What names a document is shown beside every answer: there is an end to it."""
    return text if len(text) <= most else text[:most].rstrip() + "…"


def title_from_name(source: str) -> str:
    """A readable title from a file name: `annual-report_2021.txt` is "annual report 2021"."""
    stem = normalise(PurePath(source).stem)
    return re.sub(r"[\s_-]+", " ", stem).strip() or source
