"""The model on an NVIDIA GPU, through sentence-transformers, to ingest much at once.

Its vectors are those of the unquantised model: they stand beside the encoder's (mean cosine
0.993), and questions are still encoded on the processor, which takes milliseconds.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.embedding.encoder import Encoder
from ingest.embedding.passages_apart import PassagesApart
from ingest.embedding.weights import locate

_DRIVER = Path("/proc/driver/nvidia/version")  # a look that spares importing torch elsewhere
_TEXTS_AT_ONCE = 256


class GpuEncoder(PassagesApart):
    """The passages of `encoder`'s model embedded on a GPU; all else is the encoder's."""

    def __init__(self, encoder: Encoder) -> None:
        from sentence_transformers import SentenceTransformer

        super().__init__(encoder)
        self._model = SentenceTransformer(locate(encoder.name), device="cuda").half().eval()

    def warm_up(self) -> None:
        self.get_text_embedding_batch(["warm up"])

    def get_text_embedding_batch(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = self._model.encode(
            list(texts),
            prompt=(self._model.prompts or {}).get("passage", ""),
            batch_size=_TEXTS_AT_ONCE,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        return np.asarray(vectors, dtype=np.float32)


def has_gpu() -> bool:
    """Whether torch can use an NVIDIA GPU here."""
    if not _DRIVER.exists():
        return False
    import torch  # takes seconds

    return torch.cuda.is_available()
