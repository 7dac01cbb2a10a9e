"""The index: Chroma collections, how they are read, and writes that keep them true."""

from ingest.index.collections import IndexSettings
from ingest.index.index import FoundPassage, Index
from ingest.index.opening import create_index, open_index
from ingest.index.record import DocumentRecord, DuplicateRecord, FileStamp

__all__ = [
    "DocumentRecord",
    "DuplicateRecord",
    "FileStamp",
    "FoundPassage",
    "Index",
    "IndexSettings",
    "create_index",
    "open_index",
]
