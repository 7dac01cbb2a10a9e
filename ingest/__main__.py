"""`python -m ingest PATH...`: bring an index up to date with files and folders."""

import argparse
import sys
import time

from ingest.errors import FootnoteError
from ingest.run import run
from ingest.settings import IngestSettings, load_settings
from ingest.update import Report

SKIPPED, WRONG_USE = 1, 2


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="python -m ingest",
        description="Add documents to the index, or update them. Unchanged files cost nothing.",
        epilog="Exit code: 0 all well, 1 a file was skipped for an error, 2 wrong use.",
    )
    made.add_argument("paths", metavar="PATH", nargs="+", help="a file or a folder")
    made.add_argument(
        "--index", metavar="DIR_OR_URL", help="the index (default: FOOTNOTE_INDEX or data/index)"
    )
    made.add_argument(
        "--prune", action="store_true", help="also remove documents whose files are gone"
    )
    return made


def main(arguments: list[str] | None = None) -> int:
    options = parser().parse_args(arguments)
    started = time.monotonic()
    try:
        settings = load_settings(IngestSettings, index=options.index)
        report = run(settings, options.paths, options.prune)
    except FootnoteError as error:
        print(f"ingest: {error}", file=sys.stderr)
        return WRONG_USE
    show(report)
    print(f"ingested into {settings.index}: {report} in {time.monotonic() - started:.1f} s")
    return SKIPPED if report.skipped else 0


def show(report: Report) -> None:
    for source in report.ignored:
        print(f"  ignored {source}: no reader for this format")
    for source, reason in report.skipped:
        print(f"  skipped {source}: {reason}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
