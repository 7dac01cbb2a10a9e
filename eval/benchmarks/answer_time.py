"""`python -m eval.benchmarks.answer_time`: how long an answer takes over a large index.

Of the index, a few documents are real, and embedded as always; the others' words and vectors are
drawn at random, for embedding them would take twenty minutes. Questions on the real ones are asked
in a process of its own, as the service asks them: each once, after a few others that warm it up,
and then again. The sentence ranker remembers what it read for earlier questions, as in the service.
Beside it stands the plain LlamaIndex retriever over the same Chroma collection, with the same
weights, which finds as many passages and answers nothing.
"""

import argparse
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from rich import box
from rich.console import Console
from rich.table import Table

from eval.benchmarks.large_index import WARM_UP, Answered, Timings, apart, ask, ask_plain, make
from eval.benchmarks.places import place_for
from eval.commands.targets import positive
from eval.suite import SHIPPED, Suite, open_suite

_PARTS = ("retrieve", "answer", "verify", "total")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = _parser()
    options = parser.parse_args(arguments)
    console = Console(highlight=False)
    with place_for(options.keep) as place:
        suite = _suite(options, place, parser)
        assert suite.documents is not None
        with console.status("making the index"):
            made = apart(make, place, options.passages, suite.documents)
        console.print(
            f"{made.passages:,} passages of {made.documents:,} documents, "
            f"ingested in {made.ingested:.1f} s, full-text index in {made.indexed:.1f} s"
        )
        with console.status("asking"):
            sides = {"footnote": apart(ask, place, suite.cases)}
            if options.plain:
                sides["plain LlamaIndex"] = apart(ask_plain, place, suite.cases)
    ours = sides["footnote"]
    console.print(f"{suite.name}: {ours.answers} of {len(ours.new)} questions answered")
    console.print(_times(sides))
    console.print(_costs(sides))


def _parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="python -m eval.benchmarks.answer_time",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument(
        "cases",
        nargs="?",
        type=Path,
        default=SHIPPED,
        help="what is asked: a SQuAD-format file, or cases (the seeds)",
    )
    made.add_argument("--documents", metavar="FOLDER", type=Path, help="what the cases are about")
    made.add_argument(
        "--passages", metavar="N", type=positive, default=100_000, help="drawn ones (100000)"
    )
    made.add_argument(
        "--questions", metavar="N", type=positive, default=200, help="at most so many (200)"
    )
    made.add_argument(
        "--plain",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="beside it, the plain LlamaIndex retriever",
    )
    made.add_argument(
        "--keep", metavar="FOLDER", type=Path, help="keep the index here, and use it again"
    )
    return made


def _suite(options: argparse.Namespace, place: Path, parser: argparse.ArgumentParser) -> Suite:
    shutil.rmtree(place / "documents", ignore_errors=True)  # another file's
    suite = open_suite(options.cases, options.documents, place)
    suite = suite.only([], [], options.questions + WARM_UP)
    if suite.documents is None:
        parser.error("where are the documents? give --documents FOLDER")
    if len(suite.cases) <= WARM_UP:
        parser.error(f"{suite.name} has too few questions: {WARM_UP} are for warming up")
    return suite


def _times(sides: dict[str, Answered]) -> Table:
    table = Table(title="milliseconds a question", box=box.SIMPLE_HEAD)
    for name in ("", "new p50", "new p95", "again p50", "again p95"):
        table.add_column(name, justify="right" if name else "left")
    for label, answered in sides.items():
        for part in _PARTS:
            if part in answered.new[0]:
                figures = (*_quantiles(answered.new, part), *_quantiles(answered.again, part))
                table.add_row(f"{label}: {part}", *figures)
    return table


def _quantiles(timings: Sequence[Timings], part: str) -> Iterator[str]:
    taken = [one[part] for one in timings]
    if taken:
        yield from (f"{value:.1f}" for value in np.quantile(taken, (0.5, 0.95)))


def _costs(sides: dict[str, Answered]) -> Table:
    table = Table(title="opening and memory", box=box.SIMPLE_HEAD)
    for name in (
        "",
        "opened in s",
        "first question in s",
        "MB once open",
        "MB after the questions",
    ):
        table.add_column(name, justify="right" if name else "left")
    for label, answered in sides.items():
        seconds = (f"{answered.opened:.2f}", f"{answered.first:.2f}")
        memory = (f"{answered.memory_open:,.0f}", f"{answered.memory:,.0f}")
        table.add_row(label, *seconds, *memory)
    return table


if __name__ == "__main__":
    main()
