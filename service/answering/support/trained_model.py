"""The support model that comes with the project: a small cross-encoder that reads a statement and
its evidence together.

It is a BERT (Devlin et al. 2019) with two outputs for each token: at the first one, whether the
evidence supports the whole statement; at each of the statement's, whether it bears out that word.
Trained from the default embedder's weights (`python -m eval.training.train_support`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np

from service.answering.cross_encoder import CrossEncoder
from service.answering.support.pair import Pair

TRAINED = Path(str(files("service.answering.support") / "trained"))
"""The folder of the model that comes with the project."""
GRAPH = "support.int8.onnx"
_LEAST = 1e-4  # probability of one word: it cannot outweigh all others


@dataclass(frozen=True, slots=True)
class Reading:
    """A statement read with its evidence; both outputs are logits."""

    whole: float
    """Whether the evidence supports the whole statement."""
    words: np.ndarray
    """Shape (tokens of the statement,): whether it bears out each."""

    @property
    def support(self) -> float:
        """The probability that the evidence supports the whole statement, 0 to 1."""
        return float(_probabilities(np.array([self.whole]))[0])

    @property
    def coverage(self) -> float:
        """How far the words are borne out, 0 to 1: the geometric mean of their probabilities."""
        return float(np.exp(np.log(np.maximum(_probabilities(self.words), _LEAST)).mean()))


def _probabilities(logits: np.ndarray) -> np.ndarray:
    made: np.ndarray = 1 / (1 + np.exp(-np.clip(logits, -50, 50)))
    return made


def together(readings: Sequence[Reading]) -> Reading:
    """Of one statement with several pieces of evidence: each word is borne out as well as by the
    piece that does it best."""
    words = np.max([one.words for one in readings], axis=0)
    return Reading(max(one.whole for one in readings), words)


class SupportModel:
    """Thread-safe; the graph is loaded with the first statement."""

    def __init__(self, folder: Path = TRAINED, threads: int | None = None) -> None:
        """Raises ModelError when the folder has no support model."""
        self._encoder = CrossEncoder(folder / GRAPH, "support model", threads)

    def read(self, statement: str, evidence: Sequence[str]) -> list[Reading]:
        """The statement with each evidence. Evidence that is too long to be read at once is read
        in pieces that overlap by half."""
        said, *cited = self._encoder.tokens([statement, *evidence])
        pairs: list[Pair] = []
        owners: list[int] = []
        for owner, tokens in enumerate(cited):
            for pair in Pair.pieces(said, tokens, self._encoder.first, self._encoder.separator):
                pairs.append(pair)
                owners.append(owner)
        readings = self._encoder.read(pairs, _reading)
        return [
            together([one for one, of in zip(readings, owners, strict=True) if of == owner])
            for owner in range(len(cited))
        ]


def _reading(logits: np.ndarray, pair: Pair) -> Reading:
    """From the outputs for a pair's tokens, shape (tokens, 2)."""
    return Reading(float(logits[0, 0]), logits[pair.statement.start : pair.statement.stop, 1])
