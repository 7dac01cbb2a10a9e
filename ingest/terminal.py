"""The end of an ingest in the terminal: what became of the files."""

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import PurePath

from rich import box
from rich.console import Console
from rich.table import Table

from ingest.legible import on_one_line
from ingest.report import Report

_MOST_DUPLICATES = 20


def show_report(report: Report, console: Console, say: Callable[[str], None]) -> None:
    """A table on a terminal; elsewhere only what needs to be named: skipped files to stderr."""
    if console.is_terminal:
        console.print(_table(report))
    for source, original in report.duplicates[:_MOST_DUPLICATES]:
        say(f"  same text: {on_one_line(source)} = {on_one_line(original)}")
    if len(report.duplicates) > _MOST_DUPLICATES:
        say(f"  ... and {len(report.duplicates) - _MOST_DUPLICATES:,} more of the same text")
    if report.ignored:
        say(f"  ignored, no reader for the format: {_by_suffix(report.ignored)}")
    for source, reason in report.skipped:
        print(f"  skipped {on_one_line(source)}: {on_one_line(reason)}", file=sys.stderr)


def _table(report: Report) -> Table:
    table = Table(box=box.SIMPLE_HEAD)
    for name in report.counts():
        table.add_column(name, justify="right")
    for name in ("passages", "embedded", "dropped"):
        table.add_column(name, justify="right", style="dim")
    counts = [*report.counts().values(), report.passages, report.embedded, report.dropped]
    table.add_row(*(f"{count:,}" for count in counts))
    return table


def _by_suffix(sources: list[str]) -> str:
    """Few files by name, many by suffix."""
    if len(sources) <= 5:
        return ", ".join(map(on_one_line, sources))
    counts = Counter(PurePath(source).suffix.lower() or "no suffix" for source in sources)
    return ", ".join(f"{n:,} {on_one_line(suffix)}" for suffix, n in counts.most_common())
