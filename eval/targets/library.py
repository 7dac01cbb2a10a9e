"""The documents that cases are about, as whoever answers has them."""

from typing import Protocol


class Library(Protocol):
    """Documents by their source: the path relative to the ingested folder, or the URL."""

    def find(self, source: str) -> str | None:
        """The id of the document with this source; None where there is none."""
        ...

    def text(self, document_id: str) -> str:
        """The canonical text, which all offsets count in."""
        ...

    def sources(self) -> list[str]:
        """The sources of all documents."""
        ...
