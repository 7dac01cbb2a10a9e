"""The encoder: an exported model run by ONNX Runtime.

Its two methods have the names and shapes of LlamaIndex's `BaseEmbedding`, so that either can stand
for the other without importing it.
"""

import hashlib
import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from filelock import FileLock

from ingest.embedding.export import DESCRIPTION, GRAPH, TOKENIZER, export
from ingest.errors import ModelError

_REMEMBERED_QUESTIONS = 256
_EXPORT_FORMAT = 1  # part of the folder's name: raise it when `export` writes something else


class Embedding(Protocol):
    """What ingest and service ask of an embedding model."""

    def get_text_embedding_batch(self, texts: list[str]) -> list[list[float]]: ...

    def get_query_embedding(self, query: str) -> list[float]: ...


class Encoder:
    """Turns texts into unit vectors.

    Texts are encoded one at a time on as many threads as there are cores: nothing is spent on
    padding, and a text's vector does not depend on its neighbours (in a quantised graph the
    scale of the activations is taken over a whole batch).
    """

    def __init__(self, folder: Path, threads: int | None = None) -> None:
        """Load an exported model. Raises ModelError when files are missing or damaged."""
        import onnxruntime
        from tokenizers import Tokenizer

        try:
            described = json.loads((folder / DESCRIPTION).read_text())
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = 1
            options.inter_op_num_threads = 1
            options.log_severity_level = 3
            self._session = onnxruntime.InferenceSession(
                str(folder / GRAPH), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # three libraries, each with its own kinds
            raise ModelError(
                f"the exported model in {folder} cannot be read ({error}): "
                "delete that folder, it will be made again"
            ) from error
        self.name: str = described["name"]
        self.dimension: int = described["dimension"]
        self.most_tokens: int = described["most_tokens"]
        self._query_prefix: str = described["query_prefix"]
        self._passage_prefix: str = described["passage_prefix"]
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        threads = threads or os.cpu_count() or 1
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="encoder")
        # A question is asked for twice: to find passages, then to compare their sentences.
        self._encode_query = lru_cache(_REMEMBERED_QUESTIONS)(self._encode)

    def get_text_embedding_batch(self, texts: list[str]) -> list[list[float]]:
        """Vectors of passages, shape (len(texts), dimension)."""
        if len(texts) == 1:
            return [self._encode(self._passage_prefix + texts[0])]
        return list(self._pool.map(lambda text: self._encode(self._passage_prefix + text), texts))

    def get_query_embedding(self, query: str) -> list[float]:
        """The vector of a question, shape (dimension,)."""
        return self._encode_query(self._query_prefix + query)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special tokens not counted."""
        encodings = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        return [len(encoding.ids) for encoding in encodings]

    def cut(self, text: str, tokens: int) -> str:
        """The longest head of `text` that has at most so many tokens."""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        if len(encoding.ids) <= tokens:
            return text
        return text[: encoding.offsets[tokens - 1][1]]

    def _encode(self, text: str) -> list[float]:
        import numpy as np

        ids = self._tokenizer.encode(text).ids
        if len(ids) > self.most_tokens:
            ids = [*ids[: self.most_tokens - 1], ids[-1]]
        tokens = np.array([ids], dtype=np.int64)
        (vectors,) = self._session.run(
            None, {"input_ids": tokens, "attention_mask": np.ones_like(tokens)}
        )
        vector: list[float] = vectors[0].tolist()
        return vector


def _is_exported(folder: Path) -> bool:
    return (folder / DESCRIPTION).is_file()


def load_encoder(name: str, cache: Path) -> Encoder:
    """The encoder of a model, exported into `cache` first if it is not there yet."""
    digest = hashlib.sha256(f"{name} {_EXPORT_FORMAT}".encode()).hexdigest()[:8]
    label = "".join(c if c.isalnum() else "-" for c in Path(name).name)
    folder = cache / f"{label}-{digest}"
    if not _is_exported(folder):
        try:
            cache.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ModelError(
                f"models cannot be kept in {cache} (FOOTNOTE_CACHE): {error.strerror}"
            ) from None
        with FileLock(cache / ".export.lock"):
            if not _is_exported(folder):
                export(name, folder)
    return Encoder(folder)
