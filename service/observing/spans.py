"""Spans of the stages of an answer: nothing at all while there are no traces."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Protocol


class Span(Protocol):
    def current(self) -> AbstractContextManager[object]:
        """While inside, what is begun belongs to it, requests to servers too."""
        ...

    def note(self, **attributes: str | int | float) -> None:
        """Counts and kinds, never texts."""
        ...

    def end(self, failure: str | None) -> None: ...


class _Nothing:
    def current(self) -> AbstractContextManager[object]:
        return nullcontext()

    def note(self, **attributes: str | int | float) -> None:
        pass

    def end(self, failure: str | None) -> None:
        pass


_NOTHING = _Nothing()


def _begin_nothing(_: str) -> Span:
    return _NOTHING


_begin: Callable[[str], Span] = _begin_nothing


def begin(name: str) -> Span:
    """A span within the one that is current; to be ended."""
    return _begin(name)


def begin_with(maker: Callable[[str], Span]) -> None:
    """From now on spans are made by it."""
    global _begin
    _begin = maker
