"""What stands in for many passages of many matters: words and vectors drawn at random.

Enough to measure time by: words are as frequent as in real text, and vectors lie as near to each
other as the default model's of Wikipedia's passages do, where the cosine is 0.46 on average
within an article and 0.02 +- 0.08 between two, and the effective dimension 60.
"""

import hashlib
import random
from collections.abc import Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from eval.benchmarks.drawn_documents import DrawSentence
from ingest.embedding import Encoder
from ingest.embedding.export import TOKENIZER
from ingest.embedding.passages_apart import PassagesApart

Vectors = NDArray[np.float32]

_WITHIN = 0.46  # cosine of two vectors of a document
_DECAY = 0.33  # of the dimensions' standard deviations, by rank
_FLATTENING = 2.7  # of the law's head (Mandelbrot 1953)
_SENTENCE_WORDS = (8, 30)


class DrawnVectors(PassagesApart):
    """An embedding that draws vectors by the text instead of encoding it: around one for each
    first line, which in what is embedded of a document is its title. All else is the encoder's."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__(encoder)
        self._scale = np.arange(1, self.dimension + 1, dtype=np.float32) ** -_DECAY

    def warm_up(self) -> None:
        pass

    def get_text_embedding_batch(self, texts: Sequence[str]) -> Vectors:
        made = [
            _WITHIN**0.5 * self._drawn(text.partition("\n")[0])
            + (1 - _WITHIN) ** 0.5 * self._drawn(text)
            for text in texts
        ]
        return _unit(np.array(made, dtype=np.float32).reshape(len(texts), self.dimension))

    def _drawn(self, text: str) -> Vectors:
        """A unit vector, the same for the same text."""
        seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
        chance = np.random.default_rng(seed)
        return _unit(self._scale * chance.standard_normal(self.dimension, dtype=np.float32))


def zipf_sentences(encoder: Encoder) -> DrawSentence:
    """Sentences of English words, each a token of the encoder, by Zipf's law: its vocabulary has
    them in the order of their frequency, as WordPiece (Wu et al. 2016) was trained."""
    tokens = Tokenizer.from_file(str(encoder.folder / TOKENIZER)).get_vocab()
    words = [word for word in sorted(tokens, key=tokens.__getitem__) if _is_word(word)]
    weights = list(accumulate(1 / (rank + _FLATTENING) for rank in range(1, len(words) + 1)))

    def draw(chance: random.Random) -> str:
        count = chance.randint(*_SENTENCE_WORDS)
        return " ".join(chance.choices(words, cum_weights=weights, k=count)).capitalize() + "."

    return draw


def _is_word(text: str) -> bool:
    return text.isascii() and text.isalpha() and (len(text) > 1 or text in "ai")


def _unit(vectors: Vectors) -> Vectors:
    scaled: Vectors = vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)
    return scaled
