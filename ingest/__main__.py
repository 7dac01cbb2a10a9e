"""`python -m ingest PATH...`: bring an index up to date with files and folders."""

import argparse
import sys
import time

from ingest.embedding import load_encoder
from ingest.errors import FootnoteError
from ingest.index import IndexSettings
from ingest.opening import create_index
from ingest.passages import PassageSettings
from ingest.settings import IngestSettings, load_settings
from ingest.sources import check_paths
from ingest.update import Report, lock_index, update_index

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


def run(settings: IngestSettings, paths: list[str], prune: bool = False) -> Report:
    """Ingest with these settings. Raises FootnoteError."""
    check_paths(paths, may_be_empty=prune)
    encoder = load_encoder(settings.embedding_model, settings.cache / "models")
    sizes = PassageSettings(encoder.most_tokens, settings.passage_tokens)
    wanted = IndexSettings(
        settings.embedding_model, encoder.dimension, sizes.target_tokens, sizes.most_tokens
    )
    with lock_index(settings.index):
        index = create_index(settings.index, wanted)
        return update_index(index, paths, encoder, sizes, prune)


def show(report: Report) -> None:
    for source in report.ignored:
        print(f"  ignored {source}: no reader for this format")
    for source, reason in report.skipped:
        print(f"  skipped {source}: {reason}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
