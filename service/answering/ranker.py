"""The sentence ranker: a small cross-encoder that reads a question and a sentence together.

Trained from the default embedder's weights (`python -m eval.training.train_ranker`) and run by
ONNX Runtime. Its score is a logit: above zero when the sentence rather answers the question.
"""

import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from cachetools import LRUCache

from ingest.embedding.session import open_session
from ingest.errors import ModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

GRAPH = "ranker.int8.onnx"
TOKENIZER = "tokenizer.json"
MOST_TOKENS = 128
_REMEMBERED = 50_000  # pairs


class SentenceRanker:
    """Scores pairs one at a time on as many threads as there are cores, each pair once while it
    is remembered. Thread-safe; the graph is loaded with the first pair."""

    name = "ranker"

    def __init__(self, folder: Path, threads: int | None = None) -> None:
        """Raises ModelError when the folder has no ranker."""
        self._folder = folder
        for file in (GRAPH, TOKENIZER):
            if not (folder / file).is_file():
                raise ModelError(f"{folder} has no sentence ranker: {file} is missing")
        self._threads = threads or os.cpu_count() or 1
        self._known: LRUCache[tuple[str, str], float] = LRUCache(_REMEMBERED)
        self._lock = threading.Lock()

    def warm_up(self) -> None:
        self.fits("Is it ready?", ["It is ready."])

    def fits(self, question: str, sentences: Sequence[str]) -> list[float]:
        """A logit for each sentence."""
        with self._lock:
            found = {s: self._known[question, s] for s in sentences if (question, s) in self._known}
        missing = [sentence for sentence in dict.fromkeys(sentences) if sentence not in found]
        if missing:
            made = dict(zip(missing, self._score(question, missing), strict=True))
            found |= made
            with self._lock:
                self._known.update({(question, s): score for s, score in made.items()})
        return [found[sentence] for sentence in sentences]

    def _score(self, question: str, sentences: Sequence[str]) -> list[float]:
        encoded = self._tokenizer.encode_batch_fast([(question, s) for s in sentences])
        pairs = [(one.ids, one.type_ids) for one in encoded]
        order = sorted(range(len(pairs)), key=lambda n: -len(pairs[n][0]))
        scores = [0.0] * len(pairs)
        made = self._pool.map(self._score_pair, [pairs[n] for n in order])
        for n, score in zip(order, made, strict=True):
            scores[n] = score
        return scores

    def _score_pair(self, pair: tuple[list[int], list[int]]) -> float:
        ids, types = (np.array([part], dtype=np.int64) for part in pair)
        inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": types}
        (logits,) = self._session.run(None, inputs)
        return float(logits[0, 0])

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(self._threads, thread_name_prefix="ranker")

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._folder / TOKENIZER))
        tokenizer.enable_truncation(MOST_TOKENS, strategy="longest_first")
        tokenizer.no_padding()
        return tokenizer

    @cached_property
    def _session(self) -> "InferenceSession":
        return open_session(self._folder / GRAPH)
