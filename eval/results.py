"""A finished run, as it is stored and reported."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from eval.cases.case import Case
from eval.targets.response import Response


class Plain(BaseModel):
    model_config = ConfigDict(frozen=True)


Better = Literal["higher", "lower", "neither"]


class Figure(Plain):
    """One metric over a run. `value` is None where nothing could be counted."""

    name: str
    group: str
    value: float | None
    low: float | None
    high: float | None
    """`low` and `high`: the 95 % bootstrap interval over cases."""
    count: int
    """How many cases it was computed from."""
    better: Better


class CaseResult(Plain):
    """A case, what was answered, and what the metrics make of it."""

    case: Case
    response: Response
    right: bool
    reasons: tuple[str, ...]
    """Why it is not right, in words; empty when it is."""
    rows: dict[str, tuple[float, ...]]
    """Metric name to this case's numbers (`eval.metrics.metric`); a metric that does not apply to
    the case is absent."""

    def value(self, metric: str) -> float | None:
        """The case's own value of a metric that is a mean over cases."""
        row = self.rows.get(metric)
        return row[0] if row and len(row) == 1 else None


class RunResult(Plain):
    suite: str
    target: str
    """What was asked, in words."""
    model: str
    judge: str
    judge_failures: tuple[str, ...] = ()
    """Why it gave no verdict, for each statement without one; these count as not supported."""
    created: str
    """UTC, ISO 8601."""
    seed: int
    settings: dict[str, str]
    figures: tuple[Figure, ...]
    cases: tuple[CaseResult, ...]

    def figure(self, name: str) -> Figure:
        return next(figure for figure in self.figures if figure.name == name)
