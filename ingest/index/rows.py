"""Passages and records as rows of Chroma collections, and back."""

import hashlib
import json
import math
from collections.abc import Mapping
from typing import Any

from ingest.documents import (
    Passage,
    decode_blocks,
    decode_pages,
    encode_blocks,
    encode_pages,
)
from ingest.index.record import DocumentRecord, DuplicateRecord, FileStamp


def passage_row(passage: Passage, version: str) -> dict[str, Any]:
    """The metadata of a passage; its text and vector are columns of their own.

    What is never searched for is one string: every value of a metadata is a row of Chroma's.
    """
    rest = {
        "position": passage.position,
        "start": passage.start,
        "version": version,
        "blocks": encode_blocks(passage.blocks, passage.start),
        "headings": passage.headings,
        "pages": encode_pages(passage.pages, passage.start),
    }
    return {"document_id": passage.document_id, "passage": _json(rest)}


def passage_of_row(text: str, metadata: Mapping[str, Any]) -> tuple[Passage, str]:
    """A passage and the document version it belongs to."""
    rest = json.loads(metadata["passage"])
    start = rest["start"]
    passage = Passage(
        document_id=str(metadata["document_id"]),
        position=rest["position"],
        start=start,
        text=text,
        blocks=decode_blocks(rest["blocks"], start),
        headings=tuple(rest["headings"]),
        pages=decode_pages(rest["pages"], start),
    )
    return passage, rest["version"]


def is_of_version(metadata: Mapping[str, Any], version: str) -> bool:
    """Whether a passage's row belongs to this version of its document; told without reading the
    row, in whose other texts every quotation mark is escaped."""
    return f'"version":{_json(version)}' in metadata["passage"]


def record_row(record: DocumentRecord) -> dict[str, Any]:
    rest = {
        "title": record.title,
        "file": _file_fields(record.file),
        "version": record.version,
        "passages": record.passages,
        "characters": record.characters,
        "metadata": dict(record.metadata),
    }
    return {"state": record.state, "content": record.content, "record": _json(rest)}


def records_of(got: Any) -> dict[str, DocumentRecord]:
    """The rows that Chroma's `get` gave, by document id."""
    found = {}
    for key, row in zip(got["ids"], got["metadatas"] or [], strict=True):
        rest = json.loads(row["record"])
        file = FileStamp(*rest.pop("file"))
        found[key] = DocumentRecord(
            key, file=file, state=row["state"], content=row["content"], **rest
        )
    return found


def duplicate_row(duplicate: DuplicateRecord) -> dict[str, Any]:
    return {
        "duplicate_of": duplicate.duplicate_of,
        "content": duplicate.content,
        "file": _json(_file_fields(duplicate.file)),
    }


def duplicates_of(got: Any) -> dict[str, DuplicateRecord]:
    """The rows that Chroma's `get` gave, by the id that the file's own document would have."""
    return {
        key: DuplicateRecord(
            key, FileStamp(*json.loads(row["file"])), row["duplicate_of"], row["content"]
        )
        for key, row in zip(got["ids"], got["metadatas"] or [], strict=True)
    }


def _file_fields(file: FileStamp) -> list[str | int]:
    """The values of a FileStamp in the order of its fields."""
    return [file.source, file.folder, file.size, file.modified, file.sha256]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def vector_of_id(document_id: str) -> list[float]:
    """Some unit vector, one for each id, for rows that are never searched: Chroma wants one."""
    share = int.from_bytes(hashlib.sha256(document_id.encode()).digest()[:8]) / 2**64
    angle = 2 * math.pi * share
    return [math.cos(angle), math.sin(angle)]


def belongs(passage: Passage, version: str, records: dict[str, DocumentRecord]) -> bool:
    """Whether a passage is one of its document's whole version."""
    record = records.get(passage.document_id)
    return record is not None and record.state == "whole" and record.version == version
