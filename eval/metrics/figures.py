"""The figures of a run: each metric's value, its interval, and how many cases it rests on."""

from collections.abc import Mapping, Sequence

import numpy as np

from eval.asked import Asked
from eval.metrics.bootstrap import interval
from eval.metrics.metric import Metric, Row
from eval.results import Figure

CaseRows = Mapping[str, Row]
"""Metric name to a case's numbers; a metric that does not apply to the case is absent."""


def rows_of(asked: Asked, metrics: Sequence[Metric]) -> CaseRows:
    rows = ((metric.name, metric.row(asked)) for metric in metrics)
    return {name: row for name, row in rows if row is not None}


def figures(cases: Sequence[CaseRows], metrics: Sequence[Metric]) -> tuple[Figure, ...]:
    return tuple(_figure(cases, metric) for metric in metrics)


def _figure(cases: Sequence[CaseRows], metric: Metric) -> Figure:
    rows = np.array([case[metric.name] for case in cases if metric.name in case], dtype=np.float64)
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
