"""One question from start to end: understand, retrieve, draft, verify."""

import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.answering.answer import Answer, Statement
from service.answering.conversation import Turn, standalone
from service.answering.engine import Engine, Question
from service.answering.verify import Verification, verify
from service.retrieval.hybrid import RetrievedPassage, Retriever

_SHOWN_WHEN_ABSTAINING = 3


@dataclass(frozen=True, slots=True)
class Retrieved:
    """The first event of an answer: what it will be made from."""

    question: Question
    passages: tuple[RetrievedPassage, ...]


Event = Retrieved | Statement | Answer


class Answerer:
    """Answers questions over one index with one engine."""

    def __init__(self, retriever: Retriever, engine: Engine, passages: int) -> None:
        self.retriever = retriever
        self.engine = engine
        self.passages = passages

    @property
    def model(self) -> str:
        return self.engine.name

    def search(
        self, question: str, limit: int, document_ids: Sequence[str] | None = None
    ) -> list[RetrievedPassage]:
        self.retriever.sync()
        return self.retriever.retrieve(question, limit, document_ids)

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        document_ids: Sequence[str] | None = None,
    ) -> Answer:
        *_, answer = self.stream(question, history, document_ids)
        assert isinstance(answer, Answer)
        return answer

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        document_ids: Sequence[str] | None = None,
    ) -> Iterator[Event]:
        """`Retrieved`, then each statement once it is verified, then the whole `Answer`."""
        started = time.perf_counter()
        understood = standalone(question, history)
        passages = tuple(self.search(understood.standalone, self.passages, document_ids))
        retrieved = time.perf_counter()
        yield Retrieved(understood, passages)
        draft = self.engine.draft(understood, passages)
        drafted = list(draft.statements)
        answered = time.perf_counter()
        outcome = Verification()
        ids = [item.passage.id for item in passages]
        statements: list[Statement] = []
        for statement in verify(self.retriever.index, iter(drafted), ids, outcome):
            statements.append(statement)
            yield statement
        ended = time.perf_counter()
        yield Answer(
            id=uuid.uuid4().hex,
            question=question,
            standalone_question=understood.standalone,
            statements=tuple(statements),
            passages=passages if statements else passages[:_SHOWN_WHEN_ABSTAINING],
            confidence=draft.confidence,
            model=self.engine.name,
            dropped_statements=outcome.dropped,
            timings_ms={
                "retrieve": round(1000 * (retrieved - started), 2),
                "answer": round(1000 * (answered - retrieved), 2),
                "verify": round(1000 * (ended - answered), 2),
                "total": round(1000 * (ended - started), 2),
            },
        )
