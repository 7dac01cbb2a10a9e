"""An embedding model behind an OpenAI-compatible server: Ollama, vLLM, TEI, llama.cpp, OpenAI.

https://platform.openai.com/docs/api-reference/embeddings
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urldefrag

import numpy as np
from numpy.typing import NDArray

from ingest.errors import ModelError, ModelUnreachable

if TYPE_CHECKING:
    from openai import OpenAI

_MOST_TOKENS = 512  # what nearly every embedding model reads
_TEXTS_A_REQUEST = 64
_REMEMBERED_QUESTIONS = 256
_SECONDS = 120.0
# The server's tokenizer is not known. Pieces of at most four letters are more than any subword
# tokenizer makes of ordinary words; a mark, or a letter of a script without spaces, counts as one.
_PIECE = re.compile(r"[A-Za-z]{1,4}|\d{1,2}|[^\W\d_]|[^\w\s]|_")


class EmbeddingServer:
    """`address` is the server's base URL, the model's name after `#` if it has more than one."""

    most_tokens = _MOST_TOKENS

    def __init__(self, address: str, api_key: str = "") -> None:
        """Raises ModelError when the server cannot be reached or has no such model."""
        self.name = address
        self._url, self._model = urldefrag(address)
        self._client = self._connect(api_key)
        self._model = self._model or self._first_model()
        self.dimension = len(self._embed(["dimension"])[0])
        self._encode_query = lru_cache(_REMEMBERED_QUESTIONS)(self._encode_one)

    def warm_up(self) -> None:
        """It is another's to load; that it answers is known."""

    def get_text_embedding_batch(self, texts: Sequence[str]) -> NDArray[np.float32]:
        parts = [
            self._embed(texts[start : start + _TEXTS_A_REQUEST])
            for start in range(0, len(texts), _TEXTS_A_REQUEST)
        ]
        return np.concatenate(parts) if parts else np.empty((0, self.dimension), np.float32)

    def get_query_embedding(self, query: str) -> list[float]:
        return list(self._encode_query(query))

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """An estimate, rather too high."""
        return [sum(1 for _ in _PIECE.finditer(text)) for text in texts]

    def cut(self, text: str, tokens: int) -> str:
        for number, piece in enumerate(_PIECE.finditer(text)):
            if number == tokens:
                return text[: piece.start()].rstrip()
        return text

    def _encode_one(self, text: str) -> tuple[float, ...]:
        return tuple(self._embed([text])[0].tolist())

    def _embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        from openai import OpenAIError

        try:
            answer = self._client.embeddings.create(
                model=self._model, input=list(texts), encoding_format="float"
            )
        except OpenAIError as error:
            raise self._failed(error) from error
        rows = [item.embedding for item in sorted(answer.data, key=lambda item: item.index)]
        if len(rows) != len(texts):
            raise ModelError(
                f"the embedding server {self._url} gave {len(rows)} vectors for {len(texts)} texts"
            )
        vectors = np.asarray(rows, dtype=np.float32)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: NDArray[np.float32] = vectors / np.maximum(lengths, np.float32(1e-12))
        return unit

    def _connect(self, api_key: str) -> "OpenAI":
        from openai import OpenAI  # takes half a second to import

        # Servers of one's own want no key, but the library wants one.
        return OpenAI(base_url=self._url, api_key=api_key or "none", timeout=_SECONDS)

    def _first_model(self) -> str:
        from openai import OpenAIError

        try:
            models = list(self._client.models.list())
        except OpenAIError as error:
            raise self._failed(error) from error
        if not models:
            raise ModelError(
                f"the embedding server {self._url} names no model: "
                f"write it after a #, as in {self._url}#name"
            )
        return models[0].id

    def _failed(self, error: Exception) -> ModelError:
        from openai import APIConnectionError, InternalServerError, RateLimitError

        passing = (APIConnectionError, InternalServerError, RateLimitError)
        kind = ModelUnreachable if isinstance(error, passing) else ModelError
        reason = " ".join(str(error).split())
        return kind(f"the embedding server {self._url} (FOOTNOTE_EMBEDDING_MODEL) failed: {reason}")
