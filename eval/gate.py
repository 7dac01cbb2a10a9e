"""The gate: whether a run is worse than its baseline, and which cases changed."""

from collections.abc import Iterator, Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict

from eval.baseline import Baseline, BaselineCase, cited, fingerprint
from eval.metrics import METRICS, Metric
from eval.metrics.paired import paired
from eval.results import CaseResult, RunResult

_ALWAYS = ("verbatim", "statements cited")
"""Metrics that hold for every answer, whatever a baseline says."""

_SUPPORT = "ALCE recall"
_JUDGED = (_SUPPORT, "ALCE precision")

Pair = tuple[CaseResult, BaselineCase]


class Plain(BaseModel):
    model_config = ConfigDict(frozen=True)


class Change(Plain):
    """A case that is answered otherwise than before."""

    id: str
    question: str
    kind: Literal["broken", "mended", "reworded"]
    """`reworded`: as right or wrong as before, in other words or with other footnotes."""
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
    cases: tuple[str, ...]
    """Ids of the cases whose own value got worse, where the metric is a mean of such values."""


class Verdict(Plain):
    passed: bool
    problems: tuple[str, ...]
    """Why the gate fails, one sentence each, the gravest first."""
    drops: tuple[Drop, ...]
    changes: tuple[Change, ...]
    not_compared: tuple[str, ...]
    """Ids of cases that are new, edited since, or gone."""
    notes: tuple[str, ...] = ()
    """What else differs from the baseline's run, such as a setting."""


def judge_run(run: RunResult, baseline: Baseline | None, whole: bool = True) -> Verdict:
    """Compare a run with its baseline, case by case. The gate fails when

    - a footnote is not verbatim, or a statement has none, whatever the baseline says;
    - a case got no answer from the target, or a statement no verdict from the judge;
    - a case tagged `must` is wrong, and was right or is new, or is gone, or its citations support
      less of what it says than they did;
    - a gated metric is worse over the cases that both runs have, and the 95 % interval of the
      paired difference is wholly on the worse side; or it cannot be computed any more;
    - there is a baseline, and no case to compare.

    `whole`: whether the run has all cases of its suite, so that others of the baseline are gone.
    """
    known = baseline.cases if baseline else {}
    pairs = [(r, known[r.case.id]) for r in run.cases if _comparable(r, known)]
    compared = {result.case.id for result, _ in pairs}
    fresh = [result for result in run.cases if result.case.id not in compared]
    asked = {result.case.id for result in run.cases}
    gone = sorted(known.keys() - asked) if whole else []
    changes = (*_changes(pairs), *(_new_and_wrong(r) for r in fresh if r.case.must and not r.right))
    metrics = [
        m for m in METRICS if m.gated and (m.name not in _JUDGED or _same_judge(run, baseline))
    ]
    drops = tuple(_drops(metrics, pairs))
    problems = (
        *_untrue(run),
        *_unanswered(run),
        *_unjudged(run),
        *_broken(changes),
        *(f"{name} must not break, and is gone" for name in gone if known[name].must),
        *(_unsupported(pairs) if _same_judge(run, baseline) else ()),
        *_lost(metrics, pairs),
        *map(_told, drops),
        *(_nothing_compared(run, baseline) if baseline and not pairs else ()),
    )
    return Verdict(
        passed=not problems,
        problems=problems,
        drops=drops,
        changes=changes,
        not_compared=(*(result.case.id for result in fresh if baseline), *gone),
        notes=tuple(_differing(run, baseline)) if baseline else (),
    )


def _comparable(result: CaseResult, known: dict[str, BaselineCase]) -> bool:
    before = known.get(result.case.id)
    return before is not None and before.fingerprint == fingerprint(result.case)


def _same_judge(run: RunResult, baseline: Baseline | None) -> bool:
    return baseline is None or run.judge == baseline.judge


def _changes(pairs: Sequence[Pair]) -> Iterator[Change]:
    for after, before in pairs:
        if after.right != before.right:
            yield _change(after, "mended" if after.right else "broken", before.answer)
        elif after.response.answer != before.answer or cited(after) != before.cited:
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


