"""Passages and records as rows of Chroma collections, and back."""

import hashlib
import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.documents import (
    Passage,
    decode_blocks,
    decode_pages,
    encode_blocks,
    encode_pages,
)
from ingest.index.record import DocumentRecord, DuplicateRecord

_SEPARATOR = "\x1f"


def passage_row(passage: Passage, version: str) -> dict[str, Any]:
    """The metadata of a passage; its text and vector are columns of their own."""
    return {
        "document_id": passage.document_id,
        "position": passage.position,
        "start": passage.start,
        "version": version,
        "blocks": encode_blocks(passage.blocks, passage.start),
        "headings": _SEPARATOR.join(passage.headings),
        "pages": encode_pages(passage.pages, passage.start),
    }


def passage_of_row(text: str, metadata: dict[str, Any]) -> tuple[Passage, str]:
    """A passage and the document version it belongs to."""
    start = int(metadata["start"])
    headings = str(metadata["headings"])
    passage = Passage(
        document_id=str(metadata["document_id"]),
        position=int(metadata["position"]),
        start=start,
        text=text,
        blocks=decode_blocks(str(metadata["blocks"]), start),
        headings=tuple(headings.split(_SEPARATOR)) if headings else (),
        pages=decode_pages(str(metadata["pages"]), start),
    )
    return passage, str(metadata["version"])


def records_of(got: Any) -> dict[str, DocumentRecord]:
    """The rows that Chroma's `get` gave, by document id."""
    return {
        key: DocumentRecord.from_metadata(key, metadata)
        for key, metadata in zip(got["ids"], got["metadatas"] or [], strict=True)
    }


def duplicates_of(got: Any) -> dict[str, DuplicateRecord]:
    return {
        key: DuplicateRecord.from_metadata(key, metadata)
        for key, metadata in zip(got["ids"], got["metadatas"] or [], strict=True)
    }


def mean_vector(vectors: NDArray[np.float32]) -> list[float]:
    """The direction of a document: the mean of its passages' vectors, shape (n, dimension)."""
    mean = np.mean(vectors, axis=0)
    result: list[float] = (mean / (np.linalg.norm(mean) or 1.0)).tolist()
    return result


def vector_of_id(document_id: str) -> list[float]:
    """Some unit vector for rows that are never searched: Chroma wants one for every row."""
    angle = hashlib.sha256(document_id.encode()).digest()[0] / 256 * 2 * math.pi
    return [math.cos(angle), math.sin(angle)]


def belongs(passage: Passage, version: str, records: dict[str, DocumentRecord]) -> bool:
    """Whether a passage is one of its document's whole version."""
    record = records.get(passage.document_id)
    return record is not None and record.state == "whole" and record.version == version


def parts(items: Sequence[Any], size: int) -> list[Sequence[Any]]:
    return [items[start : start + size] for start in range(0, len(items), size)]
