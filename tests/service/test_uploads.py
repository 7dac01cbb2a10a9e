"""Documents over HTTP: uploaded, ingested by a job, answered from at once, and deleted."""

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest

from ingest.embedding import Encoder
from ingest.index import DocumentRecord, open_index
from ingest.index.lock import lock_index
from ingest.index.writer import IndexWriter
from ingest.run import run
from service.settings import ServiceSettings
from service.uploading.uploads import Uploads
from tests.conftest import serving, started

LIGHT = b"The lighthouse of Brimholm is 47 metres tall.\n"
QUESTION = {"question": "How tall is the lighthouse of Brimholm?"}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("uploading") / "index"


@pytest.fixture(scope="module")
def running(place: Path) -> Iterator[httpx.Client]:
    uploads = str(place.with_name("uploads"))
    with serving(place, uploads=uploads, most_upload_megabytes="1") as running:
        yield running


@pytest.fixture
def uploads(place: Path) -> Path:
    return place.with_name("uploads")


@pytest.fixture
def server(running: httpx.Client, uploads: Path) -> httpx.Client:
    """A server that has no documents."""
    if running.get("/readyz").status_code == 200:
        for document_id in documents(running).values():
            assert running.delete(f"/v1/documents/{document_id}").status_code == 204
    shutil.rmtree(uploads, ignore_errors=True)
    return running


def upload(server: httpx.Client, *files: tuple[str, bytes]) -> dict[str, Any]:
    """Upload files and wait for their job to end."""
    sent = server.post("/v1/documents", files=[("files", file) for file in files])
    assert sent.status_code == 202, sent.text
    assert sent.headers["location"] == f"/v1/jobs/{sent.json()['job_id']}"
    return ended(server, sent.headers["location"])


def ended(server: httpx.Client, place: str) -> dict[str, Any]:
    """A job once it has ended."""
    for _ in range(600):
        job: dict[str, Any] = server.get(place).json()
        if job["state"] in ("done", "failed"):
            return job
        time.sleep(0.05)
    raise AssertionError(f"the job did not end: {job}")


def documents(server: httpx.Client) -> dict[str, str]:
    """Document ids by source."""
    listed = server.get("/v1/documents").json()["documents"]
    return {document["source"]: document["document_id"] for document in listed}


def kept(uploads: Path) -> list[str]:
    """Files that are there, those that an ingest passes over aside."""
    return sorted(path.name for path in uploads.iterdir() if not path.name.startswith(".jobs"))


def test_uploaded_files_make_an_index_and_are_answered_from_without_a_restart(
    tmp_path: Path,
) -> None:
    with serving(tmp_path / "index", uploads=str(tmp_path / "uploads")) as server:
        assert server.get("/readyz").status_code == 503
        job = upload(server, ("light.txt", LIGHT), ("b.md", b"# Bakery\n\nIt sells bread."))
        (citation,) = server.post("/v1/ask", json=QUESTION).json()["citations"]
    assert (job["state"], job["added"], job["passages"]) == ("done", ["light.txt", "b.md"], 2)
    assert (citation["source"], citation["cited_text"]) == ("light.txt", LIGHT.decode().strip())


def test_an_upload_of_the_same_name_replaces_the_earlier_one(server: httpx.Client) -> None:
    upload(server, ("light.txt", LIGHT))
    assert upload(server, ("light.txt", LIGHT))["unchanged"] == ["light.txt"]
    job = upload(server, ("light.txt", LIGHT.replace(b"47", b"52")))
    assert job["updated"] == ["light.txt"]
    assert "52 metres" in server.post("/v1/ask", json=QUESTION).json()["answer"]
    assert len(documents(server)) == 1


def test_a_file_that_cannot_be_read_is_named_and_not_kept_the_others_go_in(
    server: httpx.Client, uploads: Path
) -> None:
    job = upload(server, ("light.txt", LIGHT), ("photo.jpg", b"\xff\xd8\xff"), ("empty.txt", b""))
    assert (job["state"], job["added"]) == ("done", ["light.txt"])
    reasons = {skipped["file"]: skipped["reason"] for skipped in job["skipped"]}
    assert reasons["empty.txt"] == "the file is empty"
    assert reasons["photo.jpg"].startswith("no reader for .jpg")
    assert kept(uploads) == ["light.txt"]


