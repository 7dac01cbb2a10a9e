"""A run: ask every case, look at what came, and sum it up."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from eval.asked import Asked
from eval.cases.case import Case
from eval.cases.gold import check_gold, gold_places
from eval.judges.judge import Judge, Remembering, Tolerant
from eval.metrics import METRICS
from eval.metrics.bootstrap import SEED
from eval.metrics.figures import CaseRows, figures, rows_of
from eval.metrics.verdict import reasons
from eval.results import CaseResult, RunResult
from eval.suite import Suite
from eval.targets.target import Target, TargetError

DIGITS = 6
Progress = Callable[[], None]
_MOST_FAILED = 5  # cases in a row, from the first, after which a target is given up


def run_suite(
    suite: Suite,
    target: Target,
    judge: Judge,
    workers: int = 1,
    progress: Progress = lambda: None,
) -> RunResult:
    """Ask all cases, `workers` at a time; results keep the order of the cases.

    Raises CaseError when gold words are not in the target's documents, and TargetError when the
    target fails at once and again.
    """
    check_gold(suite.cases, target.library, suite.lines)
    tolerant = Tolerant(judge)
    remembering = Remembering(tolerant)
    asked = ask_all(suite.cases, target, remembering, workers, progress)
    rows = [rows_of(one, METRICS) for one in asked]
    return RunResult(
        suite=suite.name,
        target=target.name,
        model=target.model,
        judge=judge.name,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        seed=SEED,
        settings=target.settings(),
        judge_failures=tuple(tolerant.failures),
        figures=figures(rows, METRICS),
        cases=tuple(map(case_result, asked, rows)),
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


def case_result(asked: Asked, rows: CaseRows) -> CaseResult:
    why = reasons(asked)
    return CaseResult(
        case=asked.case,
        response=asked.response,
        right=not why,
        reasons=why,
        rows={name: tuple(round(number, DIGITS) for number in row) for name, row in rows.items()},
    )
