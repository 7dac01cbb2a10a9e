"""The HTML reader: `reader.py` finds a page's article, `walk.py` reads what a page shows."""

from ingest.readers.html.encoding import declared_charset, decode_as
from ingest.readers.html.reader import read_html
from ingest.readers.html.walk import html_blocks

__all__ = ["declared_charset", "decode_as", "html_blocks", "read_html"]
