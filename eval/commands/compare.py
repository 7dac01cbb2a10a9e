"""Run two or more settings on the same cases, side by side, each compared with the first.

A TOML file holds `label = "..."` and a table `[settings]` with names as in the environment,
without the prefix, in lower case (`passage_tokens = 64`); or `url = "..."` of a running service.
"""

import argparse
import tempfile
from pathlib import Path

from rich.console import Console

from eval.commands.judges import add_judge_options, the_judge
from eval.commands.outputs import check_writable
from eval.commands.targets import open_here, positive
from eval.compare import Variant, load_variant
from eval.judges.judge import Judge, Remembering
from eval.reports.comparison import comparison_plot, show_comparison
from eval.results import RunResult
from eval.run import run_suite
from eval.suite import SHIPPED, Suite, open_suite
from eval.targets.service_url import ServiceUrl


def main(arguments: list[str]) -> int:
    parser = _parser()
    options = parser.parse_args(arguments)
    if len(options.settings) < 2:
        parser.error("a comparison needs two files")
    console = Console(highlight=False)
    if options.svg:
        check_writable(options.svg)
    variants = [load_variant(path) for path in options.settings]
    judge = Remembering(the_judge(options))
    runs: list[tuple[str, RunResult]] = []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        suite = open_suite(options.cases, options.documents, Path(folder))
        suite = suite.only(options.tag, [], options.sample)
        for number, variant in enumerate(variants):
            scratch = Path(folder) / str(number)
            with console.status(f"asking {variant.label}"):
                runs.append((variant.label, _run(suite, variant, judge, scratch)))
    show_comparison(runs, console)
    if options.svg:
        options.svg.write_text(comparison_plot(runs) + "\n", "utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m eval compare",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("settings", nargs="+", type=Path, metavar="TOML")
    parser.add_argument("--cases", type=Path, default=SHIPPED, help="(the seeds)")
    parser.add_argument("--documents", metavar="FOLDER", type=Path)
    parser.add_argument("--tag", action="append", default=[], help="only cases with this tag")
    parser.add_argument("--sample", metavar="N", type=positive, help="only N cases")
    parser.add_argument(
        "--svg", metavar="FILE", type=Path, help="draw quality against latency into this file"
    )
    add_judge_options(parser)
    return parser


def _run(suite: Suite, variant: Variant, judge: Judge, scratch: Path) -> RunResult:
    if variant.url:
        return run_suite(suite, ServiceUrl(variant.url, variant.api_key), judge)
    target = open_here(suite.documents, None, scratch, **variant.settings)
    return run_suite(suite, target, judge)
