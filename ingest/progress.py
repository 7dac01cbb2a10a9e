"""Saying how an ingest goes: a bar on a terminal, a line now and then elsewhere."""

import time
from collections.abc import Callable
from types import TracebackType

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as Bar

from ingest.report import Report

_SECONDS_BETWEEN_LINES = 10.0


class Progress:
    """Told how an ingest goes. This one says nothing; the others are context managers."""

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        pass

    def embedded(self, passages: int) -> None:
        """So many more passages have been embedded. May come from another thread."""

    def files(self, report: Report) -> None:
        """The report has grown."""


class BarProgress(Progress):
    """Files, passages, passages a second and the time left, on a terminal."""

    def __init__(self, console: Console, count_files: Callable[[], int]) -> None:
        self._count_files = count_files
        self._bar = Bar(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("files · {task.fields[passages]:,} passages · {task.fields[rate]:.0f}/s ·"),
            TimeElapsedColumn(),
            TextColumn("·"),
            TimeRemainingColumn(),
            TextColumn("left"),
            console=console,
            transient=True,
        )
        self._task: TaskID | None = None
        self._passages = 0
        self._started = 0.0

    def __exit__(self, *error: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._bar.stop()

    def embedded(self, passages: int) -> None:
        task = self._start()
        self._passages += passages
        rate = self._passages / (time.monotonic() - self._started)
        self._bar.update(task, passages=self._passages, rate=rate)

    def files(self, report: Report) -> None:
        self._bar.update(self._start(), completed=report.files)

    def _start(self) -> TaskID:
        """The bar comes with the first work: where nothing has changed there is none."""
        if self._task is None:
            self._started = time.monotonic() - 1e-3
            self._task = self._bar.add_task(
                "ingesting", total=self._count_files(), passages=0, rate=0.0
            )
            self._bar.start()
        return self._task


class LineProgress(Progress):
    """A line every ten seconds, for logs."""

    def __init__(self, write: Callable[[str], None], count_files: Callable[[], int]) -> None:
        self._write = write
        self._count_files = count_files
        self._total: int | None = None
        self._passages = 0
        self._started = self._said = time.monotonic()

    def embedded(self, passages: int) -> None:
        self._passages += passages

    def files(self, report: Report) -> None:
        now = time.monotonic()
        if now - self._said < _SECONDS_BETWEEN_LINES:
            return
        self._said = now
        if self._total is None:
            self._total = self._count_files()
        rate = self._passages / (now - self._started)
        self._write(
            f"{report.files:,} of {self._total:,} files, {self._passages:,} passages, "
            f"{rate:.0f} passages/s"
        )
