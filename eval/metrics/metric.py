"""What a metric is: a row of numbers from each case, and how a run's rows make one figure.

To add one, copy a neighbour in this package and name it in `eval/metrics/__init__.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from eval.asked import Asked
from eval.results import Better

Row = tuple[float, ...]
Rows = NDArray[np.float64]
"""Shape (cases that count, numbers a case)."""


def mean(rows: Rows) -> float:
    return float(rows[:, 0].mean())


def ratio(rows: Rows) -> float | None:
    """The second numbers' sum over the first ones'."""
    whole = rows[:, 0].sum()
    return float(rows[:, 1].sum() / whole) if whole else None


@dataclass(frozen=True, slots=True)
class Metric:
    name: str
    group: str
    row: Callable[[Asked], Row | None]
    """A case's numbers; None when the metric does not apply to it."""
    better: Better = "higher"
    combine: Callable[[Rows], float | None] = mean
    gated: bool = False
    """Whether a drop fails the gate. Few are, so that chance alone seldom fails it."""
    absent: float | None = None
    """What a case counts as to which the metric applies in only one of two runs that are
    compared; None: it does not count there."""

    @property
    def formula(self) -> str:
        """What its function says of itself, on one line."""
        of_row = self.combine in (mean, ratio)
        return " ".join(_documented(self.row if of_row else self.combine).split())


def each(of_case: Callable[[Asked], float | None]) -> Callable[[Asked], Row | None]:
    """The row of a metric that is a mean over cases."""

    def row(asked: Asked) -> Row | None:
        value = of_case(asked)
        return None if value is None else (float(value),)

    row.__doc__ = _documented(of_case)
    return row


def _documented(function: Callable[..., object]) -> str:
    while isinstance(function, partial):
        function = function.func
    return function.__doc__ or ""
