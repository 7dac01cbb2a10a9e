"""What ingest and service ask of an embedding model, wherever it runs."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Embedding(Protocol):
    """An embedding model. Its two embedding methods have the names that LlamaIndex gives them."""

    @property
    def name(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    @property
    def most_tokens(self) -> int:
        """What the model reads of a text, special tokens included."""

    def warm_up(self) -> None:
        """Load what the first text would wait for."""

    def get_text_embedding_batch(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of passages, shape (len(texts), dimension)."""

    def get_query_embedding(self, query: str) -> list[float]:
        """The unit vector of a question, shape (dimension,)."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special tokens not counted."""

    def cut(self, text: str, tokens: int) -> str:
        """The longest head of `text` that has at most so many tokens."""
