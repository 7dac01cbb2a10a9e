"""A real service whose log is read."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.conftest import started


class Log:
    """What a process has written to stderr by now."""

    def __init__(self, file: Path) -> None:
        self._file = file

    @property
    def text(self) -> str:
        return self._file.read_text("utf-8")

    def objects(self, logger: str) -> list[dict[str, Any]]:
        """Those of one logger, of a log in JSON."""
        whole = [line for line in self.text.splitlines(keepends=True) if line.endswith("\n")]
        return [one for one in map(json.loads, whole) if one["logger"] == logger]

    def line(self, logger: str, **fields: object) -> dict[str, Any]:
        """The one with these values; it may come a little after the response."""
        until = time.monotonic() + 10
        while True:
            found = [one for one in self.objects(logger) if fields.items() <= one.items()]
            if found or time.monotonic() > until:
                (line,) = found
                return line
            time.sleep(0.02)


@contextmanager
def logged_service(
    index: Path | str, folder: Path, *arguments: str, **settings: str
) -> Iterator[tuple[httpx.Client, Log]]:
    """A server process, its client, and its log, kept in `folder`."""
    file = folder / "log.txt"
    with started(index, *arguments, log=str(file), **settings) as (_, client):
        yield client, Log(file)
