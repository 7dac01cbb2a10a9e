"""Percentile bootstrap over cases (Efron and Tibshirani 1993, chapter 13), seeded."""

import zlib
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from eval.metrics.metric import Rows, mean

SEED = 7
ROUNDS = 2000
_LEVELS = (0.025, 0.975)

Interval = tuple[float, float]


def interval(rows: Rows, combine: Callable[[Rows], float | None], name: str) -> Interval | None:
    """The 95 % interval of a figure. `name` makes a metric's draws its own, so that adding one
    metric changes no other's interval. None when no draw gives a figure."""
    drawn = _draws(len(rows), name)
    if combine is mean:
        values = rows[:, 0][drawn].mean(axis=1)
    else:
        found = (combine(rows[draw]) for draw in drawn)
        values = np.array([value for value in found if value is not None])
    if not len(values):
        return None
    low, high = np.quantile(values, _LEVELS)
    return float(low), float(high)


def difference_interval(before: Rows, after: Rows, name: str) -> Interval:
    """The 95 % interval of the mean difference of paired cases (the paired bootstrap of
    Berg-Kirkpatrick et al. 2012). Both have shape (cases, 1), the same case in the same row."""
    found = interval(after - before, mean, name)
    assert found is not None
    return found


def _draws(count: int, name: str) -> NDArray[np.int64]:
    random = np.random.default_rng([SEED, zlib.crc32(name.encode())])
    return random.integers(count, size=(ROUNDS, count))
