"""The writing engine: a language model answers from numbered sentences, and every sentence of it
is checked against what it cites before it is shown."""

import logging
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing

from ingest.errors import ModelError
from service.answering.answer import Statement
from service.answering.engine import Draft, Engine, Part, distinct_passages
from service.answering.support.checker import SupportChecker
from service.answering.written.asking import Asking, again_prompt, answer_prompt, asked
from service.answering.written.checking import CheckFailed, StatementCheck
from service.answering.written.problems import (
    UNCHECKED,
    Problem,
    failed,
    incomplete,
    quoted_instead,
    without_answer,
)
from service.answering.written.reply import Reply
from service.language_models.failures import ModelFailure
from service.language_models.language_model import LanguageModel, Message
from service.language_models.limits import Limits
from service.prompts import Prompt
from service.retrieval.words import says_something

_log = logging.getLogger("footnote")


class WritingEngine:
    """Writes; asks a second time when nothing could be verified; then another engine quotes."""

    def __init__(
        self,
        model: LanguageModel,
        checker: SupportChecker,
        quoting: Engine | None,
        time_limit_s: float,
    ) -> None:
        """`quoting`: what stands in when the model fails; None for nothing. `time_limit_s`: as the
        limits of drafts have it, for messages."""
        self.name = model.name
        self._model = model
        self._checker = checker
        self._quoting = quoting
        self._time_limit_s = time_limit_s

    @property
    def prompts(self) -> Mapping[str, str]:
        own = {prompt.name: prompt.version for prompt in (answer_prompt(), again_prompt())}
        return {**own, **self._checker.prompts}

    def draft(self, parts: Sequence[Part], limits: Limits) -> Draft:
        draft = Draft(iter(()), 0.0)
        if any(says_something(part.question.standalone) for part in parts):
            draft.statements = self._statements(parts, limits, draft)
        return draft

    def _statements(
        self, parts: Sequence[Part], limits: Limits, draft: Draft
    ) -> Iterator[Statement]:
        passages = distinct_passages(parts)
        if not passages:
            return
        question = " ".join(part.question.standalone for part in parts)
        asking = Asking.of(question, passages, self._model)
        writing = _Writing(self._model, self._checker, asking, limits, draft)
        try:
            problem = yield from writing.statements()
        except CheckFailed as failure:
            cause = failure.__cause__
            _log.error("the support checker failed", exc_info=cause)
            if self._quoting is None and not writing.supports:
                if isinstance(cause, ModelError):
                    raise cause from None
                raise
            reason = UNCHECKED
        except ModelFailure as failure:
            if self._quoting is None and not writing.supports:
                raise
            reason = failed(failure.kind, self._time_limit_s)
        else:
            if problem is None:
                return
            reason = problem.for_reader
        if writing.supports:
            draft.notice = incomplete(reason)
        elif self._quoting is None:
            draft.notice = without_answer(reason)
        else:
            yield from _quoted(self._quoting, parts, limits, draft, reason)


class _Writing:
    """One message on its way through the model."""

    def __init__(
        self,
        model: LanguageModel,
        checker: SupportChecker,
        asking: Asking,
        limits: Limits,
        draft: Draft,
    ) -> None:
        """`draft` is told what happens."""
        self._model = model
        self._asking = asking
        self._checker = checker
        self._check = StatementCheck(asking.sentences, checker, limits)
        self._limits = limits
        self._draft = draft
        self.supports: list[float] = []
        """Of the statements that were shown."""

    def statements(self) -> Generator[Statement, None, Problem | None]:
        """What the model writes, as far as it is supported. Returns what was wrong; None also
        when the model says that there is no answer."""
        if not len(self._asking.sentences):
            return Problem.NO_ROOM
        reply = yield from self._reply(self._asking.first(), answer_prompt())
        if not (self.supports or reply.refused or self._limits.deadline.passed):
            again = self._asking.again(reply.problem)
            reply = yield from self._reply(again, again_prompt())
        if reply.refused or (self.supports and not reply.endless):
            return None
        return reply.problem

    def _reply(
        self, messages: Sequence[Message], prompt: Prompt
    ) -> Generator[Statement, None, Reply]:
        draft = self._draft
        draft.prompts[prompt.name] = prompt.version
        reply = Reply(self._check, len(self._asking.sentences), self._limits)
        try:
            with closing(asked(self._model, messages, self._limits)) as pieces:
                for statement in reply.statements(pieces):
                    self.supports.append(max(one.support for one in statement.citations))
                    draft.confidence = sum(self.supports) / len(self.supports)
                    yield statement
        finally:
            draft.dropped += reply.dropped
            draft.checking_s += reply.checking_s
            if reply.checking_s:
                draft.prompts.update(self._checker.prompts)
        return reply


def _quoted(
    engine: Engine, parts: Sequence[Part], limits: Limits, draft: Draft, reason: str
) -> Iterator[Statement]:
    quoted = engine.draft(parts, limits)
    found = False
    for statement in quoted.statements:
        found = True
        yield statement
    draft.model = engine.name
    draft.confidence = quoted.confidence
    draft.notice = quoted_instead(reason, found)
