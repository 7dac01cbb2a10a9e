"""The trained ranker: a small cross-encoder that reads a question and a passage together.

It is a BERT (Devlin et al. 2019) with four outputs for each token: whether its sentence answers the
question (the mean over the sentence counts), whether an answer starts or ends at it, and, at the
first token, whether the passage holds an answer. Trained from the default embedder's weights
(`python -m eval.training.train_ranker`) and run by ONNX Runtime.
"""

from collections.abc import Sequence
from functools import cached_property
from importlib.resources import files
from pathlib import Path

import numpy as np

from ingest.errors import ModelError
from service.answering.cross_encoder import CrossEncoder
from service.answering.ranking.memory import Memory
from service.answering.ranking.pair import Pair
from service.answering.ranking.ranker import SentenceScores
from service.answering.ranking.weights import ExtractiveWeights, load_weights

TRAINED = Path(str(files("service.answering.ranking") / "trained"))
"""The folder of the ranker that comes with the project."""
GRAPH = "ranker.int8.onnx"
WEIGHTS = "weights.json"
_Key = tuple[str, tuple[str, ...]]
_REMEMBERED = 10_000  # passages
_LONGEST_ANSWER = 30  # tokens


class CrossEncoderRanker:
    """Reads passages each once for a question while it is remembered. Thread-safe."""

    def __init__(self, folder: Path, threads: int | None = None) -> None:
        """Raises ModelError when the folder has no sentence ranker."""
        self._folder = folder
        try:
            self._encoder = CrossEncoder(folder / GRAPH, "sentence ranker", threads)
        except ModelError as error:
            allowed = "FOOTNOTE_SENTENCE_RANKER is trained, vectors, or a folder with one"
            raise ModelError(f"{error}. {allowed}") from None
        self._known: Memory[_Key, list[SentenceScores]] = Memory("ranker", _REMEMBERED)

    @cached_property
    def weights(self) -> ExtractiveWeights:
        return load_weights(self._folder / WEIGHTS)

    def warm_up(self) -> None:
        self.score("Is it ready?", [["It is ready."]])

    def score(self, question: str, passages: Sequence[Sequence[str]]) -> list[list[SentenceScores]]:
        return self._known.of([(question, tuple(one)) for one in passages], self._score)

    def _score(self, keys: Sequence[_Key]) -> list[list[SentenceScores]]:
        pairs = [self._pair(question, sentences) for question, sentences in keys]
        return self._encoder.read(pairs, sentence_scores)

    def _pair(self, question: str, sentences: tuple[str, ...]) -> Pair:
        asked, *read = self._encoder.tokens([question, *sentences])
        return Pair.of(asked, read, self._encoder.first, self._encoder.separator)


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
