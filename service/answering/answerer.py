"""One message from start to end: a reply to small talk, a summary, or a question's answer
(understand, retrieve, draft); what is drafted is verified."""

import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from service.answering.answer import Answer, Statement
from service.answering.conversation import Turn, joined, understand
from service.answering.engine import Draft, Engine, Question
from service.answering.replies.reply import documents_reply, reply_to, too_many_reply
from service.answering.replies.small_talk import small_talk
from service.answering.summaries.request import (
    MOST_DOCUMENTS,
    SummaryRequest,
    documents_meant,
    summary_request,
)
from service.answering.summaries.summary import Summariser
from service.answering.verify import Verification, verify
from service.retrieval.hybrid import RetrievedPassage, Retriever
from service.retrieval.spelling import Spelling

_SHOWN_WHEN_ABSTAINING = 3
_LEAST_PASSAGES = 5  # for each question of a message that asks several


@dataclass(frozen=True, slots=True)
class Retrieved:
    """The first event of an answer: what it will be made from."""

    question: Question
    passages: tuple[RetrievedPassage, ...]


Event = Retrieved | Statement | Answer


@dataclass(frozen=True, slots=True)
class _Material:
    """What an answer is made from. `retrieved`: when that was found, in seconds of the clock."""

    question: Question
    passages: tuple[RetrievedPassage, ...]
    draft: Callable[[], Draft]
    retrieved: float


class Answerer:
    """Answers questions over one index with one engine."""

    def __init__(
        self, retriever: Retriever, engine: Engine, summariser: Summariser, passages: int
    ) -> None:
        """`passages`: how many an answer is made from."""
        self.retriever = retriever
        self.engine = engine
        self.summariser = summariser
        self.passages = passages
        self._spelling = Spelling(retriever.fulltext)

    @property
    def model(self) -> str:
        return self.engine.name

    def understood(self, question: str, history: Sequence[Turn] = ()) -> list[Question]:
        """What a message asks, mistyped words corrected."""
        return understand(self._spelling.corrected(question), history)

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
        """`Retrieved`, then each statement once it is verified, then the whole `Answer`.

        To small talk: `Retrieved` without passages, then an `Answer` that is a reply.
        """
        started = time.perf_counter()
        found = self._found(question, _asked_before(history), document_ids)
        if isinstance(found, str):
            yield Retrieved(Question(question, question), ())
            yield self._replied(question, found, started)
            return
        yield Retrieved(found.question, found.passages)
        yield from self._verified(question, found, started)

    def _found(
        self, question: str, before: Sequence[Turn], document_ids: Sequence[str] | None
    ) -> _Material | str:
        """What an answer is made from, or a reply that needs nothing."""
        kind = small_talk(question)
        if kind and kind != "documents":
            return reply_to(kind, self.retriever.index)
        self.retriever.sync()
        if kind:
            return reply_to(kind, self.retriever.index, document_ids)
        request = summary_request(question)
        if request and not (request.points_back and before):
            summed_up = self._summed_up(question, request, document_ids)
            if summed_up is not None:
                return summed_up
        return self._searched(question, before, document_ids)

    def _summed_up(
        self, question: str, request: SummaryRequest, document_ids: Sequence[str] | None
    ) -> _Material | str | None:
        """None where there is nothing to sum up: no document of that name, or no sentence."""
        index = self.retriever.index
        records = documents_meant(request, index, document_ids)
        if not records and not request.named:
            return documents_reply(index, document_ids)
        if len(records) > MOST_DOCUMENTS:
            every = not request.named and document_ids is None
            return too_many_reply(index.document_count() if every else len(records), records)
        retrieved = time.perf_counter()
        summary = self.summariser.summarise(records, request.sentences)
        if not summary.statements:
            return None
        draft = Draft(iter(summary.statements), 1.0)
        asked = Question(question, question)
        return _Material(asked, summary.passages, lambda: draft, retrieved)

    def _searched(
        self, question: str, before: Sequence[Turn], document_ids: Sequence[str] | None
    ) -> _Material:
        questions = self.understood(question, before)
        limit = max(_LEAST_PASSAGES, self.passages // len(questions))
        found = [self.retriever.retrieve(q.standalone, limit, document_ids) for q in questions]
        return _Material(
            joined(questions),
            _distinct(found),
            lambda: _together(
                [self.engine.draft(q, f) for q, f in zip(questions, found, strict=True)]
            ),
            time.perf_counter(),
        )

    def _verified(self, question: str, found: _Material, started: float) -> Iterator[Event]:
        draft = found.draft()
        drafted = list(draft.statements)
        answered = time.perf_counter()
        outcome = Verification()
        ids = [item.passage.id for item in found.passages]
        statements: list[Statement] = []
        for statement in verify(self.retriever.index, iter(drafted), ids, outcome):
            statements.append(statement)
            yield statement
        yield Answer(
            id=uuid.uuid4().hex,
            question=question,
            standalone_question=found.question.standalone,
            statements=tuple(statements),
            passages=found.passages if statements else found.passages[:_SHOWN_WHEN_ABSTAINING],
            confidence=draft.confidence,
            model=self.engine.name,
            dropped_statements=outcome.dropped,
            timings_ms=_timings(started, found.retrieved, answered),
        )

    def _replied(self, question: str, reply: str, started: float) -> Answer:
        now = time.perf_counter()
        return Answer(
            id=uuid.uuid4().hex,
            question=question,
            standalone_question=question,
            statements=(),
            passages=(),
            confidence=0.0,
            model=self.engine.name,
            timings_ms=_timings(started, started, now),
            reply=reply,
        )


def _distinct(found: Sequence[Sequence[RetrievedPassage]]) -> tuple[RetrievedPassage, ...]:
    """Each once: the best one for every question, then the second ones, and so on."""
    passages: dict[str, RetrievedPassage] = {}
    for rank in zip_longest(*found):
        for one in filter(None, rank):
            passages.setdefault(one.passage.id, one)
    return tuple(passages.values())


def _together(drafts: Sequence[Draft]) -> Draft:
    """The drafts for the questions of one message: what can be answered of it is."""
    statements = dict.fromkeys(chain.from_iterable(draft.statements for draft in drafts))
    return Draft(iter(statements), max(draft.confidence for draft in drafts))


def _asked_before(history: Sequence[Turn]) -> list[Turn]:
    """The conversation without what was no question to the documents: a follow-up that leaned on
    "thanks!" would be looked for with it. A summary stays, for what it says may be asked about."""
    kept: list[Turn] = []
    replied = False
    for turn in history:
        if turn.role == "user":
            replied = small_talk(turn.content) is not None
        if not replied and not (turn.role == "user" and _asks_for_all(turn.content)):
            kept.append(turn)
    return kept


def _asks_for_all(message: str) -> bool:
    request = summary_request(message)
    return request is not None and not request.named


def _timings(started: float, retrieved: float, answered: float) -> dict[str, float]:
    ended = time.perf_counter()
    return {
        "retrieve": round(1000 * (retrieved - started), 2),
        "answer": round(1000 * (answered - retrieved), 2),
        "verify": round(1000 * (ended - answered), 2),
        "total": round(1000 * (ended - started), 2),
    }
