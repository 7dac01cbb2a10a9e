"""Running jobs: one at a time, whatever process it is that finds the next one.

Who holds the lock file runs jobs; the system frees it when its holder dies. So a job that is found
"running" by the next holder is one whose process died, and is run again.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from filelock import FileLock, Timeout

from ingest.errors import FootnoteError
from ingest.progress import Progress
from ingest.report import Report
from service.uploading.files import Upload, give_way, remove_strays
from service.uploading.jobs import Job
from service.uploading.passing import passing_reason
from service.uploading.store import JobStore

_LOCK = ".jobs.lock"
_LOOK_S = 0.5  # between two looks for a job that another process was given
_SIGN_S = 0.5  # between two signs of how far a job has come
_FIRST_PAUSE_S, _MOST_PAUSE_S = 1.0, 60.0
_PAUSE_FOR_ALL_S = 5.0
_GIVEN_UP_S = 86_400.0
_MOST_DEATHS = 3
_UNEXPECTED = "something went wrong inside the service; its log says what"
_log = logging.getLogger("footnote")


Ingest = Callable[[Sequence[Upload], Progress], Report]
"""What is done for a job; it may be done again after a death in its midst."""


class JobRunner:
    """Runs the jobs of a store in a thread of its own, in turn with other processes."""

    def __init__(self, store: JobStore, ingest: Ingest) -> None:
        self._store = store
        self._ingest = ingest
        self._wake = threading.Event()
        self._stopping = False
        self._keeping = threading.Lock()
        self._at_work: Job | None = None

    def start(self) -> None:
        # A daemon: who tells the service to stop does not wait for an ingest.
        threading.Thread(target=self._loop, daemon=True, name="ingest-jobs").start()

    def wake(self) -> None:
        """There is a new job."""
        self._wake.set()

    def stop(self) -> None:
        """Begin no more jobs; the one at work is left to who comes next."""
        with self._keeping:
            self._stopping = True
            if self._at_work is not None and not self._at_work.has_ended:
                self._store.put(replace(self._at_work, state="queued"))
        self._wake.set()

    def _loop(self) -> None:
        pause = _LOOK_S
        while not self._stopping:
            try:
                if self._next() is not None:
                    self._run_all()
                pause = _LOOK_S
            except Exception as error:  # of the store, or of the lock's file
                if pause == _LOOK_S:
                    _log.error("jobs of uploaded files cannot be run: %s", error)
                pause = _MOST_PAUSE_S
            self._wake.wait(pause)
            self._wake.clear()

    def _run_all(self) -> None:
        """Run what is due, unless another process does."""
        lock = FileLock(
            Path(self._store.folder) / _LOCK, timeout=0, is_singleton=False, thread_local=False
        )
        try:
            lock.acquire()
        except Timeout:
            return
        try:
            wanted = {file.waiting.name for job in self._store.unfinished() for file in job.files}
            remove_strays(self._store.folder, wanted)
            while not self._stopping and (job := self._next()) is not None:
                self._run(job)
                if self._waits_again(job):  # others would meet the same
                    time.sleep(min(_PAUSE_FOR_ALL_S, _FIRST_PAUSE_S * 2 ** min(job.tries, 10)))
        finally:
            lock.release()

    def _waits_again(self, job: Job) -> bool:
        """Whether that is how running it ended."""
        return any(one.id == job.id and one.tries > job.tries for one in self._store.unfinished())

    def _next(self) -> Job | None:
        """The first job that is due, but none before an earlier one with a file of that name."""
        now = time.time()
        before: set[str] = set()
        for job in self._store.unfinished():
            names = {file.name for file in job.files}
            is_due = not now < job.due <= now + _MOST_PAUSE_S  # the clock may have been set
            if is_due and not names & before:
                return job
            before |= names
        return None

    def _run(self, job: Job) -> None:
        if job.state == "running":
            job = replace(job, deaths=job.deaths + 1)
        if job.deaths >= _MOST_DEATHS:
            self._fail(job, f"the service died {job.deaths} times while it worked on this")
            return
        job = replace(job, state="running", error="")
        self._keep(job)
        if self._stopping:
            return
        try:
            report = job.report
            if report is None:
                progress = _JobProgress(self._store, job.id)
                report = self._ingest(job.files, progress)
                job = replace(job, report=report, passages=progress.passages)
                self._keep(job)
            give_way(job.files, {source for source, _ in report.skipped})
        except Exception as error:
            self._tried(job, error)
            return
        self._end(replace(job, state="done"))

    def _tried(self, job: Job, error: Exception) -> None:
        reason = passing_reason(error)
        if reason is None:
            known = isinstance(error, FootnoteError)
            if not known:
                _log.error("an ingest job failed", exc_info=error)
            self._fail(job, str(error) if known else _UNEXPECTED)
        elif time.time() - job.created > _GIVEN_UP_S:
            self._fail(job, f"{reason}; that has been so for a day, so it was given up")
        else:
            pause = min(_MOST_PAUSE_S, _FIRST_PAUSE_S * 2 ** min(job.tries, 10))
            _log.warning("an ingest job waits for %g s: %s", pause, reason)
            said = f"{reason}; this is tried again until it succeeds, for a day"
            waits = replace(job, state="queued", error=said, tries=job.tries + 1, passages=0)
            self._keep(replace(waits, due=time.time() + pause))

    def _fail(self, job: Job, error: str) -> None:
        try:
            give_way(job.files, None)
        except OSError as trouble:
            _log.error("uploaded files cannot be put back: %s", trouble)
        self._end(replace(job, state="failed", error=error))

    def _end(self, job: Job) -> None:
        self._keep(job)
        for file in job.files:
            file.clear()

    def _keep(self, job: Job) -> None:
        """Note how a job stands; as long as that cannot be written, nothing else is done."""
        pause = _FIRST_PAUSE_S
        while True:
            with self._keeping:
                if self._stopping and not job.has_ended:
                    return
                try:
                    self._store.put(job)
                    self._at_work = job if job.state == "running" else None
                    return
                except FootnoteError as error:
                    _log.error("the state of a job cannot be kept: %s", error)
            time.sleep(pause)
            pause = min(_MOST_PAUSE_S, 2 * pause)


class _JobProgress(Progress):
    def __init__(self, store: JobStore, job_id: str) -> None:
        self._store = store
        self._id = job_id
        self._told = 0.0
        self.passages = 0

    def embedded(self, passages: int) -> None:
        self.passages += passages
        now = time.monotonic()
        if now - self._told < _SIGN_S:
            return
        self._told = now
        try:
            self._store.count(self._id, self.passages)
        except FootnoteError as error:
            _log.warning("how far a job has come cannot be kept: %s", error)
