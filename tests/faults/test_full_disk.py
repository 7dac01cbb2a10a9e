"""The disk is full while a file is uploaded, and while it is ingested."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from ingest.embedding import Encoder
from ingest.index import open_index
from ingest.run import run
from ingest.settings import IngestSettings
from tests.conftest import serving
from tests.faults.load import LIGHT, TALL, asking, ended, job, letter, send, until

_DISK = 40_000_000
_LARGE = letter(1, 15_000)  # more than a server keeps of an upload in memory


@contextmanager
def small_disk(place: Path) -> Iterator[Path]:
    mounting = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={_DISK}", "tmpfs", str(place)],
        capture_output=True,
        check=False,
    )
    if mounting.returncode:
        pytest.skip("only root may make a small disk")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A small disk."""
    with small_disk(tmp_path_factory.mktemp("disk")) as disk:
        yield disk


@contextmanager
def filled(disk: Path, left: int) -> Iterator[None]:
    """With nearly no room left, in bytes."""
    filler = disk / "filler"
    with filler.open("wb") as file:
        remaining = shutil.disk_usage(disk).free - left
        while remaining > 0:
            remaining -= file.write(bytes(min(remaining, 65_536)))
            file.flush()
    try:
        yield
    finally:
        filler.unlink()


@pytest.fixture(scope="module")
def client(
    disk: Path, tmp_path_factory: pytest.TempPathFactory, encoder: Encoder
) -> Iterator[httpx.Client]:
    """Of a service with everything it writes on the small disk."""
    folder = tmp_path_factory.mktemp("documents")
    (folder / "light.txt").write_bytes(LIGHT)
    run(IngestSettings(index=str(disk / "index")), [str(folder)], embedding=encoder)
    with serving(disk / "index", uploads=str(disk / "uploads")) as client:
        ended(client, send(client, "first.txt", letter(1, 3)))
        client.post("/v1/ask", json=TALL)  # the full-text index follows, and lets go of room
        yield client


def test_a_file_that_there_is_no_room_for_is_refused(disk: Path, client: httpx.Client) -> None:
    with filled(disk, left=200_000), asking(client.base_url, TALL) as seen:
        sent = client.post("/v1/documents", files=[("files", ("large.txt", _LARGE))])
        assert sent.status_code == 507, sent.text
        assert "FOOTNOTE_UPLOADS" in sent.json()["detail"]
        seen.wait_for(200, times=3)
    assert set(seen.statuses) == {200}
    assert list((disk / "uploads").glob(".upload-*")) == []
    assert ended(client, send(client, "large.txt", letter(2, 3)))["added"] == ["large.txt"]
    client.post("/v1/ask", json=TALL)


def test_a_file_that_cannot_be_received_for_lack_of_temporary_room_is_refused(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    uploads = tmp_path / "uploads"
    with small_disk(folder) as disk:
        monkeypatch.setattr(tempfile, "tempdir", str(disk))
        with serving(tmp_path / "index", uploads=str(uploads)) as client, filled(disk, 200_000):
            sent = client.post("/v1/documents", files=[("files", ("large.txt", _LARGE))])
            assert sent.status_code == 507, sent.text
            assert "TMPDIR" in sent.json()["detail"]
            assert not uploads.exists()


@pytest.mark.parametrize("left", [100_000, 400_000])
def test_an_accepted_file_waits_for_room_and_the_index_stays_sound(
    disk: Path, client: httpx.Client, left: int
) -> None:
    """With the less room the list of documents cannot be written, with the more their passages."""
    name = f"{left}.txt"
    with filled(disk, left), asking(client.base_url, TALL) as seen:
        sent = send(client, name, letter(left, 150))
        until(lambda: "no room" in str(job(client, sent)["detail"]), "why the job waits")
        assert job(client, sent)["state"] in ("queued", "running")
        seen.wait_for(200, times=5)
    done = ended(client, sent)
    assert (done["state"], done["added"]) == ("done", [name]), done
    question = {"question": f"Who is the keeper of house {left}?"}
    assert f"Ansgar{left}" in client.post("/v1/ask", json=question).json()["answer"]
    assert set(seen.statuses) == {200}
    assert all("47 metres" in answer for answer in seen.details(200))
    index = open_index(str(disk / "index"))
    texts = {record.source: index.document_of(record).text for record in index.all_records()}
    assert {"first.txt", "light.txt", name} <= set(texts)
    assert texts[name].count("geese") == 150
