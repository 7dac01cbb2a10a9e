"""Figures of the engine's weights, cross-validated over articles."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from eval.training.examples import UNANSWERABLE, Example
from eval.training.folds import fold_of
from eval.training.regressions import features_of, fit_confidence, fit_sentence
from service.answering.choice import choose, need_of
from service.answering.ranking.weights import Regression
from service.answering.sentences import ranked

_FOLDS = 6
_REFUSED = {  # each kind of question that has no answer is set beside one that has
    "all without the answer": "all",
    "alone without the answer": "alone",
    UNANSWERABLE: "all",
}


def cross_validate(examples: Sequence[Example]) -> dict[str, Any]:
    """Shares in which the gold sentence is the first, or any, of those chosen; AUROC of the
    confidence and shares answered and refused at 0.5."""
    probability = np.zeros(len(examples))
    places: dict[int, tuple[int | None, int]] = {}
    for fold in range(_FOLDS):
        held = [n for n, e in enumerate(examples) if fold_of(e.article, _FOLDS) == fold]
        rest = [e for e in examples if fold_of(e.article, _FOLDS) != fold]
        if not held or not rest:
            continue
        sentence = fit_sentence(rest)
        confidence = fit_confidence(rest, sentence)
        for number in held:
            example = examples[number]
            probability[number] = confidence.probability(features_of(example, sentence))
            if example.answerable:
                places[number] = _place(example, sentence)
    return {"examples": len(examples)} | _figures(examples, probability, places)


def _figures(
    examples: Sequence[Example],
    probability: np.ndarray,
    places: dict[int, tuple[int | None, int]],
) -> dict[str, Any]:
    from sklearn.metrics import roc_auc_score

    kinds = np.array([example.kind for example in examples])
    figures: dict[str, Any] = {}
    for kind in ("all", "alone"):
        found = [places[int(n)] for n in np.flatnonzero(kinds == kind)]
        if found:
            figures[kind] = {
                "gold sentence first": _round(np.mean([place == 0 for place, _ in found])),
                "gold sentence chosen": _round(np.mean([p is not None for p, _ in found])),
                "sentences": _round(np.mean([count for _, count in found])),
                "answered": _round((probability[kinds == kind] >= 0.5).mean()),
            }
    for kind, beside in _REFUSED.items():
        yes, no = probability[kinds == beside], probability[kinds == kind]
        if len(no):
            truth = [True] * len(yes) + [False] * len(no)
            figures[kind] = {
                "auroc": _round(roc_auc_score(truth, np.concatenate([yes, no]))),
                "refused": _round((no < 0.5).mean()),
            }
    return figures


def _place(example: Example, sentence: Regression) -> tuple[int | None, int]:
    """The place of the first gold sentence among those chosen, and how many those are."""
    chosen = choose(ranked(example.sentences, sentence), need_of(example.question))
    gold = {id(one.sentence) for one, g in zip(example.sentences, example.gold, strict=True) if g}
    places = [n for n, one in enumerate(chosen) if id(one.best.sentence) in gold]
    return (places[0] if places else None), len(chosen)


def _round(value: Any) -> float:
    return round(float(value), 4)
