"""Jobs on disk, in a SQLite file among the uploads: every process sees all, and none is lost."""

import json
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from filelock import FileLock

from ingest.full_disk import is_disk_full, is_nearly_full
from ingest.report import Report
from service.uploading.files import Upload, UploadsFull, UploadsUnwritable
from service.uploading.jobs import Job, JobNotFound

_FILE = ".jobs.sqlite3"
_OPENING = ".jobs.opening.lock"
_REMEMBERED = 1000  # jobs that have ended
_BUSY_S = 10.0
_SCHEMA = """
CREATE TABLE IF NOT EXISTS jobs (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    passages INTEGER NOT NULL,
    files TEXT NOT NULL,
    report TEXT,
    error TEXT NOT NULL,
    tries INTEGER NOT NULL,
    deaths INTEGER NOT NULL,
    created REAL NOT NULL,
    due REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS unfinished ON jobs (number) WHERE state IN ('queued', 'running');
"""
_COLUMNS = "id, state, passages, files, report, error, tries, deaths, created, due"
_PUT = f"""
INSERT INTO jobs ({_COLUMNS}) VALUES ({", ".join("?" * 10)})
ON CONFLICT (id) DO UPDATE SET state = excluded.state, passages = excluded.passages,
    report = excluded.report, error = excluded.error, tries = excluded.tries,
    deaths = excluded.deaths, due = excluded.due
"""  # noqa: S608 (no value is in it)
_UNFINISHED = "state IN ('queued', 'running')"
_FORGET = """
DELETE FROM jobs WHERE state IN ('done', 'failed') AND number <= (
    SELECT number FROM jobs WHERE state IN ('done', 'failed') ORDER BY number DESC
    LIMIT 1 OFFSET ?)
"""


class JobStore:
    """The jobs of one folder of uploads. Nothing is made there before the first job.

    Every method raises UploadsUnwritable, or UploadsFull, where the file cannot be used.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        # Reads and writes have a connection each: who reads does not wait while a write is synced.
        self._reader = _Connection(folder / _FILE)
        self._writer = _Connection(folder / _FILE)

    def put(self, job: Job) -> None:
        """Add a job, or replace what is known of it; it outlives a loss of power."""
        with self._writing() as connection, connection:
            connection.execute(_PUT, _row(job))
            if job.has_ended:
                connection.execute(_FORGET, (_REMEMBERED,))

    def count(self, job_id: str, passages: int) -> None:
        """Say how far a job has come."""
        with self._writing() as connection, connection:
            connection.execute("UPDATE jobs SET passages = ? WHERE id = ?", (passages, job_id))

    def get(self, job_id: str) -> Job:
        """Raises JobNotFound."""
        for job in self._select("id = ?", (job_id,)):
            return job
        raise JobNotFound(f"there is no job {job_id!r}")

    def unfinished(self) -> list[Job]:
        """Jobs that have not ended, in the order they came."""
        return self._select(_UNFINISHED)

    def _select(self, which: str, values: Sequence[Any] = ()) -> list[Job]:
        query = f"SELECT {_COLUMNS} FROM jobs WHERE {which} ORDER BY number"  # noqa: S608
        with self._failing(), self._reader.use(make=False) as connection:
            if connection is None:
                return []
            return [self._job(row) for row in connection.execute(query, values)]

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._failing(), self._writer.use(make=True) as connection:
            assert connection is not None
            yield connection

    @contextmanager
    def _failing(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            if is_disk_full(error) or is_nearly_full(self.folder):
                raise UploadsFull(
                    f"there is no room left for uploads in {self.folder} (FOOTNOTE_UPLOADS)"
                ) from error
            raise UploadsUnwritable(
                f"jobs cannot be kept in {self.folder / _FILE} (FOOTNOTE_UPLOADS): {error}"
            ) from error

    def _job(self, row: Sequence[Any]) -> Job:
        key, state, passages, files, report, error, tries, deaths, created, due = row
        folder = self.folder.resolve()
        uploads = tuple(Upload(name, folder / waiting) for name, waiting in json.loads(files))
        made = _report(report) if report else None
        return Job(key, uploads, state, passages, made, error, tries, deaths, created, due)


class _Connection:
    """A connection that is opened when it is needed, and anew when its file is another one."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._using = threading.Lock()
        self._open: sqlite3.Connection | None = None
        self._inode = 0

    @contextmanager
    def use(self, make: bool) -> Iterator[sqlite3.Connection | None]:
        """None when there is no file and none is to be made."""
        with self._using:
            inode = self._path.stat().st_ino if self._path.exists() else 0
            if self._open is not None and inode != self._inode:
                self._open.close()
                self._open = None
            if self._open is None and (inode or make):
                self._open = self._opened()
                self._inode = self._path.stat().st_ino
            yield self._open

    def _opened(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        # SQLite does not wait when two make a new file one that has a write-ahead log.
        opening = FileLock(self._path.with_name(_OPENING), timeout=_BUSY_S, is_singleton=False)
        with opening:
            return self._made()

    def _made(self) -> sqlite3.Connection:
        opened = sqlite3.connect(self._path, timeout=_BUSY_S, check_same_thread=False)
        try:
            opened.execute("PRAGMA journal_mode = WAL")
            opened.execute("PRAGMA synchronous = FULL")
            opened.executescript(_SCHEMA)
        except BaseException:
            opened.close()
            raise
        return opened


def _row(job: Job) -> tuple[Any, ...]:
    files = json.dumps([[file.name, file.waiting.name] for file in job.files])
    report = json.dumps(asdict(job.report)) if job.report else None
    counts = (job.tries, job.deaths, job.created, job.due)
    return (job.id, job.state, job.passages, files, report, job.error, *counts)


def _report(text: str) -> Report:
    values = json.loads(text)
    for name in ("duplicates", "skipped"):  # pairs, which JSON has as lists
        values[name] = [tuple(pair) for pair in values[name]]
    return Report(**values)
