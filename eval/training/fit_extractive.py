"""`python -m eval.training.fit_extractive SQUAD_FILE --out FILE`: fit the engine's weights.

Two logistic regressions (scikit-learn): one ranks sentences, one says whether there is an answer.
Reported figures come from cross-validation over articles; the weights written are fitted on all.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from eval.cases.squad import load_squad
from eval.training.examples import SEED, Example, collect_examples
from ingest.embedding import load_encoder
from ingest.settings import IngestSettings, load_settings
from service.answering.confidence import CONFIDENCE_FEATURES, confidence_features
from service.answering.ranker import SentenceRanker
from service.answering.sentence_vectors import SentenceVectors
from service.answering.sentences import SENTENCE_FEATURES, Comparer
from service.answering.weights import Regression

_FOLDS = 6


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m eval.training.fit_extractive", description=__doc__
    )
    parser.add_argument("squad", type=Path, help="a SQuAD-format file")
    parser.add_argument("--out", type=Path, help="where to write the weights")
    parser.add_argument("--questions", type=int, default=600, help="how many, drawn at random")
    parser.add_argument("--ranker", type=Path, help="folder of a ranker (default: vectors)")
    parser.add_argument("--data", default="", help="what the file is, for the provenance")
    options = parser.parse_args(arguments)
    settings = load_settings(IngestSettings)
    encoder = load_encoder(settings.embedding_model, settings.cache / "models")
    comparer: Comparer = (
        SentenceRanker(options.ranker) if options.ranker else SentenceVectors(encoder)
    )
    with tempfile.TemporaryDirectory() as folder:
        articles = load_squad(options.squad)
        examples = list(
            collect_examples(articles, encoder, comparer, settings, Path(folder), options.questions)
        )
    report = cross_validate(examples)
    print(json.dumps(report, indent=2))
    if options.out:
        ranker = fit_ranker(examples)
        data = {
            "ranker": _plain(ranker),
            "confidence": _plain(fit_confidence(examples, ranker)),
            "provenance": {
                "command": "python -m eval.training.fit_extractive "
                f"{options.squad.parent.name}/{options.squad.name} "
                f"--questions {options.questions} --out {options.out}",
                "data": options.data,
                "seed": SEED,
                "date": date.today().isoformat(),
                "cross_validation_over_articles": report,
            },
        }
        options.out.write_text(json.dumps(data, indent=2) + "\n", "utf-8")
    return 0


def fit_ranker(examples: Sequence[Example]) -> Regression:
    """Probability that a candidate holds the answer, from examples where one does."""
    rows: list[Any] = []
    labels: list[bool] = []
    for example in examples:
        if example.answerable and any(example.gold):
            rows += [one.features for one in example.sentences]
            labels += example.gold
    return _fit(SENTENCE_FEATURES, rows, labels)


def fit_confidence(examples: Sequence[Example], ranker: Regression) -> Regression:
    rows = [features_of(example, ranker) for example in examples]
    labels = [example.answerable for example in examples]
    return _fit(CONFIDENCE_FEATURES, rows, labels, class_weight="balanced")


def features_of(example: Example, ranker: Regression) -> list[float]:
    scored = [replace(one, score=ranker.probability(one.features)) for one in example.sentences]
    scored.sort(key=lambda one: -one.score)
    return confidence_features(example.question, example.asked, example.passages, scored)


def cross_validate(examples: Sequence[Example]) -> dict[str, Any]:
    """Gold sentence at rank 1 and 3; AUROC and shares answered and refused at 0.5."""
    from sklearn.metrics import roc_auc_score

    articles = sorted({example.article for example in examples})
    probability = np.zeros(len(examples))
    ranks: dict[str, list[int]] = {"all": [], "alone": []}
    for fold in range(_FOLDS):
        held = set(articles[fold::_FOLDS])
        ranker = fit_ranker([e for e in examples if e.article not in held])
        confidence = fit_confidence([e for e in examples if e.article not in held], ranker)
        for number, example in enumerate(examples):
            if example.article in held:
                probability[number] = confidence.probability(features_of(example, ranker))
                if example.answerable:
                    ranks[example.kind].append(_rank(example, ranker))
    truth = np.array([example.answerable for example in examples])
    kinds = np.array([example.kind for example in examples])
    report: dict[str, Any] = {"examples": len(examples)}
    for where in ("all", "alone"):
        yes = (kinds == where) & truth
        no = (kinds == f"{where} without the answer") & ~truth
        both = yes | no
        report[where] = {
            "gold sentence at 1": _round(np.mean([rank < 1 for rank in ranks[where]])),
            "gold sentence at 3": _round(np.mean([rank < 3 for rank in ranks[where]])),
            "auroc": _round(roc_auc_score(truth[both], probability[both])),
            "answered": _round((probability[yes] >= 0.5).mean()),
            "refused": _round((probability[no] < 0.5).mean()),
        }
    return report


def _rank(example: Example, ranker: Regression) -> int:
    scores = [ranker.probability(one.features) for one in example.sentences]
    order = sorted(range(len(scores)), key=lambda n: -scores[n])
    return next((rank for rank, n in enumerate(order) if example.gold[n]), len(order))


def _fit(
    names: tuple[str, ...], rows: list[Any], labels: list[bool], class_weight: str | None = None
) -> Regression:
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    scaler = StandardScaler().fit(rows)
    model = LogisticRegression(class_weight=class_weight, max_iter=1000)
    model.fit(scaler.transform(rows), labels)
    return Regression(
        names,
        tuple(float(value) for value in model.coef_[0]),
        tuple(float(value) for value in scaler.mean_),
        tuple(float(value) or 1.0 for value in scaler.scale_),
        float(model.intercept_[0]),
    )


def _plain(regression: Regression) -> dict[str, Any]:
    return {
        "features": list(regression.features),
        "weights": [round(value, 5) for value in regression.weights],
        "mean": [round(value, 5) for value in regression.mean],
        "scale": [round(value, 5) for value in regression.scale],
        "intercept": round(regression.intercept, 5),
    }


def _round(value: Any) -> float:
    return round(float(value), 4)


if __name__ == "__main__":
    sys.exit(main())
