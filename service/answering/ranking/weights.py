"""The extractive engine's fitted weights: two regressions, loaded through this one door.

They are data, with their provenance, one pair for each ranker, written by
`python -m eval.training.fit_extractive`.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Regression:
    """A linear model over standardised features."""

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

    def total(self, values: Sequence[float]) -> float:
        """The log-odds, or a score from which odds are made."""
        return self.intercept + sum(
            weight * (value - mean) / scale
            for weight, value, mean, scale in zip(
                self.weights, values, self.mean, self.scale, strict=True
            )
        )

    def probability(self, values: Sequence[float]) -> float:
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.total(values)))))


@dataclass(frozen=True, slots=True)
class ExtractiveWeights:
    """`sentence` scores the candidates, which are rivals; `confidence` gives the probability that
    there is an answer among them."""

    sentence: Regression
    confidence: Regression


@cache
def load_weights(file: Path) -> ExtractiveWeights:
    """Read from JSON; what else stands in the file tells where the weights are from."""
    data = json.loads(file.read_text("utf-8"))
    return ExtractiveWeights(Regression.of(data["sentence"]), Regression.of(data["confidence"]))
