"""`python -m eval.benchmarks.crowded FILE`: what many unrelated passages cost in quality.

The questions of a SQuAD-format file are asked of an index of its articles, and of one of the same
articles among many passages about other matters; then again with the article of each question
left out, where they have to be refused. Unrelated passages are real sentences of other files, put
together at random, and embedded as all others are; without such files, generated sentences. When
each sentence has been used, they come again with a share of their words exchanged: the same one in
several passages, near to a question by chance, would take several places of the ranking.

A sentence ranker that was trained on the articles or on the unrelated files answers better than it
would else: the figures of retrieval do not depend on it, for the others give `--rankers`.
"""

import argparse
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from eval.benchmarks.drawn_documents import DrawSentence, real_sentences, write_drawn
from eval.benchmarks.generated import sentence as generated_sentence
from eval.benchmarks.places import place_for
from eval.benchmarks.varied_sentences import VariedSentences
from eval.cases.squad import is_squad, load_squad
from eval.commands.targets import open_here, positive
from eval.judges.local import LocalJudge
from eval.reports.comparison import show_comparison
from eval.results import RunResult
from eval.run import run_suite
from eval.suite import Suite, open_suite
from eval.targets.in_process import InProcess
from eval.targets.target import Target
from eval.training.held_out import HeldOut, articles_of_cases, services_with
from ingest.run import run as ingest
from ingest.settings import IngestSettings, load_settings


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two indexes, asked with one sentence ranker or one for each fold of articles."""

    label: str
    services: list[InProcess]

    def __str__(self) -> str:
        index = self.services[0].answerer.retriever.index
        return (
            f"{self.label}: {index.document_count():,} documents, "
            f"{index.passage_count():,} passages"
        )

    def target(self, article_of: Mapping[str, str]) -> Target:
        """`article_of`: case id to article."""
        if len(self.services) == 1:
            return self.services[0]
        return HeldOut(self.services, dict(article_of))


def main(arguments: Sequence[str] | None = None) -> None:
    parser = _parser()
    options = parser.parse_args(arguments)
    _check(options, parser)
    console = Console(highlight=False)
    with place_for(options.keep) as place:
        shutil.rmtree(place / "documents", ignore_errors=True)  # another file's
        suite = open_suite(options.file, None, place).only([], [], options.sample)
        with console.status("ingesting"):
            draw = _draw(options.unrelated, console)
            sides = _sides(place, options.passages, draw, options.rankers)
        for side in sides:
            console.print(str(side))
        article_of = articles_of_cases(options.file)
        targets = {side.label: side.target(article_of) for side in sides}
        _compare("all documents", suite, targets, console)
        _compare("without the article of the question", suite, targets, console, gold=False)


def _parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="python -m eval.benchmarks.crowded",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("file", type=Path, help="a SQuAD-format file: what is asked")
    made.add_argument(
        "--unrelated",
        metavar="FILE",
        type=Path,
        nargs="+",
        default=[],
        help="sentences about other matters: SQuAD-format files, or .tsv files of a question and "
        "a sentence a line",
    )
    made.add_argument(
        "--passages", metavar="N", type=positive, default=20_000, help="unrelated ones (20000)"
    )
    made.add_argument(
        "--rankers",
        metavar="FOLDER",
        type=Path,
        nargs="+",
        default=[],
        help="sentence rankers, one for each fold of articles and not trained on it "
        "(see eval.training.held_out), instead of the settings' one",
    )
    made.add_argument("--sample", metavar="N", type=positive, help="only N questions")
    made.add_argument(
        "--keep", metavar="FOLDER", type=Path, help="keep the indexes here, and use them again"
    )
    return made


def _check(options: argparse.Namespace, parser: argparse.ArgumentParser) -> None:
    for file in (options.file, *options.unrelated):
        if not file.is_file():
            parser.error(f"there is no file {file}")
    if not is_squad(options.file):
        parser.error(f"{options.file} is not in SQuAD format")
    own, *others = (_titles(f) for f in (options.file, *filter(is_squad, options.unrelated)))
    related = own & set().union(*others)
    if related:
        parser.error(f"not unrelated, articles of the same name: {', '.join(sorted(related))}")


def _titles(file: Path) -> set[str]:
    return {article.text.partition("\n")[0] for article in load_squad(file)}


def _draw(files: Sequence[Path], console: Console) -> DrawSentence:
    if not files:
        return generated_sentence
    sentences = real_sentences(files)
    console.print(f"unrelated: {len(sentences):,} distinct sentences")
    return VariedSentences(sentences)


def _sides(place: Path, passages: int, draw: DrawSentence, rankers: Sequence[Path]) -> list[Side]:
    """The index of the articles alone, and that of the articles and unrelated documents."""
    articles, unrelated = place / "documents", place / "unrelated"
    write_drawn(unrelated, passages, draw, load_settings(IngestSettings).passage_tokens)
    sides = {"alone": [articles], "crowded": [articles, unrelated]}
    return [
        Side(label, _opened(place / label, folders, place, rankers))
        for label, folders in sides.items()
    ]


def _opened(
    place: Path, folders: Sequence[Path], scratch: Path, rankers: Sequence[Path]
) -> list[InProcess]:
    """An index of all documents in the folders and nothing else, opened for each ranker; of one
    that is there already, only what has changed is made again."""
    settings = load_settings(IngestSettings, index=str(place))
    ingest(settings, [str(folder) for folder in folders], prune=True)
    if not rankers:
        return [open_here(None, str(place), scratch)]
    return services_with(rankers, place)


def _compare(
    title: str,
    suite: Suite,
    targets: Mapping[str, Target],
    console: Console,
    gold: bool = True,
) -> None:
    runs: list[tuple[str, RunResult]] = []
    for label, target in targets.items():
        asked = suite if gold else suite.without_gold(target.library.sources())
        with console.status(f"asking, {label}"):
            runs.append((label, run_suite(asked, target, LocalJudge())))
    console.print(f"\n{title}", style="bold")
    show_comparison(runs, console)


if __name__ == "__main__":
    main()
