"""The trained ranker: a small cross-encoder that reads a question and a passage together.

It is a BERT (Devlin et al. 2019) with four outputs for each token: whether its sentence answers the
question (the mean over the sentence counts), whether an answer starts or ends at it, and, at the
first token, whether the passage holds an answer. Trained from the default embedder's weights
(`python -m eval.training.train_ranker`) and run by ONNX Runtime.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ingest.embedding.session import open_session
from ingest.errors import ModelError
from service.answering.ranking.memory import Memory
from service.answering.ranking.pair import Pair
from service.answering.ranking.ranker import SentenceScores
from service.answering.ranking.weights import ExtractiveWeights, load_weights

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

TRAINED = Path(str(files("service.answering.ranking") / "trained"))
"""The folder of the ranker that comes with the project."""
GRAPH = "ranker.int8.onnx"
TOKENIZER = "tokenizer.json"
WEIGHTS = "weights.json"
_Key = tuple[str, tuple[str, ...]]
_REMEMBERED = 10_000  # passages
_LONGEST_ANSWER = 30  # tokens


class CrossEncoderRanker:
    """Reads passages one at a time on as many threads as there are cores, each once for a question
    while it is remembered. Thread-safe; the graph is loaded with the first passage."""

    def __init__(self, folder: Path, threads: int | None = None) -> None:
        """Raises ModelError when the folder has no sentence ranker."""
        self._folder = folder
        for file in (GRAPH, TOKENIZER):
            if not (folder / file).is_file():
                raise ModelError(
                    f"{folder} has no sentence ranker: {file} is missing. "
                    "FOOTNOTE_SENTENCE_RANKER is trained, vectors, or a folder with one"
                )
        self._threads = threads or os.cpu_count() or 1
        self._known: Memory[_Key, list[SentenceScores]] = Memory(_REMEMBERED)

    @cached_property
    def weights(self) -> ExtractiveWeights:
        return load_weights(self._folder / WEIGHTS)

    def warm_up(self) -> None:
        self.score("Is it ready?", [["It is ready."]])

    def score(self, question: str, passages: Sequence[Sequence[str]]) -> list[list[SentenceScores]]:
        return self._known.of([(question, tuple(one)) for one in passages], self._score)

    def _score(self, keys: Sequence[_Key]) -> list[list[SentenceScores]]:
        pairs = [self._pair(question, sentences) for question, sentences in keys]
        # The longest first: a thread that comes to it last would keep the others waiting.
        order = sorted(range(len(pairs)), key=lambda n: -len(pairs[n].ids))
        made = self._pool.map(self._score_pair, [pairs[n] for n in order])
        scores = dict(zip(order, made, strict=True))
        return [scores[n] for n in range(len(pairs))]

    def _pair(self, question: str, sentences: tuple[str, ...]) -> Pair:
        texts = [question, *sentences]
        encoded = self._tokenizer.encode_batch_fast(texts, add_special_tokens=False)
        asked, *read = (one.ids for one in encoded)
        return Pair.of(asked, read, self._first, self._separator)

    def _score_pair(self, pair: Pair) -> list[SentenceScores]:
        ids, types = (np.array([part], dtype=np.int64) for part in (pair.ids, pair.types))
        inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": types}
        (logits,) = self._session.run(None, inputs)
        return sentence_scores(logits[0], pair)

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(self._threads, thread_name_prefix="ranker")

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._folder / TOKENIZER))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    @cached_property
    def _first(self) -> int:
        return int(self._tokenizer.token_to_id("[CLS]") or 0)

    @cached_property
    def _separator(self) -> int:
        return int(self._tokenizer.token_to_id("[SEP]") or 0)

    @cached_property
    def _session(self) -> "InferenceSession":
        return open_session(self._folder / GRAPH)


def sentence_scores(logits: np.ndarray, pair: Pair) -> list[SentenceScores]:
    """From the outputs for a pair's tokens, shape (tokens, 4), a reading of each sentence; of one
    that did not fit in, the least."""
    fits, starts, ends = logits[:, 0], logits[:, 1], logits[:, 2]
    none, holds = float(starts[0] + ends[0]), float(logits[0, 3])
    made = []
    for first, last in pair.sentences:
        fit = float(fits[first:last].mean())
        answer = _best_span(starts[first:last], ends[first:last]) - none
        made.append(SentenceScores(fit, answer, holds))
    least = min((one.fit for one in made), default=0.0), min((o.answer for o in made), default=0.0)
    return made + [SentenceScores(*least, holds)] * pair.left_out


def _best_span(starts: np.ndarray, ends: np.ndarray) -> float:
    """The highest sum of a start and an end not before it and not far after it."""
    sums = starts[:, None] + ends[None, :]
    distance = np.arange(len(ends))[None, :] - np.arange(len(starts))[:, None]
    allowed = (distance >= 0) & (distance < _LONGEST_ANSWER)
    return float(sums[allowed].max())