def _drops(metrics: Sequence[Metric], pairs: Sequence[Pair]) -> Iterator[Drop]:
    """The worsening of each metric over the cases in which it counts in both runs, as far as it is
    beyond what chance explains."""
    for metric in metrics:
        name = metric.name
        found = paired(metric, [(b.rows.get(name), a.rows.get(name)) for a, b in pairs])
        if found is not None and found.worse(metric):
            yield Drop(
                metric=name,
                before=found.before,
                after=found.after,
                low=found.low,
                high=found.high,
                cases=tuple(_fallen(metric, pairs)),
            )


def _fallen(metric: Metric, pairs: Sequence[Pair]) -> Iterator[str]:
    for after, before in pairs:
        old, new = before.rows.get(metric.name), after.rows.get(metric.name)
        if not old or not new or len(old) > 1 or old == new:
            continue
        if (new < old) == (metric.better == "higher"):
            yield after.case.id


def _lost(metrics: Sequence[Metric], pairs: Sequence[Pair]) -> Iterator[str]:
    for metric in metrics:
        had = any(metric.name in before.rows for _, before in pairs)
        has = any(metric.name in after.rows for after, _ in pairs)
        if had and not has:
            yield f"{metric.name} cannot be computed any more: no case has what it needs"


def _untrue(run: RunResult) -> Iterator[str]:
    for name in _ALWAYS:
        values = [(result.case.id, result.value(name)) for result in run.cases]
        failing = [case for case, value in values if value is not None and value < 1]
        if failing:
            shown = ", ".join(failing[:5]) + (", ..." if len(failing) > 5 else "")
            yield f"{name} is below 1 in {len(failing)} cases, and must never be: {shown}"


def _unanswered(run: RunResult) -> Iterator[str]:
    for result in run.cases:
        if result.response.error:
            yield f"{result.case.id} got no answer: {result.response.error}"


def _unjudged(run: RunResult) -> Iterator[str]:
    if run.judge_failures:
        count, first = len(run.judge_failures), run.judge_failures[0]
        yield f"the judge gave no verdict on {count} statements, taken as not supported: {first}"


def _broken(changes: Sequence[Change]) -> Iterator[str]:
    for change in changes:
        if change.must and change.kind == "broken":
            why = "; ".join(change.reasons)
            broke = "must not break, and did" if change.before else "must be right, and is not"
            yield f"{change.id} {broke}: {why}"


def _unsupported(pairs: Sequence[Pair]) -> Iterator[str]:
    for after, before in pairs:
        (was,), (now,) = (side.rows.get(_SUPPORT, (1.0,)) for side in (before, after))
        if after.case.must and now < was:
            yield f"{after.case.id} must not break, and now says what its citations do not"


def _told(drop: Drop) -> str:
    moved = "fell" if drop.after < drop.before else "rose"
    shown = ", ".join(drop.cases[:5]) + (", ..." if len(drop.cases) > 5 else "")
    return (
        f"{drop.metric} {moved} beyond chance: {drop.before:.3f} -> {drop.after:.3f} "
        f"(95 % interval of the difference {drop.low:+.3f} to {drop.high:+.3f})"
        f"{': ' if shown else ''}{shown}"
    )


def _nothing_compared(run: RunResult, baseline: Baseline) -> Iterator[str]:
    yield (
        f"no case of {run.suite} is in the baseline, which is of {baseline.suite}, as it is now: "
        "name another, or keep this run with --save-baseline"
    )


def _differing(run: RunResult, baseline: Baseline) -> Iterator[str]:
    if not _same_judge(run, baseline):
        yield (
            f"judged by {run.judge}, the baseline by {baseline.judge}: "
            f"{' and '.join(_JUDGED)} are not compared"
        )
    now = {"target": run.target, "model": run.model, **run.settings}
    before = {"target": baseline.target, "model": baseline.model, **baseline.settings}
    for name in dict.fromkeys((*before, *now)):
        if before.get(name) != now.get(name):
            yield f"{name} is {now.get(name, 'not known')}, the baseline's was {before.get(name)}"
