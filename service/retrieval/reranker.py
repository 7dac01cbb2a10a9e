"""A reranker: a cross-encoder that reads the question and a passage together (Nogueira and Cho
2019), of any kind that sentence-transformers loads."""

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from ingest.errors import ModelError
from service.retrieval.retrieved import RetrievedPassage

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

_READ = 30  # passages: more take seconds without a GPU, and bring little
_HEADS = ("ForSequenceClassification", "ForCausalLM")


class Reranker:
    """Orders passages by how well they answer. Thread-safe."""

    def __init__(self, name: str) -> None:
        """Load a model by its name or folder. Raises ModelError."""
        self._name = name
        self._model = _load(name)
        self._one_at_a_time = threading.Lock()  # the tokenizer cannot be shared

    def order(self, question: str, passages: Sequence[RetrievedPassage]) -> list[RetrievedPassage]:
        """The passages, the first 30 ordered anew, the best first. Their scores stay: a model's
        own have no common scale, and the confidence is fitted to those of retrieval.

        Raises ModelError when the model cannot read them.
        """
        read = passages[:_READ]
        if len(read) < 2:
            return list(passages)
        scores = self._scores([(question, _text(one)) for one in read])
        order = sorted(range(len(read)), key=lambda number: -scores[number])
        return [read[number] for number in order] + list(passages[_READ:])

    def _scores(self, pairs: list[tuple[str, str]]) -> list[float]:
        try:
            with self._one_at_a_time:
                scores = np.asarray(self._model.predict(pairs, show_progress_bar=False))
        except Exception as error:  # torch and the tokenizers raise many kinds
            raise _refused(self._name, f"failed: {_one_line(error)}") from error
        if not np.isfinite(scores).all():
            raise _refused(self._name, "gives scores that are no numbers")
        return [float(score) for score in scores]


def _text(one: RetrievedPassage) -> str:
    """The passage below its title and headings, unless it begins with the title itself."""
    passage = one.passage
    if passage.blocks and passage.blocks[0].kind == "title":
        return passage.text
    return " - ".join([one.record.title, *passage.headings]) + "\n" + passage.text


def _load(name: str) -> "CrossEncoder":
    # torch and transformers take seconds to import: only who has set a reranker waits for them.
    from sentence_transformers import CrossEncoder
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        model: CrossEncoder = CrossEncoder(name)
    except Exception as error:  # the library raises many kinds for a name it cannot load
        raise _refused(name, f"cannot be loaded: {_one_line(error).rstrip('.')}") from error
    if not _is_trained(model):
        raise _refused(name, "is no cross-encoder")
    if model.num_labels != 1:
        raise _refused(name, f"gives {model.num_labels} scores for a passage, not one")
    return model


def _is_trained(model: "CrossEncoder") -> bool:
    """False for an embedding model, to which the library gives an output of random weights."""
    made_for = getattr(model.config, "architectures", None) or _HEADS
    return len(model) > 1 or any(kind.endswith(_HEADS) for kind in made_for)


def _refused(name: str, reason: str) -> ModelError:
    return ModelError(
        f"the reranker {name!r} {reason}: set FOOTNOTE_RERANKER to the name or folder of another, "
        "or to nothing"
    )


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
