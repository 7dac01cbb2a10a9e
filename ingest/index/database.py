"""Where an index's database is: the file of a folder, or a Chroma server by URL."""

from pathlib import Path
from urllib.parse import urlsplit

from ingest.errors import IndexMissing

_DATABASE = "chroma.sqlite3"


def is_url(location: str) -> bool:
    return urlsplit(location).scheme in ("http", "https")


def database_file(folder: str) -> int:
    """The inode of a folder's database. Raises IndexMissing when there is none."""
    try:
        return (Path(folder) / _DATABASE).stat().st_ino
    except OSError:
        raise missing(folder) from None


def missing(location: str) -> IndexMissing:
    return IndexMissing(
        f"there is no index at {location} yet: make one with `python -m ingest PATH`"
    )
