"""Jobs are run one at a time, outlive who was to run them, and are tried again where that helps."""

import os
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from ingest.embedding.server import EmbeddingServer
from ingest.errors import IndexBusy, IndexUnreachable, ModelError, ModelUnreachable
from ingest.progress import Progress
from ingest.report import Report
from service.uploading import runner, store
from service.uploading.files import Upload, UploadsUnwritable, receive, remove_strays
from service.uploading.jobs import Job, JobNotFound
from service.uploading.runner import Ingest, JobRunner
from service.uploading.store import JobStore


@contextmanager
def running(jobs: JobStore, ingest: Ingest) -> Iterator[JobRunner]:
    """As a process does it; what is left to another one when this ends."""

    def taking_place(files: Sequence[Upload], progress: Progress) -> Report:
        for file in files:
            file.take_place()
        return ingest(files, progress)

    runner = JobRunner(jobs, taking_place)
    runner.start()
    try:
        yield runner
    finally:
        runner.stop()


@pytest.fixture
def jobs(tmp_path: Path) -> JobStore:
    return JobStore(tmp_path / "uploads")


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """What failed is tried again at once."""
    monkeypatch.setattr(runner, "_FIRST_PAUSE_S", 0.01)
    monkeypatch.setattr(runner, "_LOOK_S", 0.02)
    monkeypatch.setattr(runner, "_PAUSE_FOR_ALL_S", 0.02)


def submit(jobs: JobStore, *files: tuple[str, bytes]) -> Job:
    job = Job.of([receive(jobs.folder, name, BytesIO(content)) for name, content in files])
    jobs.put(job)
    return job


def ended(jobs: JobStore, job: Job) -> Job:
    for _ in range(2000):
        if jobs.get(job.id).has_ended:
            return jobs.get(job.id)
        time.sleep(0.01)
    raise AssertionError(f"the job did not end: {jobs.get(job.id)}")


def text_of(files: Sequence[Upload]) -> list[str]:
    return [file.place.read_text() for file in files]


