"""One metric in two runs over the same cases."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eval.metrics.bootstrap import difference_interval
from eval.metrics.metric import Metric, Row


@dataclass(frozen=True, slots=True)
class Paired:
    """A figure before and after; `low` and `high` are the 95 % interval of its change."""

    before: float
    after: float
    low: float
    high: float
    cases: int

    @property
    def beyond_chance(self) -> bool:
        return self.low > 0 or self.high < 0

    def worse(self, metric: Metric) -> bool:
        """Whether it is worse, and beyond what chance explains."""
        if metric.better == "neither":
            return False
        return self.high < 0 if metric.better == "higher" else self.low > 0


def paired(metric: Metric, rows: Sequence[tuple[Row | None, Row | None]]) -> Paired | None:
    """`rows`: each case's row before and after, None where the metric did not apply to it. Cases
    without both count as the metric says (`Metric.absent`). None when no case is left."""
    both = [pair for pair in (_both(metric, *pair) for pair in rows) if pair is not None]
    if not both:
        return None
    before, after = (np.array(side, dtype=np.float64) for side in zip(*both, strict=True))
    figures = metric.combine(before), metric.combine(after)
    bounds = difference_interval(before, after, metric.name, metric.combine)
    if bounds is None or figures[0] is None or figures[1] is None:
        return None
    return Paired(figures[0], figures[1], *bounds, cases=len(both))


def _both(metric: Metric, before: Row | None, after: Row | None) -> tuple[Row, Row] | None:
    if before is None and after is None:
        return None
    if metric.absent is not None:
        return before or (metric.absent,), after or (metric.absent,)
    return None if before is None or after is None else (before, after)
