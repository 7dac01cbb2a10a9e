"""Finding documents by their names: by words of titles and file names, or parts of words."""

import unicodedata
from dataclasses import dataclass

from ingest.index import Index
from ingest.one_at_a_time import OneAtATime


@dataclass(frozen=True, slots=True)
class _Names:
    """Of the documents of one revision, in the order of the index: ids, and what each is called."""

    revision: str
    named: tuple[tuple[str, str], ...]


class DocumentNames:
    """Remembers how the documents of an index are called, until it changes."""

    def __init__(self) -> None:
        self._names = _Names("", ())
        self._reading = OneAtATime()

    def matching(self, index: Index, wanted: str) -> list[str]:
        """Ids of the documents whose title or files hold every word, or part of one, of `wanted`;
        case and accents make no difference."""
        words = _folded(wanted).split()
        named = self._of(index).named
        return [key for key, name in named if all(word in name for word in words)]

    def _of(self, index: Index) -> _Names:
        revision = index.revision()
        if self._names.revision != revision:
            with self._reading.turn():  # who comes meanwhile waits for it, and reads nothing itself
                if self._names.revision != revision:
                    self._names = _Names(revision, _read(index))
        return self._names


def _read(index: Index) -> tuple[tuple[str, str], ...]:
    others: dict[str, list[str]] = {}
    for duplicate in index.all_duplicates():
        others.setdefault(duplicate.duplicate_of, []).append(duplicate.file.source)
    return tuple(
        (record.document_id, _folded("\n".join([record.title, record.source, *also])))
        for record in index.all_records()
        if record.state == "whole"
        for also in [others.get(record.document_id, [])]
    )


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()
