"""The extractive engine's fitted weights: two logistic regressions, loaded through this one door.

They are data (`extractive_vectors.json`, `extractive_ranker.json`, each with its provenance), one
pair for each way of comparing meanings, written by `python -m eval.training.fit_extractive`.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Regression:
    """A logistic regression over standardised features."""

    features: tuple[str, ...]
    weights: tuple[float, ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    intercept: float

    @classmethod
    def of(cls, data: dict[str, Any]) -> "Regression":
        return cls(
            tuple(data["features"]),
            tuple(data["weights"]),
            tuple(data["mean"]),
            tuple(data["scale"]),
            data["intercept"],
        )

    def probability(self, values: Sequence[float]) -> float:
        total = self.intercept + sum(
            weight * (value - mean) / scale
            for weight, value, mean, scale in zip(
                self.weights, values, self.mean, self.scale, strict=True
            )
        )
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@dataclass(frozen=True, slots=True)
class ExtractiveWeights:
    """`ranker` scores sentences; `confidence` says whether there is an answer among them."""

    ranker: Regression
    confidence: Regression


@cache
def load_weights(comparer: str) -> ExtractiveWeights:
    """The weights that were fitted with the comparer of this name."""
    file = files("service.answering").joinpath(f"extractive_{comparer}.json")
    data = json.loads(file.read_text("utf-8"))
    return ExtractiveWeights(Regression.of(data["ranker"]), Regression.of(data["confidence"]))
