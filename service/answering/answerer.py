"""One message from start to end: a reply to small talk, a summary, or a question's answer
(understand, retrieve, draft); what is drafted is verified."""

import time
import uuid
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from service.answering.answer import Answer, Statement
from service.answering.conversation import Turn, joined
from service.answering.engine import Draft, Engine, Part, Question, distinct_passages
from service.answering.replies.reply import documents_reply, reply_to, too_many_reply
from service.answering.replies.small_talk import small_talk
from service.answering.summaries.request import (
    MOST_DOCUMENTS,
    SummaryRequest,
    documents_meant,
    summary_request,
)
from service.answering.summaries.summary import Summariser
from service.answering.timing import Stopwatch
from service.answering.understanding import Understanding, asked_before
from service.answering.verify import Verification, verify
from service.answering.written.rewriting import FollowUpRewriter
from service.language_models.limits import Cancellation, Deadline, Limits
from service.observing.retrieval_events import announced
from service.retrieval.hybrid import RetrievedPassage, Retriever
from service.retrieval.spelling import Spelling
from service.settings import EXTRACTIVE

_SHOWN_WHEN_ABSTAINING = 3
_LEAST_PASSAGES = 5  # for each question of a message that asks several
_TIME_LIMIT_S = 60.0


@dataclass(frozen=True, slots=True)
class Retrieved:
    """The first event of an answer: what it will be made from."""

    answer_id: str
    """Of the answer to come."""
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
    prompts: Mapping[str, str] = field(default_factory=dict)
    """Of what understanding the message took."""


