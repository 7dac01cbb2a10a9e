"""The figures of a run: each metric's value, its interval, and how many cases it rests on."""

from collections.abc import Sequence

import numpy as np

from eval.asked import Asked
from eval.metrics.bootstrap import interval
from eval.metrics.metric import Metric
from eval.results import Figure


def figures(asked: Sequence[Asked], metrics: Sequence[Metric]) -> tuple[Figure, ...]:
    return tuple(_figure(asked, metric) for metric in metrics)


def _figure(asked: Sequence[Asked], metric: Metric) -> Figure:
    rows = np.array([row for row in map(metric.row, asked) if row is not None], dtype=np.float64)
    value = metric.combine(rows) if len(rows) else None
    bounds = interval(rows, metric.combine, metric.name) if value is not None else None
    low, high = bounds or (None, None)
    return Figure(
        name=metric.name,
        group=metric.group,
        value=value,
        low=low,
        high=high,
        count=len(rows),
        better=metric.better,
    )
