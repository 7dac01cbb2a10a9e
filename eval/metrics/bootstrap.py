"""Percentile bootstrap over cases (Efron and Tibshirani 1993, chapter 13), seeded."""

import zlib
from collections.abc import Callable, Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from eval.metrics.metric import Rows, mean

SEED = 7
ROUNDS = 2000
_LEVELS = (0.025, 0.975)
_BLOCK = 2_000_000  # drawn numbers that are held at a time

Interval = tuple[float, float]
Combine = Callable[[Rows], float | None]


def interval(rows: Rows, combine: Combine, name: str) -> Interval | None:
    """The 95 % interval of a figure. `name` makes a metric's draws its own, so that adding one
    metric changes no other's interval. None when no draw gives a figure."""
    return _interval(_figures(rows, combine, name))


def difference_interval(
    before: Rows, after: Rows, name: str, combine: Combine = mean
) -> Interval | None:
    """The 95 % interval of a figure's change between two runs over the same cases, the same case
    in the same row of both: each draw takes both rows of a case (the paired bootstrap of
    Berg-Kirkpatrick et al. 2012)."""
    if combine is mean:
        return _interval(_figures(after - before, mean, name))
    pairs = zip(_figures(before, combine, name), _figures(after, combine, name), strict=True)
    return _interval(None if b is None or a is None else a - b for b, a in pairs)


def _interval(figures: Iterable[float | None]) -> Interval | None:
    found = [figure for figure in figures if figure is not None]
    if not found:
        return None
    low, high = np.quantile(found, _LEVELS)
    return float(low), float(high)


def _figures(rows: Rows, combine: Combine, name: str) -> Iterator[float | None]:
    """The figure of each draw, in an order that depends on `name` and the count of rows alone."""
    for drawn in _draws(len(rows), name):
        if combine is mean:
            yield from rows[:, 0][drawn].mean(axis=1).tolist()
        else:
            yield from (combine(rows[draw]) for draw in drawn)


def _draws(count: int, name: str) -> Iterator[NDArray[np.int64]]:
    random = np.random.default_rng([SEED, zlib.crc32(name.encode())])
    at_once = max(1, min(ROUNDS, _BLOCK // count))
    for done in range(0, ROUNDS, at_once):
        yield random.integers(count, size=(min(at_once, ROUNDS - done), count))
