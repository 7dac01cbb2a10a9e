"""Giving feedback on an answer that this process gave, or another."""

import asyncio
import time

from starlette.concurrency import run_in_threadpool

from service.feedback.answer_ids import answer_id_of
from service.feedback.problems import AnswerNotFound, NothingRemembered
from service.feedback.recorder import AnswerRecorder
from service.feedback.store import Feedback, FeedbackStore, Rating
from service.http.questions import Observer
from service.observing.metrics import FEEDBACK
from service.settings import ServiceSettings

_LOOK_FOR_S = 1.0  # another process writes its answers a little later
_BETWEEN_LOOKS_S = 0.1
_FLUSH_S = 2.0


class FeedbackDesk:
    """What the endpoints of feedback need."""

    def __init__(self, settings: ServiceSettings) -> None:
        self.store = FeedbackStore(settings.feedback)
        self._most = settings.remembered_answers
        self.recorder = AnswerRecorder(self.store, self._most) if self._most else None

    @property
    def observers(self) -> list[Observer]:
        """Of `Questions`."""
        return [self.recorder] if self.recorder else []

    async def give(self, given_id: str, rating: Rating, comment: str) -> Feedback:
        """Raises AnswerNotFound, NothingRemembered and FeedbackUnavailable."""
        if self.recorder is None:
            raise NothingRemembered(
                "no feedback can be given: the service keeps no answers "
                "(FOOTNOTE_REMEMBERED_ANSWERS is 0)"
            )
        answer_id = answer_id_of(given_id)
        given = None if answer_id is None else await self._looked_for(answer_id, rating, comment)
        if given is None:
            raise AnswerNotFound(
                f"there is no answer {given_id!r} among the latest {self._most:,}, "
                "which feedback can be given on"
            )
        FEEDBACK.labels(rating).inc()
        return given

    def close(self) -> None:
        """Before the process ends."""
        if self.recorder is not None:
            self.recorder.flush(_FLUSH_S)

    async def _looked_for(self, answer_id: str, rating: Rating, comment: str) -> Feedback | None:
        assert self.recorder is not None
        await run_in_threadpool(self.recorder.flush, _FLUSH_S)
        until = time.monotonic() + _LOOK_FOR_S
        while True:
            given = await run_in_threadpool(self.store.give, answer_id, rating, comment)
            if given is not None or time.monotonic() >= until:
                return given
            await asyncio.sleep(_BETWEEN_LOOKS_S)
