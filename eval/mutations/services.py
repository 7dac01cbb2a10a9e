"""Faults inside the service: the same index asked by an answerer with a broken part."""

from collections.abc import Callable, Sequence

from eval.targets.in_process import InProcess
from service.answering.answerer import Answerer
from service.answering.engine import Engine
from service.answering.extractive import ExtractiveEngine
from service.retrieval.hybrid import RetrievedPassage, Retriever

Breakage = Callable[[InProcess], InProcess]


def retrieval_off_by_one(target: InProcess) -> InProcess:
    """The best passage is left out."""
    answerer, assembly = target.answerer, target.assembly
    whole = answerer.retriever
    retriever = _OffByOne(whole.index, whole.fulltext, assembly.embedding(), whole.reranker)
    return InProcess(assembly, _with(answerer, retriever=retriever))


def never_abstains(target: InProcess) -> InProcess:
    """The confidence is computed, and nothing follows from it."""
    answerer, assembly = target.answerer, target.assembly
    engine = ExtractiveEngine(answerer.retriever, assembly.ranker(), threshold=0.0)
    return InProcess(assembly, _with(answerer, engine=engine))


def _with(
    answerer: Answerer, retriever: Retriever | None = None, engine: Engine | None = None
) -> Answerer:
    return Answerer(
        retriever or answerer.retriever,
        engine or answerer.engine,
        answerer.summariser,
        answerer.passages,
    )


class _OffByOne(Retriever):
    def retrieve(
        self, question: str, limit: int, document_ids: Sequence[str] | None = None
    ) -> list[RetrievedPassage]:
        return super().retrieve(question, limit + 1, document_ids)[1:]
