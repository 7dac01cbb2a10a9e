"""`python -m eval`: ask the gold cases and print how right the answers and footnotes are."""

import argparse
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.progress import track

from eval.cases import load_cases
from eval.report import show, show_failures
from eval.run import run_cases
from ingest.errors import FootnoteError
from ingest.run import run as ingest
from ingest.settings import load_settings
from service.assembly import Assembly
from service.settings import ServiceSettings

WRONG_USE = 2
_CASES = Path(__file__).parent / "cases" / "seeds.jsonl"
_DOCUMENTS = Path(__file__).parent.parent / "seeds"


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python -m eval", description=__doc__)
    made.add_argument(
        "cases", nargs="?", type=Path, default=_CASES, help="a JSON Lines file (default: the seeds)"
    )
    made.add_argument(
        "--documents", type=Path, default=_DOCUMENTS, help="the folder the cases are about"
    )
    made.add_argument("--failures", action="store_true", help="show each case that went wrong")
    return made


def main(arguments: list[str] | None = None) -> int:
    options = parser().parse_args(arguments)
    console = Console(highlight=False)
    try:
        cases = load_cases(options.cases)
        settings = load_settings(ServiceSettings)
        with tempfile.TemporaryDirectory() as folder:
            settings = settings.model_copy(update={"index": str(Path(folder) / "index")})
            ingest(settings, [str(options.documents)])
            answerer = Assembly(settings).answerer()
            asked = track(run_cases(cases, answerer), "asking", len(cases), console=console)
            results = list(asked)
    except FootnoteError as error:
        print(f"eval: {error}", file=sys.stderr)
        return WRONG_USE
    show(results, console)
    if options.failures:
        show_failures(results, console)
    return 0


if __name__ == "__main__":
    sys.exit(main())
