"""The probability that the documents answer a question: a logistic regression on few features.

Each feature means the same for one article as for a large index. The weights are data
(confidence.json), fitted by `python -m eval.fit_confidence`.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from service.answering.answer_type import answer_type, offers
from service.answering.sentences import ScoredSentence, coverage
from service.retrieval.hybrid import RetrievedPassage
from service.retrieval.words import stems

FEATURES = (
    "sentence_similarity",
    "passage_similarity",
    "sentence_coverage",
    "passage_coverage",
    "all_coverage",
    "passage_score",
    "second_score",
    "offers_type",
    "lacks_type",
    "rarest_missing",
    "words",
)
_LOOKED_AT = 3  # sentences in which an answer of the asked type is sought


@dataclass(frozen=True, slots=True)
class ConfidenceModel:
    """Weights of a logistic regression over standardised `FEATURES`."""

    weights: tuple[float, ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    intercept: float

    def probability(self, features: Sequence[float]) -> float:
        total = self.intercept + sum(
            weight * (value - mean) / scale
            for weight, value, mean, scale in zip(
                self.weights, features, self.mean, self.scale, strict=True
            )
        )
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@cache
def load_confidence_model() -> ConfidenceModel:
    data = json.loads(files("service.answering").joinpath("confidence.json").read_text("utf-8"))
    if tuple(data["features"]) != FEATURES:
        raise ValueError("confidence.json was fitted for other features: fit it again")
    return ConfidenceModel(
        tuple(data["weights"]), tuple(data["mean"]), tuple(data["scale"]), data["intercept"]
    )


def confidence_features(
    question: str,
    idf: dict[str, float],
    passages: Sequence[RetrievedPassage],
    scored: Sequence[ScoredSentence],
) -> list[float]:
    """Features of a question and what was found for it, in the order of `FEATURES`."""
    best = scored[:_LOOKED_AT]
    wordings = [frozenset(stems(_with_context(passage))) for passage in passages]
    together: frozenset[str] = frozenset().union(*wordings)
    wanted = answer_type(question)
    has_type = any(offers(s.sentence.text, wanted, question) for s in best)
    rarest = max(idf, key=lambda word: idf[word], default="")
    scores = sorted((s.score for s in scored), reverse=True)
    return [
        max((s.similarity for s in scored), default=0.0),
        max((p.similarity for p in passages), default=0.0),
        max((s.coverage for s in best), default=0.0),
        max((coverage(idf, words) for words in wordings[:_LOOKED_AT]), default=0.0),
        coverage(idf, together),
        passages[0].score if passages else 0.0,
        scores[1] if len(scores) > 1 else 0.0,
        1.0 if wanted != "open" and has_type else 0.0,
        1.0 if not has_type else 0.0,
        0.0 if any(rarest in s.sentence.stems for s in best) else 1.0,
        math.log1p(len(idf)),
    ]


def _with_context(retrieved: RetrievedPassage) -> str:
    passage = retrieved.passage
    return " ".join([retrieved.record.title, *passage.headings, passage.text])
