"""The SQLite file of feedback, and of the latest answers, which it may be on.

Any number of processes share it. Each call opens it afresh: so it may be moved or deleted while
the service runs.
"""

import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from service.feedback.problems import FeedbackUnavailable

Rating = Literal["up", "down"]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS answers (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    answer_id TEXT NOT NULL UNIQUE,
    asked TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS feedback (
    answer_id TEXT PRIMARY KEY,
    rating TEXT NOT NULL,
    comment TEXT NOT NULL,
    created TEXT NOT NULL,
    asked TEXT NOT NULL
);
"""
_BUSY_S = 5.0
_MAGIC = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class RememberedAnswer:
    """`asked`: a JSON object of `question`, `history` and `response`."""

    answer_id: str
    asked: str


@dataclass(frozen=True, slots=True)
class Feedback:
    answer_id: str
    rating: Rating
    comment: str
    created: str
    """ISO 8601, UTC."""


class FeedbackStore:
    def __init__(self, file: Path) -> None:
        self.file = file

    def remember(self, answers: Sequence[RememberedAnswer], most: int) -> None:
        """Keep these and earlier ones, the latest `most`. Raises FeedbackUnavailable."""
        rows = [(answer.answer_id, answer.asked) for answer in answers]
        with self._writing() as connection:
            connection.executemany(
                "INSERT OR IGNORE INTO answers (answer_id, asked) VALUES (?, ?)", rows
            )
            connection.execute(
                "DELETE FROM answers WHERE number <= (SELECT max(number) FROM answers) - ?",
                (most,),
            )

    def give(self, answer_id: str, rating: Rating, comment: str) -> Feedback | None:
        """Keep feedback with the answer it is on, in the place of earlier one; None when there is
        no such answer. Raises FeedbackUnavailable."""
        created = datetime.now(UTC).isoformat(timespec="milliseconds")
        with self._writing() as connection:
            found = connection.execute(
                "SELECT asked FROM answers WHERE answer_id = :id "
                "UNION ALL SELECT asked FROM feedback WHERE answer_id = :id LIMIT 1",
                {"id": answer_id},
            ).fetchone()
            if found is None:
                return None
            connection.execute(
                "INSERT OR REPLACE INTO feedback VALUES (?, ?, ?, ?, ?)",
                (answer_id, rating, comment, created, found[0]),
            )
        return Feedback(answer_id, rating, comment, created)

    def export(self) -> Iterator[dict[str, Any]]:
        """Each feedback with the question and the answer it is on, the oldest first. Raises
        FeedbackUnavailable, before the first one where it cannot be read at all."""
        if not self.file.exists():
            return
        with self._told(), closing(self._reading()) as connection:
            rows = connection.execute(
                "SELECT answer_id, rating, comment, created, asked FROM feedback ORDER BY created"
            )
            for answer_id, rating, comment, created, asked in rows:
                feedback = {"answer_id": answer_id, "rating": rating, "comment": comment}
                yield feedback | {"created": created} | json.loads(asked)

    def _reading(self) -> sqlite3.Connection:
        address = f"{self.file.resolve().as_uri()}?mode=ro"
        # An export goes on in whatever thread sends its next part.
        return sqlite3.connect(address, _BUSY_S, uri=True, check_same_thread=False)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction, in a file that is made where there is none."""
        with self._told():
            _make(self.file)
            with closing(sqlite3.connect(self.file, _BUSY_S, isolation_level=None)) as connection:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = NORMAL")
                connection.executescript(_SCHEMA)
                connection.execute("BEGIN IMMEDIATE")
                with connection:
                    yield connection

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            reason = getattr(error, "strerror", None) or error
            raise FeedbackUnavailable(
                f"the file of feedback, {self.file} (FOOTNOTE_FEEDBACK), cannot be used: {reason}"
            ) from None


def is_feedback_file(path: Path) -> bool:
    """Whether it is a SQLite file, not an export."""
    try:
        with path.open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False


def _make(file: Path) -> None:
    """For its owner alone to read: it has what people asked."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(file, os.O_CREAT | os.O_WRONLY, 0o600))
