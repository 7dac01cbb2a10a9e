"""Ingest jobs of a running service: one after the other, in the order they came."""

import logging
import threading
import uuid
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from queue import SimpleQueue
from typing import Literal

from ingest.errors import FootnoteError
from ingest.progress import Progress
from ingest.report import Report
from service.uploading.files import Upload

State = Literal["queued", "running", "done", "failed"]

_log = logging.getLogger("footnote")
_UNEXPECTED = "something went wrong inside the service; its log says what"
_REMEMBERED = 1000


class JobNotFound(FootnoteError):
    """No job has this id, or it was too long ago."""


@dataclass(frozen=True, slots=True)
class Job:
    """An ingest of some uploaded files, as it is at one moment."""

    id: str
    files: tuple[Upload, ...]
    state: State = "queued"
    passages: int = 0
    """Passages embedded so far."""
    report: Report | None = None
    """What was done, when it is done."""
    error: str = ""
    """Why it failed as a whole."""

    @property
    def has_ended(self) -> bool:
        return self.state in ("done", "failed")


class Jobs:
    """Runs `ingest(files, progress)` for each job in one thread, and remembers how each went."""

    def __init__(self, ingest: Callable[[Sequence[Upload], Progress], Report]) -> None:
        self._ingest = ingest
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._changing = threading.Lock()
        self._queue: SimpleQueue[Job] = SimpleQueue()
        # A daemon: a service that is told to stop does not wait for an ingest, which the next
        # upload of the same files completes.
        threading.Thread(target=self._work, daemon=True, name="ingest-jobs").start()

    def submit(self, files: Sequence[Upload]) -> Job:
        job = Job(uuid.uuid4().hex, tuple(files))
        self._put(job)
        self._queue.put(job)
        return job

    def get(self, job_id: str) -> Job:
        """Raises JobNotFound."""
        with self._changing:
            if job_id not in self._jobs:
                raise JobNotFound(f"there is no job {job_id!r}")
            return self._jobs[job_id]

    def _work(self) -> None:
        while True:
            self._run(self._queue.get())

    def _run(self, job: Job) -> None:
        running = replace(job, state="running")
        self._put(running)
        try:
            report = self._ingest(job.files, _JobProgress(self, job.id))
            self._put(replace(self.get(job.id), state="done", report=report))
        except FootnoteError as error:
            self._put(replace(self.get(job.id), state="failed", error=str(error)))
        except Exception as error:
            _log.error("an ingest job failed", exc_info=error)
            self._put(replace(self.get(job.id), state="failed", error=_UNEXPECTED))

    def _put(self, job: Job) -> None:
        with self._changing:
            self._jobs[job.id] = job
            ended = [key for key, known in self._jobs.items() if known.has_ended]
            for key in ended[: max(0, len(self._jobs) - _REMEMBERED)]:
                del self._jobs[key]

    def count_passages(self, job_id: str, passages: int) -> None:
        job = self.get(job_id)
        self._put(replace(job, passages=job.passages + passages))


class _JobProgress(Progress):
    def __init__(self, jobs: Jobs, job_id: str) -> None:
        self._jobs = jobs
        self._id = job_id

    def embedded(self, passages: int) -> None:
        self._jobs.count_passages(self._id, passages)
