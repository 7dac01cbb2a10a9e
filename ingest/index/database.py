"""Where an index's database is: the file of a folder, or a Chroma server by URL."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ingest.errors import IndexMissing

if TYPE_CHECKING:
    from ingest.settings import IngestSettings

_DATABASE = "chroma.sqlite3"


@dataclass(frozen=True, slots=True)
class ServerAccess:
    """How a Chroma server is reached; for a folder it means nothing."""

    token: str = field(default="", repr=False)
    timeout_s: float = 30.0
    """For a request, as long as no part of its answer comes."""

    @classmethod
    def of(cls, settings: "IngestSettings") -> "ServerAccess":
        return cls(settings.index_token.get_secret_value(), settings.index_timeout_seconds)


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
