"""The encoder: an exported model run by ONNX Runtime on this machine's processor."""

import hashlib
import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from filelock import FileLock
from numpy.typing import NDArray

from ingest.embedding.export import DESCRIPTION, GRAPH, TOKENIZER, export
from ingest.embedding.session import open_session
from ingest.errors import ModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

_REMEMBERED_QUESTIONS = 256
_EXPORT_FORMAT = 1  # part of the folder's name: raise it when `export` writes something else


class Encoder:
    """Text to unit vectors.

    Texts are encoded one at a time on as many threads as there are cores: nothing is spent on
    padding, and a text's vector does not depend on its neighbours (in a quantised graph the
    scale of the activations is taken over a whole batch).
    """

    def __init__(self, folder: Path, threads: int | None = None) -> None:
        """Open an exported model. Raises ModelError when files are missing or damaged; the graph
        itself is loaded with the first text, so that who embeds nothing does not wait for it."""
        self.folder = folder
        try:
            described = json.loads((folder / DESCRIPTION).read_text())
            self.name: str = described["name"]
            self.dimension: int = described["dimension"]
            self.most_tokens: int = described["most_tokens"]
            self._query_prefix: str = described["query_prefix"]
            self._passage_prefix: str = described["passage_prefix"]
            for file in (TOKENIZER, GRAPH):
                (folder / file).stat()
        except (OSError, ValueError, KeyError) as error:
            raise self._damaged(error) from error
        self._threads = threads or os.cpu_count() or 1
        # A question is asked for twice: to find passages, then to compare their sentences.
        self._encode_query = lru_cache(_REMEMBERED_QUESTIONS)(self._encode_one)

    def warm_up(self) -> None:
        _ = self._tokenizer, self._session

    def get_text_embedding_batch(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of passages, shape (len(texts), dimension)."""
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        encoded = self._tokenizer.encode_batch_fast([self._passage_prefix + t for t in texts])
        tokens = [self._within_reach(one.ids) for one in encoded]
        if len(texts) == 1:
            vectors[0] = self._encode(tokens[0])
            return vectors
        # Longest first: a long text begun last would keep one thread busy alone.
        order = sorted(range(len(texts)), key=lambda at: -len(tokens[at]))
        made = self._pool.map(self._encode, [tokens[at] for at in order])
        for at, vector in zip(order, made, strict=True):
            vectors[at] = vector
        return vectors

    def get_query_embedding(self, query: str) -> list[float]:
        """The vector of a question, shape (dimension,)."""
        return list(self._encode_query(self._query_prefix + query))

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special tokens not counted."""
        encodings = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        return [len(encoding.ids) for encoding in encodings]

    def cut(self, text: str, tokens: int) -> str:
        """The longest head of `text` that has at most so many tokens."""
        if tokens <= 0:
            return ""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        if len(encoding.ids) <= tokens:
            return text
        return text[: encoding.offsets[tokens - 1][1]]

    def _within_reach(self, ids: list[int]) -> list[int]:
        """What the model reads of a text's tokens: the head, and the closing special token."""
        return ids if len(ids) <= self.most_tokens else [*ids[: self.most_tokens - 1], ids[-1]]

    def _encode_one(self, text: str) -> tuple[float, ...]:
        return tuple(self._encode(self._within_reach(self._tokenizer.encode(text).ids)).tolist())

    def _encode(self, ids: list[int]) -> NDArray[np.float32]:
        tokens = np.array([ids], dtype=np.int64)
        (vectors,) = self._session.run(
            None, {"input_ids": tokens, "attention_mask": np.ones_like(tokens)}
        )
        vector: NDArray[np.float32] = vectors[0]
        return vector

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(self._threads, thread_name_prefix="encoder")

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        from tokenizers import Tokenizer

        try:
            tokenizer = Tokenizer.from_file(str(self.folder / TOKENIZER))
        except Exception as error:  # the library raises nothing more special
            raise self._damaged(error) from error
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    @cached_property
    def _session(self) -> "InferenceSession":
        try:
            return open_session(self.folder / GRAPH)
        except Exception as error:  # the runtime has many kinds, none with a common root
            raise self._damaged(error) from error

    def _damaged(self, error: Exception) -> ModelError:
        return ModelError(
            f"the exported model in {self.folder} cannot be read ({error}): "
            "delete that folder, it will be made again"
        )


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
            lock = FileLock(cache / ".export.lock").acquire()
        except OSError as error:
            raise ModelError(
                f"{name} has to be prepared first, but models cannot be kept in {cache} "
                f"(FOOTNOTE_CACHE): {error.strerror}"
            ) from None
        with lock:
            if not _is_exported(folder):
                export(name, folder)
    return Encoder(folder)
