"""The ranker without a model of its own: the cosine of a sentence's vector to the question's.

Vectors are remembered: what one question compares, the next often does again.
"""

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import numpy as np

from ingest.embedding import Embedding
from service.answering.ranking.memory import Memory
from service.answering.ranking.ranker import SentenceScores
from service.answering.ranking.weights import load_weights

_REMEMBERED = 20_000  # about 30 MB at 384 dimensions


class SentenceVectors:
    """Encodes texts with an embedding, each only once while it is remembered. Thread-safe."""

    def __init__(self, embedding: Embedding) -> None:
        self._embedding = embedding
        self.weights = load_weights(Path(str(files("service.answering.ranking") / "vectors.json")))
        self._known: Memory[str, np.ndarray] = Memory("sentence_vectors", _REMEMBERED)

    def warm_up(self) -> None:
        self._embedding.warm_up()

    def score(self, question: str, passages: Sequence[Sequence[str]]) -> list[list[SentenceScores]]:
        asked = self.of_question(question)
        return [
            [SentenceScores(float(fit)) for fit in self.of(texts) @ asked] for texts in passages
        ]

    def of(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors, shape (len(texts), dimension); `texts` is not empty."""
        return np.stack(self._known.of(texts, self._encode))

    def _encode(self, texts: list[str]) -> list[np.ndarray]:
        made = self._embedding.get_text_embedding_batch(texts)
        return [np.asarray(vector, dtype=np.float32) for vector in made]

    def of_question(self, question: str) -> np.ndarray:
        """The unit vector of a question, shape (dimension,)."""
        return np.asarray(self._embedding.get_query_embedding(question), dtype=np.float32)
