"""Cross-encoders of any kind that sentence-transformers loads, by name or folder."""

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ingest.errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder
    from torch import Tensor

_HEADS = ("ForSequenceClassification", "ForCausalLM")


class LoadedCrossEncoder:
    """Scores pairs of texts. Thread-safe."""

    def __init__(self, name: str, role: str, remedy: str) -> None:
        """Load a model by its name or folder. Raises ModelError: "the `role` 'name' cannot be
        loaded: ...: `remedy`"."""
        self.name = name
        self._role = role
        self._remedy = remedy
        self._model = self._load()
        self._one_at_a_time = threading.Lock()  # the tokenizer cannot be shared

    @property
    def outputs(self) -> int:
        """How many scores it gives for a pair."""
        return int(self._model.num_labels)

    @property
    def labels(self) -> list[str]:
        """What its scores are called, in their order."""
        named = getattr(self._model.config, "id2label", None) or {}
        return [str(named.get(number, "")) for number in range(self.outputs)]

    def scores(
        self,
        pairs: Sequence[tuple[str, str]],
        activation: "Callable[[Tensor], Tensor] | None" = None,
    ) -> NDArray[np.float64]:
        """Shape (pairs,) for a model of one output, else (pairs, outputs); None: the model's own
        activation. Raises ModelError when it cannot read them."""
        try:
            with self._one_at_a_time:
                scores = self._model.predict(
                    list(pairs), activation_fn=activation, show_progress_bar=False
                )
        except Exception as error:  # torch and the tokenizers raise many kinds
            raise self.refused(f"failed: {_one_line(error)}") from error
        read = np.asarray(scores, dtype=np.float64)
        if not np.isfinite(read).all():
            raise self.refused("gives scores that are no numbers")
        return read

    def refused(self, reason: str) -> ModelError:
        return ModelError(f"the {self._role} {self.name!r} {reason}: {self._remedy}")

    def _load(self) -> "CrossEncoder":
        # torch and transformers take seconds to import: only who has set a model waits for them.
        try:
            from sentence_transformers import CrossEncoder
            from transformers.utils.logging import disable_progress_bar
        except ModuleNotFoundError as error:
            raise self.refused(f"needs torch, which is not installed here ({error})") from None

        disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            model: CrossEncoder = CrossEncoder(self.name)
        except Exception as error:  # the library raises many kinds for a name it cannot load
            reason = f"cannot be loaded: {_one_line(error).rstrip('.')}"
            raise self.refused(reason) from error
        if not _is_trained(model):
            raise self.refused("is no cross-encoder")
        return model


def _is_trained(model: "CrossEncoder") -> bool:
    """False for an embedding model, to which the library gives an output of random weights."""
    made_for = getattr(model.config, "architectures", None) or _HEADS
    return len(model) > 1 or any(kind.endswith(_HEADS) for kind in made_for)


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
