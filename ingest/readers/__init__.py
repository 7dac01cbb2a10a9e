"""Readers: one file a format, each a function from bytes to rough blocks.

To add a format: write `formatname.py` with a function like `read_plain`, and name it in `READERS`.
"""

from collections.abc import Callable
from pathlib import PurePath

from ingest.readers.markdown import read_markdown
from ingest.readers.plain import read_plain
from ingest.readers.rough import RoughDocument

Reader = Callable[[bytes], RoughDocument]

READERS: dict[str, Reader] = {
    ".txt": read_plain,
    ".text": read_plain,
    ".md": read_markdown,
    ".markdown": read_markdown,
}


def reader_for(source: str) -> Reader | None:
    """The reader for a file name's suffix, or None when the format is not known."""
    return READERS.get(PurePath(source).suffix.lower())
