"""`python -m eval.training.held_out SQUAD_FILE --rankers FOLDER ...`: the figures of a SQuAD-format
file, every question answered with a ranker that was not trained on its article.

All articles are in one index. The Nth ranker answers the questions on articles of fold N
(`train_ranker --fold`; those of folds that have none are left out), combined by regressions fitted
without them (`fit_extractive --fold`). With `--urls`, running services are asked, each over all
articles and started with one of the rankers.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from eval.cases.case import Case
from eval.cases.squad import load_squad
from eval.commands.targets import open_here
from eval.judges.local import LocalJudge
from eval.reports.terminal import show_run
from eval.run import run_suite
from eval.suite import open_suite
from eval.targets.in_process import InProcess
from eval.targets.response import Response
from eval.targets.service_url import ServiceUrl
from eval.targets.target import Target
from eval.training.folds import fold_of


class HeldOut:
    """Asks, for each case, the service whose ranker has not seen the case's article."""

    def __init__(
        self, services: Sequence[Target], article_of: dict[str, str], folds: int | None = None
    ) -> None:
        """`article_of`: case id to article; `folds`: how many, by default one a service."""
        self._services = services
        self._folds = folds or len(services)
        self._article_of = article_of
        self.name = f"{services[0].name}, held out"
        self.model = services[0].model
        self.library = services[0].library

    def ask(self, case: Case) -> Response:
        return self._services[self._fold(case)].ask(case)

    def can_ask(self, case: Case) -> bool:
        return self._fold(case) < len(self._services)

    def _fold(self, case: Case) -> int:
        return fold_of(self._article_of[case.id], self._folds)

    def settings(self) -> dict[str, str]:
        return self._services[0].settings()


def services_with(rankers: Sequence[Path], index: Path) -> list[InProcess]:
    """The service over an index, once with each sentence ranker."""
    return [
        open_here(None, str(index), index.parent, sentence_ranker=str(ranker)) for ranker in rankers
    ]


def articles_of_cases(squad: Path) -> dict[str, str]:
    """The article that each case of a SQuAD-format file is about, by the case's id."""
    return {asked.id: asked.article for one in load_squad(squad) for asked in one.questions}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.training.held_out", description=__doc__)
    parser.add_argument("squad", type=Path, help="a SQuAD-format file")
    asked = parser.add_mutually_exclusive_group(required=True)
    asked.add_argument("--rankers", type=Path, nargs="+", help="one for each fold")
    asked.add_argument("--urls", nargs="+", help="running services, one for each fold")
    parser.add_argument("--folds", type=int, help="how many there are (default: one each)")
    parser.add_argument("--sample", metavar="N", type=int, help="only N questions, drawn by seed")
    options = parser.parse_args(arguments)
    console = Console(highlight=False)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        suite = open_suite(options.squad, None, Path(folder)).only((), (), options.sample)
        services = _services(options, suite.documents)
        target = HeldOut(services, articles_of_cases(options.squad), options.folds)
        suite = replace(suite, cases=tuple(filter(target.can_ask, suite.cases)))
        for part in (suite, suite.without_gold(target.library.sources())):
            show_run(run_suite(part, target, LocalJudge()), None, console)
    return 0


def _services(options: argparse.Namespace, documents: Path | None) -> Sequence[Target]:
    if options.urls:
        return [ServiceUrl(url) for url in options.urls]
    assert documents is not None
    scratch = documents.parent
    open_here(documents, None, scratch)  # makes the index
    return services_with(options.rankers, scratch / "index")


if __name__ == "__main__":
    sys.exit(main())
