"""Whatever a library raises over a damaged file becomes the one error that ingest expects."""

from collections.abc import Iterator
from contextlib import contextmanager

from ingest.errors import UnreadableFile

_LONGEST = 150  # characters of a library's message
_STOPS = (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError)


@contextmanager
def refusing(what: str) -> Iterator[None]:
    """Raise UnreadableFile ("damaged: no Word file that can be read (...)") for every error inside.

    The libraries raise what their code runs into: KeyError, lxml's errors, and, from Rust, panics
    that are no Exception.
    """
    try:
        yield
    except (UnreadableFile, *_STOPS):
        raise
    except BaseException as error:
        said = " ".join(str(error).split())[:_LONGEST] or type(error).__name__
        raise UnreadableFile(f"damaged: no {what} that can be read ({said})") from error
