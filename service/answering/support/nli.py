"""A natural language inference model as the checker: does the evidence entail the statement?"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from service.answering.support.ruling import ruled
from service.answering.support.verdict import Evidence, SupportVerdict
from service.cross_encoders import LoadedCrossEncoder
from service.language_models.limits import Limits

THRESHOLD = 0.5
Floats = NDArray[np.float64]
_REMEDY = "set FOOTNOTE_SUPPORT to trained, judge, or the name or folder of another"
_ENTAILED = frozenset(["entailment", "entails", "entailed", "supported", "supports"])


class EntailmentChecker:
    """Any cross-encoder of sentence-transformers that has an output for entailment, or one output
    at all, with the rules before it. Thread-safe."""

    def __init__(self, name: str, threshold: float = THRESHOLD) -> None:
        """Load a model by its name or folder; `threshold`: the least probability, 0 to 1, at which
        a statement is supported. Raises ModelError."""
        self.name = name
        self.prompts: Mapping[str, str] = {}
        self._model = LoadedCrossEncoder(name, "support model", _REMEDY)
        self._entailed = self._entailment()
        self._threshold = threshold

    def check(
        self, statement: str, evidence: Sequence[Evidence], limits: Limits | None = None
    ) -> list[SupportVerdict]:
        """Raises ModelError when the model cannot read them."""
        return ruled(
            statement,
            evidence,
            self._threshold,
            lambda left: self._probabilities([(one.text, statement) for one in left]),
        )

    def warm_up(self) -> None:
        self._probabilities([("It is ready.", "It is ready.")])

    def _probabilities(self, pairs: list[tuple[str, str]]) -> list[float]:
        """Of entailment, 0 to 1, for pairs of evidence and statement."""
        if not pairs:
            return []
        from torch.nn import Identity

        logits = self._model.scores(pairs, Identity())
        read = _sigmoid(logits) if self._entailed is None else _softmax(logits)[:, self._entailed]
        return [float(probability) for probability in read]

    def _entailment(self) -> int | None:
        """The number of the output for entailment; None where there is but one output."""
        if self._model.outputs == 1:
            return None
        labels = [label.strip().lower() for label in self._model.labels]
        found = [number for number, label in enumerate(labels) if label in _ENTAILED]
        if len(found) != 1:
            said = ", ".join(self._model.labels)
            raise self._model.refused(f"has no label for entailment among its own ({said})")
        return found[0]


def _sigmoid(logits: Floats) -> Floats:
    return 1 / (1 + np.exp(-np.clip(logits, -50, 50)))


def _softmax(logits: Floats) -> Floats:
    """Along the last axis."""
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return shares
