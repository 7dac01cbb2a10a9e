"""Jobs run one after the other; those that have not ended are never forgotten."""

import threading
import time
from collections.abc import Sequence

import pytest

from ingest.errors import ModelError
from ingest.progress import Progress
from ingest.report import Report
from service.uploading import jobs
from service.uploading.files import Upload
from service.uploading.jobs import Job, JobNotFound, Jobs


def ended(running: Jobs, job: Job) -> Job:
    for _ in range(1000):
        if running.get(job.id).has_ended:
            return running.get(job.id)
        time.sleep(0.01)
    raise AssertionError("the job did not end")


def test_a_long_queue_forgets_no_job_that_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_REMEMBERED", 3)
    go_on = threading.Event()

    def ingest(_: Sequence[Upload], progress: Progress) -> Report:
        go_on.wait()
        progress.embedded(2)
        return Report(added=["a.txt"])

    running = Jobs(ingest)
    submitted = [running.submit([]) for _ in range(10)]
    go_on.set()
    last = ended(running, submitted[-1])
    assert (last.state, last.passages) == ("done", 2)
    with pytest.raises(JobNotFound):
        running.get(submitted[0].id)


def test_a_job_that_fails_says_why_and_the_next_one_runs() -> None:
    failures = iter([ModelError("the model is asleep"), ZeroDivisionError("inside")])

    def ingest(_: Sequence[Upload], __: Progress) -> Report:
        for failure in failures:
            raise failure
        return Report()

    running = Jobs(ingest)
    first, second, third = (ended(running, running.submit([])) for _ in range(3))
    assert (first.state, first.error) == ("failed", "the model is asleep")
    assert second.state == "failed" and "inside the service" in second.error
    assert third.state == "done"
