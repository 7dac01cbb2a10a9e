"""Readers: one file a format, each a function from bytes to rough blocks.

To add a format: write `formatname.py` with a function like `read_plain`, and name it in `READERS`.
"""

from collections.abc import Callable, Mapping
from pathlib import PurePath

from ingest.readers.delimited import read_csv
from ingest.readers.docx import read_docx
from ingest.readers.eml import read_eml
from ingest.readers.epub import read_epub
from ingest.readers.html import read_html
from ingest.readers.json_records import read_json, read_jsonl
from ingest.readers.markdown import read_markdown
from ingest.readers.pdf import read_pdf
from ingest.readers.plain import read_plain
from ingest.readers.plugged import plugged_reader
from ingest.readers.pptx import read_pptx
from ingest.readers.rough import RoughDocument
from ingest.readers.xlsx import read_ods, read_xls, read_xlsx

Reader = Callable[[bytes], RoughDocument]

READERS: dict[str, Reader] = {
    ".txt": read_plain,
    ".text": read_plain,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".pptx": read_pptx,
    ".xlsx": read_xlsx,
    ".xls": read_xls,
    ".ods": read_ods,
    ".csv": read_csv,
    ".tsv": read_csv,
    ".json": read_json,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".eml": read_eml,
    ".epub": read_epub,
}

_plugged: dict[str, str] = {}


def plug_in(classes: Mapping[str, str]) -> None:
    """Read suffixes by classes of the LlamaIndex ecosystem, named `module:Class`; they win over
    this project's readers."""
    _plugged.clear()
    _plugged.update({suffix.lower(): name for suffix, name in classes.items()})


def plugged_in() -> dict[str, str]:
    return dict(_plugged)


def reader_for(source: str) -> Reader | None:
    """The reader for a file name's suffix, or None when the format is not known."""
    suffix = PurePath(source).suffix.lower()
    if suffix in _plugged:
        return plugged_reader(_plugged[suffix], suffix)
    return READERS.get(suffix)


def known_suffixes() -> list[str]:
    return sorted({*READERS, *_plugged})
