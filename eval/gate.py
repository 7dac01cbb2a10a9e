"""The gate: whether a run is worse than its baseline, and which cases changed."""

from collections.abc import Iterator, Sequence
from typing import Literal

import numpy as np
from pydantic import BaseModel, ConfigDict

from eval.baseline import Baseline, BaselineCase, fingerprint
from eval.metrics import METRICS, Metric
from eval.metrics.bootstrap import difference_interval
from eval.results import CaseResult, RunResult

_ALWAYS = ("verbatim", "statements cited")
"""Metrics that hold for every answer, whatever a baseline says."""

_SUPPORT = "ALCE recall"

Pair = tuple[CaseResult, BaselineCase]


class Plain(BaseModel):
    model_config = ConfigDict(frozen=True)


class Change(Plain):
    """A case that is answered otherwise than before."""

    id: str
    question: str
    kind: Literal["broken", "mended", "reworded"]
    """`reworded`: as right or wrong as before, in other words."""
    must: bool
    before: str
    """The old answer; empty for a case that the baseline does not know."""
    after: str
    reasons: tuple[str, ...]


class Drop(Plain):
    """A metric over the cases that both runs have; the interval is that of the difference."""

    metric: str
    before: float
    after: float
    low: float
    high: float


class Verdict(Plain):
    passed: bool
    problems: tuple[str, ...]
    """Why the gate fails, one sentence each, the gravest first."""
    drops: tuple[Drop, ...]
    changes: tuple[Change, ...]
    not_compared: tuple[str, ...]
    """Ids of cases that are new, edited since, or gone."""


def judge_run(run: RunResult, baseline: Baseline | None) -> Verdict:
    """Compare a run with its baseline, case by case. The gate fails when

    - a footnote is not verbatim, or a statement has none, whatever the baseline says;
    - a case got no answer from the target;
    - a case tagged `must` is wrong, and was right or is new, or its citations support less of
      what it says than they did;
    - a gated metric is worse over the cases that both runs have, and the 95 % interval of the
      paired difference is wholly on the worse side.
    """
    known = baseline.cases if baseline else {}
    pairs = [(r, known[r.case.id]) for r in run.cases if _comparable(r, known)]
    compared = {result.case.id for result, _ in pairs}
    fresh = [result for result in run.cases if result.case.id not in compared]
    changes = (*_changes(pairs), *(_new_and_wrong(r) for r in fresh if r.case.must and not r.right))
    drops = tuple(_drops(pairs))
    problems = (
        *_untrue(run),
        *_unanswered(run),
        *_broken(changes),
        *_unsupported(pairs),
        *map(_told, drops),
    )
    gone = known.keys() - {result.case.id for result in run.cases}
    return Verdict(
        passed=not problems,
        problems=problems,
        drops=drops,
        changes=changes,
        not_compared=(*(result.case.id for result in fresh), *sorted(gone)),
    )


def _comparable(result: CaseResult, known: dict[str, BaselineCase]) -> bool:
    before = known.get(result.case.id)
    return before is not None and before.fingerprint == fingerprint(result.case)


def _changes(pairs: Sequence[Pair]) -> Iterator[Change]:
    for after, before in pairs:
        if after.right != before.right:
            yield _change(after, "mended" if after.right else "broken", before.answer)
        elif after.response.answer != before.answer:
            yield _change(after, "reworded", before.answer)


def _new_and_wrong(result: CaseResult) -> Change:
    return _change(result, "broken", "")


def _change(
    result: CaseResult, kind: Literal["broken", "mended", "reworded"], before: str
) -> Change:
    return Change(
        id=result.case.id,
        question=result.case.question,
        kind=kind,
        must=result.case.must,
        before=before,
        after=result.response.answer,
        reasons=result.reasons,
    )


def _drops(pairs: Sequence[Pair]) -> Iterator[Drop]:
    for metric in METRICS:
        if metric.gated:
            drop = _drop(metric, pairs)
            if drop is not None:
                yield drop


def _drop(metric: Metric, pairs: Sequence[Pair]) -> Drop | None:
    """The worsening of one metric over the cases in which it counts in both runs; None if it is
    no worse, or not beyond what chance explains."""
    name = metric.name
    both = [
        (before.values[name], after.values[name])
        for after, before in pairs
        if name in before.values and name in after.values
    ]
    if not both:
        return None
    before, after = np.array(both, dtype=np.float64).T[:, :, None]
    low, high = difference_interval(before, after, name)
    worse = high < 0 if metric.better == "higher" else low > 0
    if not worse:
        return None
    return Drop(
        metric=name, before=float(before.mean()), after=float(after.mean()), low=low, high=high
    )


def _untrue(run: RunResult) -> Iterator[str]:
    for name in _ALWAYS:
        failing = [r.case.id for r in run.cases if r.values.get(name, 1.0) < 1.0]
        if failing:
            shown = ", ".join(failing[:5]) + (", ..." if len(failing) > 5 else "")
            yield f"{name} is below 1 in {len(failing)} cases, and must never be: {shown}"


def _unanswered(run: RunResult) -> Iterator[str]:
    for result in run.cases:
        if result.response.error:
            yield f"{result.case.id} got no answer: {result.response.error}"


def _broken(changes: Sequence[Change]) -> Iterator[str]:
    for change in changes:
        if change.must and change.kind == "broken":
            yield f"{change.id} must not break, and did: {'; '.join(change.reasons)}"


def _unsupported(pairs: Sequence[Pair]) -> Iterator[str]:
    for after, before in pairs:
        supported = after.values.get(_SUPPORT, 1.0)
        if after.case.must and supported < before.values.get(_SUPPORT, 1.0):
            yield f"{after.case.id} must not break, and now says what its citations do not"


def _told(drop: Drop) -> str:
    moved = "fell" if drop.after < drop.before else "rose"
    return (
        f"{drop.metric} {moved} beyond chance: {drop.before:.3f} -> {drop.after:.3f} "
        f"(95 % interval of the difference {drop.low:+.3f} to {drop.high:+.3f})"
    )
