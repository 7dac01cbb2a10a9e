"""The texts nearest to a question by tf-idf."""

from collections.abc import Sequence

import numpy as np

_NEAREST = 8


class Nearest:
    def __init__(self, texts: Sequence[str]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._vectorizer = TfidfVectorizer(sublinear_tf=True, stop_words="english")
        self._matrix = self._vectorizer.fit_transform(texts)

    def to(self, question: str) -> list[int]:
        """The positions of the nearest texts, the nearest first."""
        scores = (self._matrix @ self._vectorizer.transform([question]).T).toarray()[:, 0]
        return [int(n) for n in np.argsort(-scores, kind="stable")[:_NEAREST]]
