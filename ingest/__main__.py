"""`python -m ingest PATH...`: bring an index up to date with files and folders."""

import argparse
import gc
import os
import sys
import time
from contextlib import suppress
from typing import NoReturn

from rich.console import Console

from ingest.errors import FootnoteError, UnreadableFile
from ingest.legible import on_one_line
from ingest.progress import BarProgress, LineProgress, Progress
from ingest.readers import plug_in
from ingest.run import rebuild, run
from ingest.settings import IngestSettings, load_settings
from ingest.sources import count_files
from ingest.terminal import show_report

_RARELY = (100_000, 50, 1000)  # imports make objects by the 100,000, none of them garbage
SKIPPED, WRONG_USE, INTERRUPTED = 1, 2, 130


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="python -m ingest",
        description="Add documents to the index, or update them. Unchanged files cost nothing.",
        epilog="Exit code: 0 all well, 1 a file was skipped for an error, 2 wrong use.",
    )
    made.add_argument("paths", metavar="PATH", nargs="*", help="a file or a folder")
    made.add_argument(
        "--index", metavar="DIR_OR_URL", help="the index (default: FOOTNOTE_INDEX or data/index)"
    )
    made.add_argument(
        "--prune", action="store_true", help="also remove documents whose files are gone"
    )
    made.add_argument(
        "--rebuild",
        action="store_true",
        help="make the index again beside the old one, then put it in its place: "
        "after a change of settings, or to read all files anew",
    )
    made.add_argument(
        "--explain",
        metavar="FILE",
        help="show what is kept of a file and what is dropped; no index",
    )
    return made


def main(arguments: list[str] | None = None) -> int:
    gc.set_threshold(*_RARELY)
    made = parser()
    options = made.parse_args(arguments)
    if not (options.paths or options.rebuild or options.explain):
        made.error("name a file or a folder to ingest")
    try:
        settings = load_settings(IngestSettings, index=options.index)
        if options.explain:
            plug_in(settings.readers)
            return _explain(options.explain)
        return _ingest(settings, options)
    except FootnoteError as error:
        print(f"ingest: {on_one_line(str(error))}", file=sys.stderr)
        return WRONG_USE
    except KeyboardInterrupt:
        print("ingest: interrupted; the next run goes on from here", file=sys.stderr)
        return INTERRUPTED


def _ingest(settings: IngestSettings, options: argparse.Namespace) -> int:
    started = time.monotonic()
    console = Console(highlight=False)
    work = rebuild if options.rebuild else run
    with _progress(console, options.paths) as progress:
        report = work(settings, options.paths, options.prune, progress)
    show_report(report, console, _say)
    _say(f"ingested into {settings.index}: {report} in {time.monotonic() - started:.1f} s")
    return SKIPPED if report.skipped else 0


def _progress(console: Console, paths: list[str]) -> Progress:
    if console.is_terminal:
        return BarProgress(console, lambda: count_files(paths))
    return LineProgress(_say, lambda: count_files(paths))


def _say(line: str) -> None:
    """Print; when nobody reads on (`| head`), go on with the work in silence."""
    try:
        print(line, flush=True)
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: PTH123, SIM115 (for as long as we live)


def _explain(path: str) -> int:
    from ingest.explain import explain  # brings the readers

    try:
        for line in explain(path):
            _say(line)
    except UnreadableFile as error:
        print(f"ingest: {on_one_line(str(error))}", file=sys.stderr)
        return SKIPPED
    return 0


def leave(code: int) -> NoReturn:
    """End at once: Python would take a third of a second to take all modules apart."""
    with suppress(BrokenPipeError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    leave(main())