class Answerer:
    """Answers questions over one index with one engine."""

    def __init__(
        self,
        retriever: Retriever,
        engine: Engine,
        summariser: Summariser,
        passages: int,
        rewriter: FollowUpRewriter | None = None,
        time_limit_s: float = _TIME_LIMIT_S,
    ) -> None:
        """`passages`: how many an answer is made from. `rewriter` makes follow-ups stand alone
        where it can; rules do where not. `time_limit_s`: of all that a language model does for an
        answer."""
        self.retriever = retriever
        self.engine = engine
        self.summariser = summariser
        self.passages = passages
        self._time_limit_s = time_limit_s
        self._understanding = Understanding(Spelling(retriever.fulltext), rewriter)

    @property
    def model(self) -> str:
        return self.engine.name

    @property
    def prompts(self) -> dict[str, str]:
        """Versions of the prompts that answers may take, by name."""
        return {**self.engine.prompts, **self._understanding.prompts}

    def understood(
        self, question: str, history: Sequence[Turn] = (), limits: Limits | None = None
    ) -> list[Question]:
        """What a message asks, mistyped words corrected."""
        return self._understanding.questions(question, history, limits or self._limits(None))

    def search(
        self, question: str, limit: int, document_ids: Sequence[str] | None = None
    ) -> list[RetrievedPassage]:
        with Stopwatch("retrieve") as retrieving:
            retrieving.call(self.retriever.sync)
            found = retrieving.call(lambda: self._retrieved(question, limit, document_ids))
            retrieving.span.note(passages=len(found))
        return found

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        document_ids: Sequence[str] | None = None,
        cancellation: Cancellation | None = None,
    ) -> Answer:
        """The whole answer. Raises ModelFailure where a language model fails and nothing stands
        in for it, and Cancelled."""
        *_, answer = self.stream(question, history, document_ids, cancellation)
        assert isinstance(answer, Answer)
        return answer

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        document_ids: Sequence[str] | None = None,
        cancellation: Cancellation | None = None,
    ) -> Generator[Event, None, None]:
        """`Retrieved`, then each statement once it is verified, then the whole `Answer`.

        To small talk: `Retrieved` without passages, then an `Answer` that is a reply. To cancel,
        or to close the iterator, stops what a language model writes.
        """
        started = time.perf_counter()
        answer_id = uuid.uuid4().hex
        limits = self._limits(cancellation)
        with Stopwatch("retrieve") as retrieving:
            found = retrieving.call(
                lambda: self._found(question, asked_before(history), document_ids, limits)
            )
            retrieving.span.note(passages=0 if isinstance(found, str) else len(found.passages))
        if isinstance(found, str):
            yield Retrieved(answer_id, Question(question, question), ())
            yield self._replied(answer_id, question, found, started)
            return
        yield Retrieved(answer_id, found.question, found.passages)
        with Stopwatch("answer") as drafting, Stopwatch("verify") as checking:
            yield from self._verified(answer_id, question, found, started, drafting, checking)

    def _found(
        self,
        question: str,
        before: Sequence[Turn],
        document_ids: Sequence[str] | None,
        limits: Limits,
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
        return self._searched(question, before, document_ids, limits)

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
        draft = Draft(iter(summary.statements), 1.0, model=EXTRACTIVE)
        asked = Question(question, question)
        return _Material(asked, summary.passages, lambda: draft, retrieved)

    def _searched(
        self,
        question: str,
        before: Sequence[Turn],
        document_ids: Sequence[str] | None,
        limits: Limits,
    ) -> _Material:
        questions = self.understood(question, before, limits)
        limit = max(_LEAST_PASSAGES, self.passages // len(questions))
        parts = [Part(q, self._retrieved(q.standalone, limit, document_ids)) for q in questions]
        return _Material(
            joined(questions),
            distinct_passages(parts),
            lambda: self.engine.draft(parts, limits),
            time.perf_counter(),
            self._understanding.prompts if before else {},
        )

    def _verified(
        self,
        answer_id: str,
        question: str,
        found: _Material,
        started: float,
        drafting: Stopwatch,
        checking: Stopwatch,
    ) -> Iterator[Event]:
        draft = drafting.call(found.draft)
        at_once = drafting.seconds
        outcome = Verification()
        ids = [item.passage.id for item in found.passages]
        statements: list[Statement] = []
        drafted = drafting.each(draft.statements)
        for statement in checking.each(verify(self.retriever.index, drafted, ids, outcome)):
            statements.append(statement)
            yield statement
        drafting.span.note(answer_id=answer_id, model=draft.model or self.engine.name)
        checking.span.note(statements=len(statements), dropped=outcome.dropped + len(draft.dropped))
        yield Answer(
            id=answer_id,
            question=question,
            standalone_question=found.question.standalone,
            statements=tuple(statements),
            passages=found.passages if statements else found.passages[:_SHOWN_WHEN_ABSTAINING],
            confidence=draft.confidence,
            model=draft.model or self.engine.name,
            dropped_statements=outcome.dropped + len(draft.dropped),
            dropped=tuple(draft.dropped),
            notice=draft.notice,
            prompts={**found.prompts, **draft.prompts},
            timings_ms=_timings_ms(
                found.retrieved - started,
                drafting.seconds - draft.checking_s,
                checking.seconds + at_once - drafting.seconds + draft.checking_s,
                time.perf_counter() - started,
            ),
        )

    def _retrieved(
        self, question: str, limit: int, document_ids: Sequence[str] | None
    ) -> list[RetrievedPassage]:
        return announced(question, lambda: self.retriever.retrieve(question, limit, document_ids))

    def _limits(self, cancellation: Cancellation | None) -> Limits:
        return Limits(Deadline.after(self._time_limit_s), cancellation or Cancellation())

    def _replied(self, answer_id: str, question: str, reply: str, started: float) -> Answer:
        seconds = time.perf_counter() - started
        return Answer(
            id=answer_id,
            question=question,
            standalone_question=question,
            statements=(),
            passages=(),
            confidence=0.0,
            model=self.engine.name,
            timings_ms=_timings_ms(0.0, seconds, 0.0, seconds),
            reply=reply,
        )


def _timings_ms(retrieve: float, answer: float, verify: float, total: float) -> dict[str, float]:
    """From seconds."""
    stages = {"retrieve": retrieve, "answer": answer, "verify": verify, "total": total}
    return {name: round(1000 * max(0.0, seconds), 2) for name, seconds in stages.items()}
