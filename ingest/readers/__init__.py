"""Readers: one file a format, each a function from bytes to rough blocks.

To add a format: write `formatname.py` with a function like `read_plain`, and name it in `READERS`.
A reader is imported with the first file it reads, so that a run that reads nothing does not wait.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from os.path import splitext
from pathlib import PurePath

from ingest.readers.plugged import plugged_reader
from ingest.readers.rough import RoughDocument

Reader = Callable[[bytes], RoughDocument]

READERS: dict[str, str] = {
    ".txt": "plain:read_plain",
    ".text": "plain:read_plain",
    ".md": "markdown:read_markdown",
    ".markdown": "markdown:read_markdown",
    ".html": "html:read_html",
    ".htm": "html:read_html",
    ".xhtml": "html:read_html",
    ".pdf": "pdf:read_pdf",
    ".docx": "docx:read_docx",
    ".pptx": "pptx:read_pptx",
    ".xlsx": "xlsx:read_xlsx",
    ".xls": "xlsx:read_xls",
    ".ods": "xlsx:read_ods",
    ".csv": "delimited:read_csv",
    ".tsv": "delimited:read_csv",
    ".json": "json_records:read_json",
    ".jsonl": "json_records:read_jsonl",
    ".ndjson": "json_records:read_jsonl",
    ".eml": "eml:read_eml",
    ".epub": "epub:read_epub",
}

_plugged: dict[str, str] = {}


def plug_in(classes: Mapping[str, str]) -> None:
    """Read suffixes by classes of the LlamaIndex ecosystem, named `module:Class`; they win over
    this project's readers."""
    _plugged.clear()
    _plugged.update({suffix.lower(): name for suffix, name in classes.items()})


def plugged_in() -> dict[str, str]:
    return dict(_plugged)


def known_suffixes() -> list[str]:
    return sorted({*READERS, *_plugged})


def is_known(source: str) -> bool:
    """Whether there is a reader for a file name's suffix."""
    suffix = splitext(source)[1].lower()  # noqa: PTH122 (a Path costs more than all the rest)
    return suffix in READERS or suffix in _plugged


def reader_for(source: str) -> Reader | None:
    """The reader for a file name's suffix, or None when the format is not known."""
    suffix = PurePath(source).suffix.lower()
    if suffix in _plugged:
        return plugged_reader(_plugged[suffix], suffix)
    if suffix not in READERS:
        return None
    module, _, function = READERS[suffix].partition(":")
    reader: Reader = getattr(import_module(f"ingest.readers.{module}"), function)
    return reader
