"""Whether evidence supports a statement: the question that the citation metrics ask."""

from concurrent.futures import Future
from threading import Lock
from typing import Protocol

from ingest.errors import FootnoteError

SUPPORTED = 0.5
"""A score of this much or more counts as supported."""


class JudgeError(FootnoteError):
    """A judge cannot be asked, or does not answer as a judge."""


class Judge(Protocol):
    name: str
    """Stored with a run: figures by different judges are not comparable."""

    def supports(self, statement: str, evidence: str) -> float:
        """How far the evidence alone supports the whole statement, 0 to 1. Raises JudgeError."""
        ...


class Tolerant:
    """A judge whose failure on one statement does not end a run: the statement then counts as not
    supported, and `failures` says why. A judge that fails before it ever succeeds is let fail."""

    def __init__(self, judge: Judge) -> None:
        self.name = judge.name
        self.failures: list[str] = []
        self._judge = judge
        self._worked = False

    def supports(self, statement: str, evidence: str) -> float:
        try:
            score = self._judge.supports(statement, evidence)
        except JudgeError as error:
            if not self._worked:
                raise
            self.failures.append(str(error))
            return 0.0
        self._worked = True
        return score


class Remembering:
    """A judge that is asked each statement with each evidence once, from any thread."""

    def __init__(self, judge: Judge) -> None:
        self.name = judge.name
        self._judge = judge
        self._scores: dict[tuple[str, str], Future[float]] = {}
        self._lock = Lock()

    def supports(self, statement: str, evidence: str) -> float:
        asked = (statement, evidence)
        with self._lock:
            known = self._scores.get(asked)
            score = known or self._scores.setdefault(asked, Future())
        if known is None:
            self._ask(asked, score)
        return score.result()

    def _ask(self, asked: tuple[str, str], score: "Future[float]") -> None:
        try:
            score.set_result(self._judge.supports(*asked))
        except BaseException as error:
            with self._lock:
                del self._scores[asked]  # a failure is not remembered
            score.set_exception(error)