def test_a_long_queue_forgets_no_job_that_waits(
    jobs: JobStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_REMEMBERED", 3)

    def ingest(_: Sequence[Upload], progress: Progress) -> Report:
        progress.embedded(2)
        return Report(added=["a.txt"], skipped=[("b.txt", "empty")])

    submitted = [submit(jobs) for _ in range(10)]
    with running(jobs, ingest):
        last = ended(jobs, submitted[-1])
    assert (last.state, last.passages) == ("done", 2)
    assert last.report == Report(added=["a.txt"], skipped=[("b.txt", "empty")])
    for known, job in zip([False] * 7 + [True] * 3, submitted, strict=True):
        if known:
            assert jobs.get(job.id).state == "done"
        else:
            with pytest.raises(JobNotFound):
                jobs.get(job.id)


@pytest.mark.usefixtures("soon")
def test_a_job_that_is_forgotten_as_it_ends_holds_up_none(
    jobs: JobStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_REMEMBERED", 2)
    done: list[str] = []

    def ingest(files: Sequence[Upload], _: Progress) -> Report:
        if files[0].name == "a.txt" and len(done) < 3:
            raise IndexBusy("another ingest is writing")
        done.append(files[0].name)
        return Report()

    first = submit(jobs, ("a.txt", b"waits"))
    for name in ("b.txt", "c.txt", "d.txt"):
        submit(jobs, (name, b"overtakes"))
    last = submit(jobs, ("a.txt", b"follows"))
    with running(jobs, ingest):
        assert ended(jobs, last).state == "done"
    assert done == ["b.txt", "c.txt", "d.txt", "a.txt", "a.txt"]
    with pytest.raises(JobNotFound):
        jobs.get(first.id)


def test_a_job_that_fails_says_why_and_the_next_one_runs(jobs: JobStore) -> None:
    failures = iter([ModelError("the model is asleep"), ZeroDivisionError("inside")])

    def ingest(_: Sequence[Upload], __: Progress) -> Report:
        for failure in failures:
            raise failure
        return Report()

    submitted = [submit(jobs) for _ in range(3)]
    with running(jobs, ingest):
        first, second, third = (ended(jobs, job) for job in submitted)
    assert (first.state, first.error) == ("failed", "the model is asleep")
    assert second.state == "failed" and "inside the service" in second.error
    assert third.state == "done"


def test_a_failed_job_leaves_the_earlier_upload_and_nothing_else(jobs: JobStore) -> None:
    jobs.folder.mkdir()
    (jobs.folder / "a.txt").write_text("earlier")

    def ingest(_: Sequence[Upload], __: Progress) -> Report:
        raise ModelError("the model is asleep")

    job = submit(jobs, ("a.txt", b"first"), ("a.txt", b"second"), ("b.txt", b"new"))
    with running(jobs, ingest):
        ended(jobs, job)
        time.sleep(0.1)  # until what it put aside is cleared
    assert [path.name for path in jobs.folder.glob("[!.]*")] == ["a.txt"]
    assert (jobs.folder / "a.txt").read_text() == "earlier"
    assert list(jobs.folder.glob(".upload-*")) == []


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize(
    "failure",
    [
        IndexBusy("another ingest is writing"),
        IndexUnreachable("the server is away"),
        ModelUnreachable("the embedding server is away"),
        OSError(28, "No space left on device"),
        RuntimeError("database error: (code: 13) database or disk is full"),
    ],
)
def test_what_will_pass_is_tried_again_and_said_meanwhile(
    jobs: JobStore, failure: Exception
) -> None:
    said: list[Job] = []

    def ingest(files: Sequence[Upload], _: Progress) -> Report:
        if len(said) < 3:
            said.append(jobs.get(job.id))
            raise failure
        return Report(added=text_of(files))

    job = submit(jobs, ("a.txt", b"content"))
    with running(jobs, ingest):
        done = ended(jobs, job)
    assert done.report == Report(added=["content"]) and done.error == ""
    assert done.tries == 3


def test_an_embedding_server_that_is_away_may_come_back() -> None:
    with pytest.raises(ModelUnreachable):
        EmbeddingServer("http://127.0.0.1:9/v1#model")


@pytest.mark.usefixtures("soon")
def test_a_job_that_waits_says_why_and_holds_up_only_what_must_follow_it(jobs: JobStore) -> None:
    go_on = threading.Event()

    def ingest(files: Sequence[Upload], _: Progress) -> Report:
        if files[0].name == "a.txt" and not go_on.is_set():
            raise IndexBusy("another ingest is writing")
        return Report(added=text_of(files))

    first = submit(jobs, ("a.txt", b"older"))
    second = submit(jobs, ("a.txt", b"newer"))
    other = submit(jobs, ("b.txt", b"other"))
    with running(jobs, ingest):
        assert ended(jobs, other).report == Report(added=["other"])
        waiting = jobs.get(first.id)
        assert jobs.get(second.id).state == "queued"
        go_on.set()
        assert ended(jobs, second).report == Report(added=["newer"])
    assert jobs.get(first.id).report == Report(added=["older"])
    assert "another ingest is writing" in waiting.error or waiting.state == "running"


@pytest.mark.usefixtures("soon")
def test_what_does_not_pass_in_a_day_is_given_up(
    jobs: JobStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "_GIVEN_UP_S", 0.0)

    def ingest(_: Sequence[Upload], __: Progress) -> Report:
        raise IndexBusy("another ingest is writing")

    job = submit(jobs)
    with running(jobs, ingest):
        assert "given up" in ended(jobs, job).error


@pytest.mark.usefixtures("soon")
def test_a_job_whose_process_died_is_run_again_but_not_for_ever(jobs: JobStore) -> None:
    """A job that is found running by who may run jobs is one whose process died."""
    job, poison = submit(jobs, ("a.txt", b"content")), submit(jobs, ("b.txt", b"poison"))
    job.files[0].take_place()  # as far as it came
    jobs.put(replace(job, state="running"))
    jobs.put(replace(poison, state="running", deaths=2))
    with running(jobs, lambda files, _: Report(added=text_of(files))):
        assert ended(jobs, job).report == Report(added=["content"])
        failed = ended(jobs, poison)
    assert failed.state == "failed" and "died 3 times" in failed.error
    assert not (jobs.folder / "b.txt").exists()


def test_one_process_runs_jobs_at_a_time_and_each_once(jobs: JobStore) -> None:
    at_work, ran = threading.Lock(), []

    def ingest(files: Sequence[Upload], _: Progress) -> Report:
        with at_work if not at_work.locked() else pytest.fail("two at once"):
            time.sleep(0.01)
            ran.append(files[0].name)
        return Report()

    submitted = [submit(jobs, (f"{number}.txt", b"")) for number in range(20)]
    with running(jobs, ingest), running(JobStore(jobs.folder), ingest):
        for job in submitted:
            assert ended(jobs, job).state == "done"
    assert ran == [f"{number}.txt" for number in range(20)]


def test_a_stop_leaves_the_job_at_work_to_the_next_start(jobs: JobStore) -> None:
    began, go_on = threading.Event(), threading.Event()

    def ingest(_: Sequence[Upload], __: Progress) -> Report:
        began.set()
        go_on.wait(10)
        raise ModelError("the process would have ended")

    job = submit(jobs)
    with running(jobs, ingest):
        assert began.wait(10)
    left = jobs.get(job.id)
    assert (left.state, left.deaths) == ("queued", 0)
    go_on.set()


def test_jobs_of_a_folder_that_is_gone_are_gone_and_others_can_come(
    jobs: JobStore, tmp_path: Path
) -> None:
    gone = submit(jobs)
    jobs.folder.rename(tmp_path / "elsewhere")
    with pytest.raises(JobNotFound):
        jobs.get(gone.id)
    assert jobs.unfinished() == []
    job = submit(jobs)
    assert jobs.get(job.id) == job


def test_nothing_is_made_before_the_first_job(jobs: JobStore) -> None:
    with running(jobs, lambda _, __: Report()):
        time.sleep(0.1)
        assert jobs.unfinished() == []
    assert not jobs.folder.exists()


def test_a_file_that_is_just_being_made_can_be_read_and_written(tmp_path: Path) -> None:
    """By another thread, and by another process, which has a store of its own."""
    for attempt in range(40):
        stores = [JobStore(tmp_path / str(attempt)) for _ in range(2)]
        is_put = threading.Event()

        def look(one: JobStore, is_put: threading.Event = is_put) -> None:
            while not is_put.is_set():
                one.unfinished()

        with ThreadPoolExecutor(2) as threads:
            looking = [threads.submit(look, one) for one in stores]
            try:
                stores[0].put(Job.of([]))
            finally:
                is_put.set()
        for one in looking:
            one.result()


def test_a_folder_that_cannot_be_used_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    jobs = JobStore(tmp_path / "file" / "uploads")
    assert jobs.unfinished() == []
    with pytest.raises(UploadsUnwritable, match="FOOTNOTE_UPLOADS"):
        jobs.put(Job.of([]))
    (tmp_path / ".jobs.sqlite3").write_text("something else, and long enough to be looked at")
    with pytest.raises(UploadsUnwritable, match="FOOTNOTE_UPLOADS"):
        JobStore(tmp_path).unfinished()


def test_files_without_a_job_are_removed_when_they_are_old(jobs: JobStore) -> None:
    kept, stray, fresh = (receive(jobs.folder, "a.txt", BytesIO(b"")) for _ in range(3))
    for upload in (kept, stray):
        os.utime(upload.waiting, (0, 0))
    remove_strays(jobs.folder, {kept.waiting.name})
    left = set(jobs.folder.glob(".upload-*"))
    assert left == {kept.waiting, fresh.waiting}


def test_readers_do_not_wait_for_a_writer(jobs: JobStore) -> None:
    job = submit(jobs)
    with sqlite3.connect(jobs.folder / ".jobs.sqlite3") as other:
        other.execute("BEGIN IMMEDIATE")
        started = time.monotonic()
        assert jobs.get(job.id) == job
        assert time.monotonic() - started < 5
