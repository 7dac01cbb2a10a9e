"""A run: ask every case, look at what came, and sum it up."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from eval.asked import Asked
from eval.cases.case import Case
from eval.cases.gold import check_gold, gold_places
from eval.judges.judge import Judge, Remembering
from eval.metrics import METRICS
from eval.metrics.bootstrap import SEED
from eval.metrics.figures import figures
from eval.metrics.verdict import reasons
from eval.results import CaseResult, RunResult
from eval.targets.target import Target, TargetError

DIGITS = 6
Progress = Callable[[], None]
_MOST_FAILED = 5  # cases in a row, from the first, after which a target is given up


def run_suite(
    suite: str,
    cases: Sequence[Case],
    target: Target,
    judge: Judge,
    workers: int = 1,
    progress: Progress = lambda: None,
) -> RunResult:
    """Ask all cases, `workers` at a time; results keep the order of the cases.

    Raises CaseError when gold words are not in the target's documents, and TargetError when the
    target fails at once and again.
    """
    check_gold(cases, target.library)
    judge = Remembering(judge)
    asked = ask_all(cases, target, judge, workers, progress)
    return RunResult(
        suite=suite,
        target=target.name,
        model=target.model,
        judge=judge.name,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        seed=SEED,
        settings=target.settings(),
        figures=figures(asked, METRICS),
        cases=tuple(map(case_result, asked)),
    )


def ask_all(
    cases: Sequence[Case],
    target: Target,
    judge: Judge,
    workers: int = 1,
    progress: Progress = lambda: None,
) -> list[Asked]:
    def ask(case: Case) -> Asked:
        response = target.ask(case)
        progress()
        return Asked(case, response, gold_places(case, target.library), target.library, judge)

    asked: list[Asked] = []
    with ThreadPoolExecutor(workers) as pool:
        for one in pool.map(ask, cases):
            asked.append(one)
            if len(asked) == _MOST_FAILED and all(a.response.error for a in asked):
                pool.shutdown(cancel_futures=True)
                raise TargetError(f"{target.name} gives no answers: {one.response.error}")
    return asked


def case_result(asked: Asked) -> CaseResult:
    why = reasons(asked)
    values = {metric.name: metric.value(asked) for metric in METRICS}
    return CaseResult(
        case=asked.case,
        response=asked.response,
        right=not why,
        reasons=why,
        values={name: round(v, DIGITS) for name, v in values.items() if v is not None},
    )
