"""Abstention: whether a target says no where the documents do not answer, and only there.

Cases in which an answer and an abstention are both right do not count here.
"""

import numpy as np

from eval.asked import Asked
from eval.metrics.metric import Row, Rows

BINS = 10


def abstention_row(asked: Asked) -> Row | None:
    """Share of the abstentions that are right: unanswerable cases among all abstained."""
    if asked.case.answerable is None:
        return None
    abstained = abstains(asked)
    return float(abstained), float(abstained and not asked.case.answerable)


def abstention_recall(asked: Asked) -> float | None:
    """Share of the unanswerable cases in which the target abstains."""
    return float(abstains(asked)) if asked.case.answerable is False else None


def answered(asked: Asked) -> float | None:
    """Share of the answerable cases that get an answer, right or wrong."""
    if not asked.case.answerable:
        return None
    return float(not asked.response.abstained)  # a failure is an empty abstention


def abstains(asked: Asked) -> bool:
    """A target that failed has not abstained."""
    return asked.response.abstained and asked.response.error is None


def confidence_row(asked: Asked) -> Row | None:
    """A case's confidence and whether it is answerable (1 or 0)."""
    confidence = asked.response.confidence
    if asked.case.answerable is None or confidence is None:
        return None
    return confidence, float(asked.case.answerable)


def auroc(rows: Rows) -> float | None:
    """Probability that an answerable case has a higher confidence than an unanswerable one.

    The Mann-Whitney statistic, ties counting half (Hanley and McNeil 1982).
    """
    from scipy.stats import rankdata  # takes half a second

    confidence, answerable = rows[:, 0], rows[:, 1] > 0
    positive, negative = int(answerable.sum()), int((~answerable).sum())
    if not positive or not negative:
        return None
    ranks = rankdata(confidence)[answerable].sum()
    return float((ranks - positive * (positive + 1) / 2) / (positive * negative))


def calibration_error(rows: Rows) -> float | None:
    """Expected calibration error (Naeini et al. 2015; Guo et al. 2017), ten bins of equal width.

    The mean over cases of |mean confidence - share answerable| in the bin of the case.
    """
    confidence, answerable = rows[:, 0], rows[:, 1]
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    error = 0.0
    for number in np.unique(bins):
        inside = bins == number
        error += inside.mean() * abs(confidence[inside].mean() - answerable[inside].mean())
    return float(error)
