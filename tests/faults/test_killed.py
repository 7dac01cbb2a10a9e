"""Processes are killed while they work: what was accepted is ingested all the same."""

import os
import signal
from pathlib import Path

import httpx
import pytest

from ingest.embedding import Encoder
from ingest.run import run
from ingest.settings import IngestSettings
from tests.conftest import serving, started
from tests.faults.load import LIGHT, TALL, asking, ended, job, letter, send, until


@pytest.fixture
def place(tmp_path: Path, folder: Path, encoder: Encoder) -> Path:
    """An index that knows of the lighthouse."""
    (folder / "light.txt").write_bytes(LIGHT)
    run(IngestSettings(index=str(tmp_path / "index")), [str(folder)], embedding=encoder)
    return tmp_path / "index"


def check_all(client: httpx.Client, jobs: dict[int, str]) -> None:
    """Each letter is there once, and answers."""
    for number, sent in jobs.items():
        done = ended(client, sent)
        assert done["state"] == "done", done
        answer = client.post("/v1/ask", json={"question": f"Who is the keeper of house {number}?"})
        assert f"Ansgar{number}" in answer.json()["answer"]
    sources = [d["source"] for d in client.get("/v1/documents").json()["documents"]]
    assert sorted(sources) == sorted(["light.txt", *(f"{number}.txt" for number in jobs)])


def test_accepted_uploads_survive_the_death_of_the_service(place: Path, tmp_path: Path) -> None:
    uploads = str(tmp_path / "uploads")
    with started(place, uploads=uploads) as (process, client):
        jobs = {number: send(client, f"{number}.txt", letter(number)) for number in range(1, 4)}
        until(lambda: job(client, jobs[1])["passages"] > 0, "some passages of the first")
        process.kill()
        process.wait()
    with serving(place, uploads=uploads) as client:
        check_all(client, jobs)
    left = [path.name for path in (tmp_path / "uploads").glob(".upload-*")]
    assert left == []


def holder(lock: Path) -> int:
    """The process that holds a lock file."""
    inode = str(lock.stat().st_ino)
    held = [line.split() for line in Path("/proc/locks").read_text().splitlines()]
    return next(int(line[4]) for line in held if line[5].endswith(f":{inode}"))


def test_a_worker_that_is_killed_at_work_loses_no_upload_and_the_other_answers(
    place: Path, tmp_path: Path
) -> None:
    uploads = tmp_path / "uploads"
    with (
        started(place, "--workers", "2", uploads=str(uploads)) as (process, client),
        asking(client.base_url, TALL) as seen,
    ):
        seen.wait_for(200)
        jobs = {number: send(client, f"{number}.txt", letter(number)) for number in range(1, 3)}
        until(lambda: job(client, jobs[1])["state"] == "running", "the first job")
        os.kill(holder(uploads / ".jobs.lock"), signal.SIGKILL)
        seen.wait_for(200, times=3)
        jobs[3] = send(client, "3.txt", letter(3, 3))
        check_all(client, jobs)
        statuses = seen.statuses.copy()
        process.terminate()
        process.wait(60)  # the worker in the killed one's place may still be starting
    assert set(statuses) <= {0, 200}
    assert statuses[200] > statuses[0]
    assert all("47 metres" in answer for answer in seen.details(200))
