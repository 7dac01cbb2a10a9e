"""Ask the cases of a suite, print how right the answers and footnotes are, and gate.

Exit status: 0, or 1 when the gate fails, 2 for wrong use. Other commands, each with --help:
compare, draft, import-squad, import-csv, import-feedback, agreement, mutations.
"""

import argparse
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from eval.baseline import load_baseline
from eval.cases.case import DRAFT
from eval.commands.judges import add_judge_options, show_judge_agreement, the_judge
from eval.commands.outputs import OutputError, Outputs, add_output_options
from eval.commands.targets import add_target_options, open_target, positive
from eval.gate import judge_run
from eval.judges.judge import Judge
from eval.plain_retriever import plain_figures
from eval.reports.terminal import show_failures, show_run
from eval.results import Figure, RunResult
from eval.run import run_suite
from eval.suite import SHIPPED, Suite, open_suite
from eval.targets.target import Target

FAILED = 1


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="python -m eval",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument(
        "cases",
        nargs="?",
        type=Path,
        default=SHIPPED,
        help="cases as JSON Lines, JSON or YAML, or a SQuAD-format file (default: the seeds)",
    )
    made.add_argument("--documents", metavar="FOLDER", type=Path, help="what the cases are about")
    made.add_argument("--index", metavar="PLACE", help="an index of them, instead")
    made.add_argument("--tag", action="append", default=[], help="only cases with this tag")
    made.add_argument("--case", action="append", default=[], help="only the case with this id")
    made.add_argument("--sample", metavar="N", type=positive, help="only N cases, drawn by seed")
    made.add_argument(
        "--without-gold",
        action="store_true",
        help="ask each case of all documents but those that answer it: it has to be refused",
    )
    add_target_options(made)
    add_judge_options(made)
    made.add_argument(
        "--plain",
        action=argparse.BooleanOptionalAction,
        help="beside it, the plain LlamaIndex retriever (default: for SQuAD-format files)",
    )
    made.add_argument("--baseline", metavar="FILE", type=Path, help="fail when worse than this")
    made.add_argument("--failures", action="store_true", help="show each case that went wrong")
    add_output_options(made)
    return made


def main(arguments: list[str]) -> int:
    options = parser().parse_args(arguments)
    console = Console(highlight=False)
    baseline = load_baseline(options.baseline) if options.baseline else None
    outputs = Outputs.of(options)
    judge = the_judge(options)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        scratch = Path(folder)
        suite = open_suite(options.cases, options.documents, scratch)
        is_squad = suite.documents == scratch / "documents"
        suite = suite.only(options.tag, options.case, options.sample)
        if options.save_baseline and (options.without_gold or not suite.whole):
            raise OutputError(
                "--save-baseline keeps a suite as it is: give no option that changes it"
            )
        target = open_target(options, suite.documents, options.index, scratch)
        if options.without_gold:
            suite = suite.without_gold(target.library.sources())
        _warn_of_drafts(suite, console)
        run = _ask(suite, target, judge, options.workers)
        beside = _beside(suite, target, options, is_squad)
        verdict = judge_run(run, baseline, suite.whole)
        shown = verdict if baseline or not verdict.passed else None
        outputs.write(run, shown, target.library)
        if options.failures:
            show_failures(run, console)
        show_run(run, shown, console, beside)
        show_judge_agreement(judge, console)
    return 0 if verdict.passed else FAILED


def _warn_of_drafts(suite: Suite, console: Console) -> None:
    drafts = sum(DRAFT in case.tags for case in suite.cases)
    if drafts:
        console.print(f"{drafts} of {len(suite.cases)} cases are drafts that nobody has checked.")


def _ask(suite: Suite, target: Target, judge: Judge, workers: int) -> RunResult:
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("asking", total=len(suite.cases))
        advance: Callable[[], None] = lambda: progress.advance(task)  # noqa: E731
        return run_suite(suite, target, judge, workers, advance)


def _beside(
    suite: Suite, target: Target, options: argparse.Namespace, is_squad: bool
) -> Sequence[tuple[str, Sequence[Figure]]]:
    wanted = is_squad and not options.without_gold if options.plain is None else options.plain
    if not wanted:
        return []
    return [("plain LlamaIndex", plain_figures(suite.cases, target.library))]
