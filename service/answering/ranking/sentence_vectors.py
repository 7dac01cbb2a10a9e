"""The ranker without a model of its own: the cosine of a sentence's vector to the question's.

Vectors are remembered: what one question compares, the next often does again.
"""

import threading
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import numpy as np
from cachetools import LRUCache

from ingest.embedding import Embedding
from service.answering.ranking.ranker import SentenceScores
from service.answering.ranking.weights import load_weights

_REMEMBERED = 20_000  # about 30 MB at 384 dimensions


class SentenceVectors:
    """Encodes texts with an embedding, each only once while it is remembered. Thread-safe."""

    def __init__(self, embedding: Embedding) -> None:
        self._embedding = embedding
        self.weights = load_weights(Path(str(files("service.answering.ranking") / "vectors.json")))
        self._known: LRUCache[str, np.ndarray] = LRUCache(_REMEMBERED)
        self._lock = threading.Lock()

    def warm_up(self) -> None:
        self._embedding.warm_up()

    def score(self, question: str, passages: Sequence[Sequence[str]]) -> list[list[SentenceScores]]:
        asked = self.of_question(question)
        return [
            [SentenceScores(float(fit)) for fit in self.of(texts) @ asked] for texts in passages
        ]

    def of(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors, shape (len(texts), dimension); `texts` is not empty."""
        with self._lock:
            found = {text: self._known[text] for text in texts if text in self._known}
        missing = [text for text in dict.fromkeys(texts) if text not in found]
        if missing:
            made = self._embedding.get_text_embedding_batch(missing)
            found |= {
                text: np.asarray(vector, dtype=np.float32)
                for text, vector in zip(missing, made, strict=True)
            }
            with self._lock:
                self._known.update((text, found[text]) for text in missing)
        return np.stack([found[text] for text in texts])

    def of_question(self, question: str) -> np.ndarray:
        """The unit vector of a question, shape (dimension,)."""
        return np.asarray(self._embedding.get_query_embedding(question), dtype=np.float32)
