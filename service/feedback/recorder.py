"""Remembers answers beside the threads that make them, which never wait for it."""

import json
import logging
import threading
import time
from collections import deque

from service.answering.answer import Answer
from service.feedback.problems import FeedbackUnavailable
from service.feedback.store import FeedbackStore, RememberedAnswer
from service.http.questions import Asked
from service.http.schemas import AnswerOut
from service.observing.metrics import FORGOTTEN_ANSWERS

_MOST_WAITING = 1000  # answers
_BETWEEN_WRITES_S = 0.2
_BETWEEN_WARNINGS_S = 60.0

_log = logging.getLogger("footnote")


class AnswerRecorder:
    """An observer of answers, whose thread writes them in batches and ends with the process."""

    def __init__(self, store: FeedbackStore, most: int, most_waiting: int = _MOST_WAITING) -> None:
        """`most`: how many of the latest answers are kept."""
        self._store, self._most = store, most
        self._waiting: deque[tuple[Asked, Answer]] = deque()
        self._most_waiting = most_waiting
        self._changed = threading.Condition()
        self._writing = False
        self._at_once = False
        self._thread: threading.Thread | None = None
        self._warned_at = -_BETWEEN_WARNINGS_S

    def __call__(self, asked: Asked, answer: Answer) -> None:
        with self._changed:
            if self._thread is None:  # here, for a process that forks has its own
                self._thread = threading.Thread(target=self._work, daemon=True, name="answers")
                self._thread.start()
            if len(self._waiting) >= self._most_waiting:
                self._waiting.popleft()
                self._forgot(1, "more are given than can be written")
            self._waiting.append((asked, answer))
            self._changed.notify_all()

    @property
    def waiting(self) -> int:
        """Answers that are not being written yet."""
        return len(self._waiting)

    def flush(self, within_s: float) -> None:
        """Write what waits now, or give up after a while."""
        with self._changed:
            self._at_once = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: not (self._waiting or self._writing), within_s)
            self._at_once = False

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting)
                self._changed.wait_for(lambda: self._at_once, _BETWEEN_WRITES_S)
                batch = list(self._waiting)[-self._most :]
                self._waiting.clear()
                self._writing = True
            try:
                self._write(batch)
            finally:
                with self._changed:
                    self._writing = False
                    self._changed.notify_all()

    def _write(self, batch: list[tuple[Asked, Answer]]) -> None:
        try:
            self._store.remember([_remembered(*one) for one in batch], self._most)
        except FeedbackUnavailable as error:
            self._forgot(len(batch), str(error))
        except Exception as error:
            self._forgot(len(batch), f"{type(error).__name__}")

    def _forgot(self, answers: int, reason: str) -> None:
        FORGOTTEN_ANSWERS.inc(answers)
        if time.monotonic() - self._warned_at >= _BETWEEN_WARNINGS_S:
            self._warned_at = time.monotonic()
            _log.warning("answers are not remembered for feedback: %s", reason)


def _remembered(asked: Asked, answer: Answer) -> RememberedAnswer:
    made = {
        "question": asked.question,
        "history": [{"role": turn.role, "content": turn.content} for turn in asked.history],
        "response": AnswerOut.of(answer).model_dump(),
    }
    return RememberedAnswer(answer.id, json.dumps(made))