def test_a_bad_upload_leaves_the_good_one_of_its_name(server: httpx.Client, uploads: Path) -> None:
    upload(server, ("light.txt", LIGHT))
    assert upload(server, ("light.txt", b""))["skipped"] != []
    assert kept(uploads) == ["light.txt"]
    assert (uploads / "light.txt").read_bytes() == LIGHT
    assert "47 metres" in server.post("/v1/ask", json=QUESTION).json()["answer"]


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("../../evil.txt", "evil.txt"),
        ("/etc/evil.txt", "evil.txt"),
        ("..\\evil.txt", "evil.txt"),
        (".hidden.txt", "hidden.txt"),
        ("ü 北京.txt", "ü 北京.txt"),
    ],
)
def test_a_name_never_leads_out_of_the_folder_or_hides(
    server: httpx.Client, uploads: Path, sent: str, name: str
) -> None:
    assert upload(server, (sent, LIGHT))["files"] == [name]
    assert kept(uploads) == [name]


@pytest.mark.parametrize("name", ["..", "../", "x" * 300 + ".txt"])
def test_a_name_that_is_none_is_refused(server: httpx.Client, uploads: Path, name: str) -> None:
    sent = server.post("/v1/documents", files=[("files", (name, LIGHT))])
    assert sent.status_code == 422
    assert "name" in sent.json()["detail"]
    assert not uploads.exists()


def test_a_body_that_is_too_large_is_refused_however_it_is_sent(
    server: httpx.Client, uploads: Path
) -> None:
    large = LIGHT * 30_000
    known = server.post("/v1/documents", files=[("files", ("a.txt", large))])
    boundary = {"content-type": "multipart/form-data; boundary=x"}
    head = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
    streamed = server.post("/v1/documents", content=iter([head, large]), headers=boundary)
    for sent in (known, streamed):
        assert sent.status_code == 413
        assert "FOOTNOTE_MOST_UPLOAD_MEGABYTES" in sent.json()["detail"]
    assert not uploads.exists()


def test_a_stream_tells_of_a_job_until_it_is_done(server: httpx.Client) -> None:
    sent = server.post("/v1/documents", files=[("files", ("light.txt", LIGHT))])
    events = []
    with server.stream("GET", sent.headers["location"], params={"stream": True}) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        for line in stream.iter_lines():
            if line.startswith("event: "):
                events.append(line.removeprefix("event: "))
            elif line.startswith("data: "):
                job = json.loads(line.removeprefix("data: "))
    assert events[-1] == "done" and set(events[:-1]) <= {"progress"}
    assert (job["state"], job["added"]) == ("done", ["light.txt"])


def test_a_deleted_document_is_gone_with_its_uploaded_file(
    server: httpx.Client, uploads: Path
) -> None:
    upload(server, ("light.txt", LIGHT), ("copy.txt", LIGHT), ("b.txt", b"It sells bread."))
    listed = server.get("/v1/documents").json()["documents"]
    assert [document["sources"] for document in listed] == [["light.txt", "copy.txt"], ["b.txt"]]
    gone = f"/v1/documents/{documents(server)['light.txt']}"
    assert server.delete(gone).status_code == 204
    assert server.delete(gone).status_code == server.get(gone).status_code == 404
    assert server.post("/v1/ask", json=QUESTION).json()["abstained"]
    assert kept(uploads) == ["b.txt"]


def test_a_document_of_a_folder_is_deleted_from_the_index_only(
    server: httpx.Client, place: Path, folder: Path
) -> None:
    (folder / "light.txt").write_bytes(LIGHT)
    command = [sys.executable, "-m", "ingest", str(folder), "--index", str(place)]
    subprocess.run(command, check=True, capture_output=True)
    assert server.delete(f"/v1/documents/{documents(server)['light.txt']}").status_code == 204
    assert documents(server) == {}
    assert (folder / "light.txt").exists()


