"""Cost: the time of an answer and, where a language model counts them, its tokens."""

from functools import partial

import numpy as np

from eval.asked import Asked
from eval.metrics.metric import Row, Rows


def latency_row(asked: Asked) -> Row | None:
    """Milliseconds from question to whole answer, as the target measured it."""
    total = asked.response.timings_ms.get("total")
    return None if total is None else (total,)


def _quantile(share: float, rows: Rows) -> float:
    """A quantile over cases of the time from question to whole answer, as the target took it."""
    return float(np.quantile(rows[:, 0], share))


median = partial(_quantile, 0.5)
percentile_95 = partial(_quantile, 0.95)


def tokens(asked: Asked) -> float | None:
    """Prompt and completion tokens of an answer."""
    counted = asked.response.tokens
    return float(sum(counted.values())) if counted else None
