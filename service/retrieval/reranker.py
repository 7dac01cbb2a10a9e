"""A reranker: a cross-encoder that reads the question and a passage together (Nogueira and Cho
2019), of any kind that sentence-transformers loads."""

from collections.abc import Sequence

from service.cross_encoders import LoadedCrossEncoder
from service.retrieval.retrieved import RetrievedPassage

_READ = 30  # passages: more take seconds without a GPU, and bring little
_REMEDY = "set FOOTNOTE_RERANKER to the name or folder of another, or to nothing"


class Reranker:
    """Orders passages by how well they answer. Thread-safe."""

    def __init__(self, name: str) -> None:
        """Load a model by its name or folder. Raises ModelError."""
        self._model = LoadedCrossEncoder(name, "reranker", _REMEDY)
        if self._model.outputs != 1:
            raise self._model.refused(f"gives {self._model.outputs} scores for a passage, not one")

    def order(self, question: str, passages: Sequence[RetrievedPassage]) -> list[RetrievedPassage]:
        """The passages, the first 30 ordered anew, the best first. Their scores stay: a model's
        own have no common scale, and the confidence is fitted to those of retrieval.

        Raises ModelError when the model cannot read them.
        """
        read = passages[:_READ]
        if len(read) < 2:
            return list(passages)
        scores = self._model.scores([(question, _text(one)) for one in read])
        order = sorted(range(len(read)), key=lambda number: -scores[number])
        return [read[number] for number in order] + list(passages[_READ:])


def _text(one: RetrievedPassage) -> str:
    """The passage below its title and headings, unless it begins with the title itself."""
    passage = one.passage
    if passage.blocks and passage.blocks[0].kind == "title":
        return passage.text
    return " - ".join([one.record.title, *passage.headings]) + "\n" + passage.text
