"""What ingest makes of one file: `python -m ingest --explain FILE`."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ingest.canonical import Reading, read_document
from ingest.documents import document_id
from ingest.errors import UnreadableFile
from ingest.legible import legible, on_one_line

_SHOWN = 100  # characters of a piece that was dropped


def explain(path: str) -> Iterator[str]:
    """Lines that tell what is kept of a file and what is dropped, and why.

    Raises UnreadableFile when nothing can be made of it.
    """
    file = Path(path)
    try:
        data = file.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"{path} cannot be read: {error.strerror}") from None
    try:
        reading = read_document(document_id(file.name), file.name, data)
    except UnreadableFile as error:
        raise UnreadableFile(f"{path}: {error}") from None
    return _lines(path, reading)


def _lines(path: str, reading: Reading) -> Iterator[str]:
    document = reading.document
    yield on_one_line(path)
    yield f"  title: {on_one_line(document.title)}"
    for name, value in document.metadata.items():
        yield f"  {on_one_line(name)}: {on_one_line(value)}"
    kinds = Counter(block.kind for block in document.blocks)
    counted = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
    yield f"  kept: {len(document.text):,} characters ({counted})"
    yield f"  dropped: {len(reading.dropped)}"
    for dropped in reading.dropped:
        text = on_one_line(dropped.text)
        shown = text if len(text) <= _SHOWN else text[:_SHOWN] + "..."
        yield f"    {dropped.reason}: {shown}"
    yield ""
    yield legible(document.text)
