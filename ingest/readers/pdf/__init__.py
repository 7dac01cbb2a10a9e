"""The PDF reader: `reader.py` says how its steps follow each other."""

from ingest.readers.pdf.reader import read_pdf

__all__ = ["read_pdf"]
