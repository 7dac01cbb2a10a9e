"""Where in the documents a source is: from a name and quoted words to exact offsets."""

import unicodedata
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote, urlsplit

from eval.marks import STRAIGHT
from eval.targets.cited_sources import Source
from eval.targets.library import Library
from eval.targets.response import CitedSpan

_HEAD = 400  # characters of a document that its title is looked for in


@dataclass(frozen=True, slots=True)
class Folded:
    """A text in which only spelling marks differ no more, and where each character came from."""

    text: str
    origins: tuple[int, ...]
    """Of each character its offset in the original, and at the end the original's length."""


class Locator:
    """Finds sources in a library; texts that were searched once are kept folded."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._ids = {
            source: found for source in library.sources() if (found := library.find(source))
        }
        self._folded = cache(lambda document_id: folded(library.text(document_id)))

    def locate(self, source: Source) -> CitedSpan:
        """The span a source points at.

        Quoted words are looked for in the documents that its names may mean, then in all; as they
        stand, then without regard to white space and kinds of quotation marks and dashes. Without
        quoted words the whole named document is cited, since that is all the footnote says. What is
        in no document, or names several, has no `document_id`.
        """
        named = self._documents(source.names)
        if source.span:
            return self._as_told(source, named)
        if not source.content.strip():
            return self._whole(named[0]) if len(named) == 1 else _nowhere(source)
        for path in [*named, *(path for path in self._ids if path not in named)]:
            found = self._find(source.content, path)
            if found:
                return found
        return _nowhere(source)

    def source_of(self, document_id: str) -> str:
        return next((path for path, one in self._ids.items() if one == document_id), "")

    def _as_told(self, source: Source, named: list[str]) -> CitedSpan:
        span = source.span
        assert span is not None
        known = span.document_id in self._ids.values()
        path = named[0] if named and not known else self.source_of(span.document_id)
        return CitedSpan(
            document_id=self._ids.get(path),
            source=path or next(iter(source.names), ""),
            start=span.start if path else None,
            end=span.end if path else None,
            cited_text=source.content,
            page=span.page,
            support=span.support,
        )

    def _documents(self, names: tuple[str, ...]) -> list[str]:
        """The sources that the names may mean: by all of it, else the file's name, else a title."""
        for same in (_is_path, _is_file, self._is_title):
            for name in names:
                found = [path for path in self._ids if same(unquote(name), path)]
                if found:
                    return found
        return []

    def _is_title(self, name: str, path: str) -> bool:
        title = _letters(name)
        if not title:
            return False
        if title == _letters(_file(path).rpartition(".")[0]):
            return True
        head = self._library.text(self._ids[path])[:_HEAD]
        return title in map(_letters, head.splitlines())

    def _whole(self, path: str) -> CitedSpan:
        text = self._library.text(self._ids[path])
        return _span(self._ids[path], path, 0, len(text), text)

    def _find(self, words: str, path: str) -> CitedSpan | None:
        document_id = self._ids[path]
        text = self._library.text(document_id)
        exact = words.strip()
        start = text.find(exact)
        if start >= 0:
            return _span(document_id, path, start, start + len(exact), text)
        wanted = folded(exact).text.removeprefix("...").removesuffix("...").strip()
        whole = self._folded(document_id)
        start = whole.text.find(wanted) if wanted else -1
        if start < 0:
            return None
        first, last = whole.origins[start], whole.origins[start + len(wanted) - 1]
        return _span(document_id, path, first, last + 1, text)


def folded(text: str) -> Folded:
    """One space for white space, straight quotation marks, one dash, compatibility letters as one
    writes them (NFKC), no soft hyphens.
    """
    letters: list[str] = []
    origins: list[int] = []
    for offset, character in enumerate(text):
        plain = " " if character.isspace() else unicodedata.normalize("NFKC", character)
        for letter in plain.translate(STRAIGHT).replace("\xad", ""):
            if letter != " " or letters[-1:] not in ([], [" "]):
                letters.append(letter)
                origins.append(offset)
    return Folded("".join(letters), (*origins, len(text)))


def _span(document_id: str, path: str, start: int, end: int, text: str) -> CitedSpan:
    return CitedSpan(
        document_id=document_id, source=path, start=start, end=end, cited_text=text[start:end]
    )


def _nowhere(source: Source) -> CitedSpan:
    name = next(iter(source.names), "")
    return CitedSpan(document_id=None, source=name, start=None, end=None, cited_text=source.content)


def _is_path(name: str, path: str) -> bool:
    return name == path or urlsplit(name).path.lstrip("/") == path


def _is_file(name: str, path: str) -> bool:
    return bool(_file(name)) and _file(name).lower() == _file(path).lower()


def _file(path: str) -> str:
    """The last part of a path or an address."""
    return urlsplit(path.replace("\\", "/")).path.rstrip("/").rpartition("/")[2]


def _letters(text: str) -> str:
    """Letters and figures only, in small letters."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())
