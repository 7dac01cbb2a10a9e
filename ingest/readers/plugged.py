"""Readers of the LlamaIndex ecosystem, for formats that this project has none for.

Any class with LlamaIndex's `load_data(file)` (`llama_index.core.readers.base.BaseReader`, see
https://docs.llamaindex.ai/en/stable/module_guides/loading/connector/) can be named in the settings.
"""

import tempfile
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from ingest.documents import PageStart
from ingest.errors import SettingsError, UnreadableFile
from ingest.readers.rough import RoughBlock, RoughDocument


def plugged_reader(name: str, suffix: str) -> Callable[[bytes], RoughDocument]:
    """The reader of a class named `module:Class`. The class is imported with the first file.

    The reader raises SettingsError when there is no such class, UnreadableFile when it fails.
    """

    def read(data: bytes) -> RoughDocument:
        reader = _make(name)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / f"document{suffix}"  # readers take paths, and look at suffixes
            file.write_bytes(data)
            try:
                loaded = reader.load_data(file)
            except Exception as error:  # whatever its library raises
                raise UnreadableFile(f"{name} failed: {error}") from None
        return RoughDocument(tuple(_blocks(loaded)))

    return read


def _make(name: str) -> Any:
    module, _, attribute = name.partition(":")
    try:
        return getattr(import_module(module), attribute)()
    except (ImportError, AttributeError, ValueError, TypeError) as error:
        raise SettingsError(f"FOOTNOTE_READERS: {name} cannot be used: {error}") from None


def _blocks(loaded: list[Any]) -> Iterator[RoughBlock]:
    """LlamaIndex gives a document, or one for each page with its number as `page_label`."""
    from ingest.readers.plain import plain_blocks  # with the first file, as all readers are
    from ingest.readers.text import normalise

    for document in loaded:
        label = str(document.metadata.get("page_label", ""))
        pages = (PageStart(0, int(label)),) if label.isdecimal() else ()
        for block in plain_blocks(normalise(document.get_content())):
            yield RoughBlock(block.kind, block.text, block.level, block.gap, pages)
