"""A cross-encoder as files: an int8 ONNX graph that reads two texts together, and its tokenizer."""

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

import numpy as np

from ingest.embedding.session import open_session
from ingest.errors import ModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

TOKENIZER = "tokenizer.json"


class TokenPair(Protocol):
    """Token ids of two texts with the special tokens, and the segment (0 or 1) of each."""

    @property
    def ids(self) -> list[int]: ...

    @property
    def types(self) -> list[int]: ...


Read = TypeVar("Read", bound=TokenPair)
Made = TypeVar("Made")


class CrossEncoder:
    """Reads pairs one at a time on as many threads as there are cores: in a quantised graph a
    pair's outputs must not depend on its neighbours. Thread-safe; loaded at the first pair."""

    def __init__(self, graph: Path, what: str, threads: int | None = None) -> None:
        """`graph` lies beside its tokenizer. Raises ModelError, which begins with `what` it is
        that the folder lacks, when either file is missing."""
        self._graph = graph
        for file in (graph.name, TOKENIZER):
            if not (graph.parent / file).is_file():
                raise ModelError(f"{graph.parent} has no {what}: {file} is missing")
        self._threads = threads or os.cpu_count() or 1

    def tokens(self, texts: Sequence[str]) -> list[list[int]]:
        """Token ids of each text, without special tokens."""
        encoded = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        return [one.ids for one in encoded]

    def read(self, pairs: Sequence[Read], made: Callable[[np.ndarray, Read], Made]) -> list[Made]:
        """What `made` makes of each pair and its outputs, shape (tokens, outputs)."""
        if len(pairs) == 1:
            return [made(_outputs(self._shared_session, pairs[0]), pairs[0])]
        # The longest first: a thread that comes to it last would keep the others waiting.
        order = sorted(range(len(pairs)), key=lambda n: -len(pairs[n].ids))
        read: Iterable[Made] = self._pool.map(
            lambda n: made(_outputs(self._session, pairs[n]), pairs[n]), order
        )
        by_place = dict(zip(order, read, strict=True))
        return [by_place[n] for n in range(len(pairs))]

    @cached_property
    def first(self) -> int:
        """The id of the token that opens a pair."""
        return int(self._tokenizer.token_to_id("[CLS]") or 0)

    @cached_property
    def separator(self) -> int:
        return int(self._tokenizer.token_to_id("[SEP]") or 0)

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(self._threads, thread_name_prefix="cross-encoder")

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._graph.parent / TOKENIZER))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    @cached_property
    def _session(self) -> "InferenceSession":
        return open_session(self._graph)

    @cached_property
    def _shared_session(self) -> "InferenceSession":
        """For a single pair, which all threads work on."""
        return open_session(self._graph, self._threads)


def _outputs(session: "InferenceSession", pair: TokenPair) -> np.ndarray:
    ids, types = (np.array([part], dtype=np.int64) for part in (pair.ids, pair.types))
    inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": types}
    (outputs,) = session.run(None, inputs)
    first: np.ndarray = outputs[0]
    return first
