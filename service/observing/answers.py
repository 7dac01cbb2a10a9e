"""What is counted, and logged at info, of each answer, whatever endpoint gave it."""

import logging
from functools import cache

from prometheus_client import Histogram

from service.answering.answer import Answer
from service.http.questions import Asked
from service.observing.metrics import ANSWERS, CITATIONS, DROPPED, STAGE_SECONDS, STATEMENTS

_log = logging.getLogger("footnote.answers")


def count_answer(_: Asked, answer: Answer) -> None:
    ANSWERS.labels(answer.kind, answer.model).inc()
    for stage, milliseconds in answer.timings_ms.items():
        _seconds_of(stage).observe(milliseconds / 1000)
    for counter, amount in (
        (STATEMENTS, len(answer.statements)),
        (CITATIONS, len(answer.citations)),
        (DROPPED, answer.dropped_statements),
    ):
        if amount:
            counter.inc(amount)


@cache
def _seconds_of(stage: str) -> Histogram:
    return STAGE_SECONDS.labels(stage)


class AnswerLog:
    """A line an answer, without any text of it."""

    def __init__(self, with_questions: bool) -> None:
        self._with_questions = with_questions

    def __call__(self, asked: Asked, answer: Answer) -> None:
        if not _log.isEnabledFor(logging.INFO):
            return
        told = {
            "answer_id": answer.id,
            "kind": answer.kind,
            "model": answer.model,
            "statements": len(answer.statements),
            "dropped": answer.dropped_statements,
            "passages": len(answer.passages),
            **{f"{stage}_ms": taken for stage, taken in answer.timings_ms.items()},
        }
        if self._with_questions:
            told["question"] = asked.question
        _log.info("answer", extra=told)
