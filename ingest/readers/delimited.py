"""Delimited text (.csv, .tsv) by Python's csv module, the delimiter told from the text."""

import csv
import io
from collections.abc import Iterator

from ingest.errors import UnreadableFile
from ingest.readers.header_rows import is_number
from ingest.readers.rough import RoughDocument
from ingest.readers.sheet_rows import Row, sheet_blocks
from ingest.readers.text import decode

_DELIMITERS = "\t;|,"
_SAMPLE_LINES = 50
_LONGEST_SAMPLE = 20_000  # characters; csv.Sniffer takes quadratic time
_LONGEST_FIELD = 1_000_000


def read_csv(data: bytes) -> RoughDocument:
    """Rows as `table` blocks, with the names of columns where the first row has them.

    Raises UnreadableFile for binary data and for a cell longer than any real one: a quote that is
    never closed.
    """
    text = decode(data)
    try:
        return RoughDocument(tuple(sheet_blocks(list(_rows(text)))), marked_up=True)
    except csv.Error as error:
        raise UnreadableFile(f"damaged: not in the form of a CSV file ({error})") from None


def _rows(text: str) -> Iterator[Row]:
    before = csv.field_size_limit(_LONGEST_FIELD)
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)):
            yield Row(cells, [not is_number(cell.strip()) for cell in cells])
    finally:
        csv.field_size_limit(before)


def _delimiter(text: str) -> str:
    """The delimiter that splits the first lines into equally many cells, more than one; a comma
    last, which is a decimal sign too. csv.Sniffer is asked where that does not tell."""
    sample = "".join(text[:_LONGEST_SAMPLE].splitlines(keepends=True)[:_SAMPLE_LINES])
    for delimiter in _DELIMITERS:
        lines = io.StringIO(sample, newline="")
        widths = {len(row) for row in csv.reader(lines, delimiter=delimiter) if any(row)}
        if len(widths) == 1 and widths != {1}:
            return delimiter
    try:
        return csv.Sniffer().sniff(sample, _DELIMITERS).delimiter
    except csv.Error:
        return max(_DELIMITERS, key=sample.count)
