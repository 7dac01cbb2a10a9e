"""The engine's two regressions, fitted on training examples.

Sentences: a conditional logit (McFadden 1974), since the candidates of a question are rivals.
Confidence: a logistic regression (scikit-learn).
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from eval.training.examples import UNANSWERABLE, Example
from service.answering.confidence import CONFIDENCE_FEATURES, confidence_features
from service.answering.ranking.weights import Regression
from service.answering.sentences import SENTENCE_FEATURES, ranked

_WEIGHTS = {
    "all": 2.0,
    "alone": 2.0,
    "all without the answer": 1.0,
    "alone without the answer": 0.5,
    UNANSWERABLE: 0.5,
}
_PENALTY = 1e-3  # on the squares of the weights


def fit_sentence(examples: Sequence[Example]) -> Regression:
    """Which candidate holds the answer, from examples where one does."""
    from sklearn.preprocessing import StandardScaler

    told = [e for e in examples if e.answerable and any(e.gold) and not all(e.gold)]
    lists = [np.array([one.features for one in e.sentences]) for e in told]
    scaler = StandardScaler().fit(np.concatenate(lists))
    weights = _conditional_logit([scaler.transform(rows) for rows in lists], [e.gold for e in told])
    return _regression(SENTENCE_FEATURES, weights, scaler, 0.0)


def fit_confidence(examples: Sequence[Example], sentence: Regression) -> Regression:
    """Probability that there is an answer.

    Weighted: a refusal of what the documents answer counts as much as two answers to what they do
    not, for those show their quotes, and near misses inside the article count half.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    rows = [features_of(example, sentence) for example in examples]
    scaler = StandardScaler().fit(rows)
    model = LogisticRegression(max_iter=1000)
    truth = [example.answerable for example in examples]
    model.fit(scaler.transform(rows), truth, [_WEIGHTS[example.kind] for example in examples])
    return _regression(CONFIDENCE_FEATURES, model.coef_[0], scaler, float(model.intercept_[0]))


def features_of(example: Example, sentence: Regression) -> list[float]:
    scored = ranked(example.sentences, sentence)
    return confidence_features(example.question, example.asked, example.passages, scored)


def _conditional_logit(lists: Sequence[np.ndarray], gold: Sequence[Sequence[bool]]) -> np.ndarray:
    """The weights under which the softmax over each list gives the gold rows the most."""
    from scipy.optimize import minimize

    marks = [np.array(one, dtype=float) for one in gold]

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        total, slope = 0.0, np.zeros_like(weights)
        for rows, mark in zip(lists, marks, strict=True):
            odds = rows @ weights
            odds = np.exp(odds - odds.max())
            share, right = odds / odds.sum(), odds * mark
            total -= np.log(right.sum() / odds.sum() + 1e-12)
            slope += share @ rows - (right / (right.sum() + 1e-12)) @ rows
        penalty = _PENALTY * float(weights @ weights)
        return total / len(lists) + penalty, slope / len(lists) + 2 * _PENALTY * weights

    start = np.zeros(lists[0].shape[1])
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B").x)


def _regression(names: tuple[str, ...], weights: Any, scaler: Any, intercept: float) -> Regression:
    return Regression(
        names,
        tuple(float(value) for value in weights),
        tuple(float(value) for value in scaler.mean_),
        tuple(float(value) or 1.0 for value in scaler.scale_),
        intercept,
    )
