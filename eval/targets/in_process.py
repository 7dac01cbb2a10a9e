"""The service's own answerer, asked without a server between."""

from collections.abc import Callable, Sequence
from functools import cache

from eval.cases.case import Case
from eval.cases.gold import documents_within
from eval.targets.answers import prompt_versions, ranked, response_of
from eval.targets.response import RankedPassage, Response
from eval.targets.target import PASSAGES
from ingest.errors import DocumentNotFound
from ingest.index import Index
from service.answering.answerer import Answerer
from service.answering.conversation import joined
from service.assembly import Assembly
from service.http.schemas import AnswerOut, PassageOut

_RECORDED = (
    "model",
    "embedding_model",
    "passage_tokens",
    "retrieved_passages",
    "sentence_ranker",
    "reranker",
    "abstain_below",
)
_RECORDED_OF_MODELS = (
    "model_context_tokens",
    "model_most_tokens",
    "model_temperature",
    "model_timeout_seconds",
    "fallback",
    "support",
    "support_threshold",
)


class IndexLibrary:
    """The documents of an index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._ids = {record.source: record.document_id for record in index.all_records()}
        self._text = cache(lambda document_id: index.document(document_id).text)

    def find(self, source: str) -> str | None:
        return self._ids.get(source)

    def text(self, document_id: str) -> str:
        """A document that the index does not have is empty, so that no citation is in it."""
        try:
            return self._text(document_id)
        except DocumentNotFound:
            return ""

    def sources(self) -> list[str]:
        return list(self._ids)


class InProcess:
    """Asks an answerer over an index that stays as it is during the run."""

    name = "in process"

    def __init__(self, assembly: Assembly, answerer: Answerer | None = None) -> None:
        """`answerer`: another than the one assembled, over the same index."""
        self.assembly = assembly
        self.answerer = answerer or assembly.answerer()
        self.model = self.answerer.model
        self.library = IndexLibrary(self.answerer.retriever.index)

    def ask(self, case: Case) -> Response:
        within = documents_within(case, self.library)
        answer = self.answerer.ask(case.question, case.history, within)
        found = self.answerer.search(answer.standalone_question, PASSAGES, within)
        return response_of(AnswerOut.of(answer), [PassageOut.of(one) for one in found])

    def passages(self, limit: int) -> Callable[[Case], Sequence[RankedPassage]]:
        """What this answerer retrieves for a case, to hand to another target."""

        def retrieve(case: Case) -> list[RankedPassage]:
            understood = joined(self.answerer.understood(case.question, case.history))
            within = documents_within(case, self.library)
            found = self.answerer.search(understood.standalone, limit, within)
            return ranked(map(PassageOut.of, found))

        return retrieve

    def settings(self) -> dict[str, str]:
        settings = self.assembly.settings
        names = (*_RECORDED, *(_RECORDED_OF_MODELS if self.assembly.writes else ()))
        recorded = {name: str(getattr(settings, name)) for name in names}
        return recorded | prompt_versions(self.answerer.prompts)