def test_a_version_that_comes_while_its_document_is_deleted_is_kept(
    tmp_path: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = ServiceSettings(index=str(tmp_path / "index"), uploads=tmp_path / "uploads")
    uploads = Uploads(settings, lambda: encoder)
    (file,) = uploads.add([("light.txt", BytesIO(LIGHT))]).files
    file.take_place()
    run(settings, [str(file.place)], embedding=encoder)
    (record,) = open_index(settings.index).all_records()
    for job in uploads.jobs.unfinished():
        uploads.jobs.put(replace(job, state="done"))
    delete = IndexWriter.delete

    def overtaken(writer: IndexWriter, records: Sequence[DocumentRecord]) -> None:
        delete(writer, records)
        uploads.add([("light.txt", BytesIO(b"It is 52 metres tall."))]).files[0].take_place()

    monkeypatch.setattr(IndexWriter, "delete", overtaken)
    uploads.delete(record.document_id)
    assert file.place.read_bytes() == b"It is 52 metres tall."


def test_while_another_ingest_writes_an_upload_waits(server: httpx.Client, place: Path) -> None:
    upload(server, ("b.txt", b"It sells bread."))
    with lock_index(str(place)):
        job = server.post("/v1/documents", files=[("files", ("light.txt", LIGHT))]).json()
        time.sleep(0.5)
        assert server.get(f"/v1/jobs/{job['job_id']}").json()["state"] in ("queued", "running")
    assert upload(server, ("light.txt", LIGHT))["unchanged"] == ["light.txt"]


def test_questions_are_answered_while_uploads_come_in(server: httpx.Client) -> None:
    upload(server, ("light.txt", LIGHT))
    stop = threading.Event()

    def send() -> None:
        number = 0
        while not stop.is_set():
            upload(server, (f"{number}.txt", f"House {number} has {number} doors.".encode()))
            number += 1

    sender = threading.Thread(target=send)
    sender.start()
    try:
        for _ in range(20):
            answer = server.post("/v1/ask", json=QUESTION)
            assert answer.status_code == 200
            assert "47 metres" in answer.json()["answer"]
    finally:
        stop.set()
        sender.join()


def test_a_page_of_another_site_cannot_upload(server: httpx.Client) -> None:
    files = [("files", ("light.txt", LIGHT))]
    for origin, status in (("http://elsewhere.example", 403), ("null", 403)):
        sent = server.post("/v1/documents", files=files, headers={"origin": origin})
        assert sent.status_code == status
    if server.get("/readyz").status_code == 200:
        assert documents(server) == {}
    own = {"origin": str(server.base_url).rstrip("/")}
    assert server.post("/v1/documents", files=files, headers=own).status_code == 202


def test_a_job_that_is_not_known_is_not_found(server: httpx.Client) -> None:
    assert server.get("/v1/jobs/none").status_code == 404


@pytest.mark.skipif(os.getuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_named(server: httpx.Client, uploads: Path) -> None:
    uploads.mkdir()
    uploads.chmod(0o500)
    sent = server.post("/v1/documents", files=[("files", ("light.txt", LIGHT))])
    assert sent.status_code == 503
    assert "FOOTNOTE_UPLOADS" in sent.json()["detail"]


def test_a_folder_that_cannot_be_written_stops_uploads_alone(
    tmp_path: Path, seeds_index: Path
) -> None:
    (tmp_path / "file").write_text("")
    with serving(seeds_index, uploads=str(tmp_path / "file" / "uploads")) as server:
        sent = server.post("/v1/documents", files=[("files", ("light.txt", LIGHT))])
        assert sent.status_code == 503 and "FOOTNOTE_UPLOADS" in sent.json()["detail"]
        assert server.get("/v1/jobs/any").status_code == 404
        assert server.post("/v1/ask", json={"question": "Who is Chen Xu?"}).json()["citations"]


def test_a_stream_of_a_job_ends_when_the_service_stops(tmp_path: Path) -> None:
    place = tmp_path / "index"
    with (
        started(place, uploads=str(tmp_path / "uploads")) as (process, server),
        lock_index(str(place)),
    ):
        sent = server.post("/v1/documents", files=[("files", ("light.txt", LIGHT))])
        with server.stream("GET", sent.headers["location"], params={"stream": True}) as stream:
            lines = stream.iter_lines()
            assert next(lines).startswith("event: progress")
            process.terminate()
            said = list(lines)
        process.wait(20)
    assert "event: error" in said
    assert "being stopped" in next(line for line in reversed(said) if line.startswith("data: "))
    with serving(place, uploads=str(tmp_path / "uploads")) as server:
        job = ended(server, sent.headers["location"])
        assert (job["state"], job["added"]) == ("done", ["light.txt"])
