"""Tracebacks that give no texts away: an exception's message may quote what a user or a document
says, so it is shown only of those whose messages are of files, code or settings."""

import sqlite3
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import Any

from ingest.errors import FootnoteError

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]

_TELLING = (
    FootnoteError,
    OSError,
    sqlite3.Error,
    ImportError,
    MemoryError,
    NameError,
    AttributeError,
    TypeError,
    RecursionError,
)
_WITHHELD = "(message withheld: FOOTNOTE_LOG_QUESTIONS)"
_MOST_CAUSES = 10


def private_traceback(exc_info: Any) -> str:
    """As Python prints one, of the form that structlog's exception formatters have."""
    _, error, _ = exc_info
    return "\n".join(_blocks(error))


def _blocks(error: BaseException, depth: int = 0) -> Iterator[str]:
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None and depth < _MOST_CAUSES:
        yield from _blocks(cause, depth + 1)
        yield "\nwhich led to:\n"
    yield "Traceback (most recent call last):"
    yield "".join(traceback.format_tb(error.__traceback__)).rstrip("\n")
    yield f"{type(error).__qualname__}: {_message(error)}"
    if isinstance(error, BaseExceptionGroup) and depth < _MOST_CAUSES:
        for one in error.exceptions:
            yield "\nof which one is:\n"
            yield from _blocks(one, depth + 1)


def _message(error: BaseException) -> str:
    return str(error) if isinstance(error, _TELLING) else _WITHHELD
