"""A server follows its index: one that is not there yet, grows, or is made anew."""

import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import httpx
import pytest

from tests.conftest import SEEDS, serving, started

QUESTION = "How tall is the lighthouse of Brimholm?"
LIGHT = "The lighthouse of Brimholm is 47 metres tall.\n"


def ingest_elsewhere(source: Path, place: Path) -> None:
    command = [sys.executable, "-m", "ingest", str(source), "--index", str(place)]
    subprocess.run(command, check=True, capture_output=True)


def answer_to(client: httpx.Client, question: str) -> str:
    answer: str = client.post("/v1/ask", json={"question": question}).json()["answer"]
    return answer


def test_without_an_index_the_service_says_what_to_do_and_waits_for_one(tmp_path: Path) -> None:
    place = tmp_path / "mistyped" / "index"
    with serving(place) as client:
        assert client.get("/healthz").status_code == 200
        for response in (
            client.get("/readyz"),
            client.post("/v1/ask", json={"question": "Who?"}),
            client.post("/v1/ask", json={"question": "Who?", "stream": True}),
            client.get("/v1/search?q=who"),
            client.get("/v1/documents"),
            client.get("/v1/documents/any"),
        ):
            assert response.status_code == 503
            assert response.headers["content-type"] == "application/problem+json"
            assert "python -m ingest" in response.json()["detail"]
            assert str(place) in response.json()["detail"]
        assert not place.parent.exists()
        ingest_elsewhere(SEEDS, place)
        assert client.get("/readyz").json()["documents"] == 1
        assert "Chen Xu" in answer_to(client, "Who is Chen Xu?")


@pytest.fixture
def place(tmp_path: Path, seeds_index: Path) -> Path:
    """An index over seeds/ of its own."""
    return Path(shutil.copytree(seeds_index, tmp_path / "index"))


def test_a_document_added_while_serving_is_found(place: Path, folder: Path) -> None:
    with serving(place) as client:
        assert "did not find" in answer_to(client, QUESTION)
        (folder / "light.txt").write_text(LIGHT)
        ingest_elsewhere(folder, place)
        assert "47 metres" in answer_to(client, QUESTION)


def test_an_index_made_anew_while_serving_is_the_one_asked(place: Path, folder: Path) -> None:
    with serving(place) as client:
        assert "did not find" in answer_to(client, QUESTION)
        shutil.rmtree(place)
        (folder / "light.txt").write_text(LIGHT)
        ingest_elsewhere(folder, place)
        assert "47 metres" in answer_to(client, QUESTION)
        assert client.get("/v1/documents").json()["total"] == 1


def test_what_one_worker_adds_all_answer_from_once_it_is_in(place: Path, tmp_path: Path) -> None:
    fresh = httpx.Limits(max_keepalive_connections=0)  # any worker may take the next connection
    uploads = str(tmp_path / "uploads")
    with (
        started(place, "--workers", "3", uploads=uploads) as (_, client),
        httpx.Client(base_url=client.base_url, limits=fresh, timeout=60) as client,
        ThreadPoolExecutor(6) as asking,
    ):
        for number in range(4):
            said = f"The keeper of house {number} is called Ansgar{number}.".encode()
            file = ("files", (f"{number}.txt", said))
            sent = client.post("/v1/documents", files=[file]).headers["location"]
            while (job := client.get(sent).json())["state"] not in ("done", "failed"):
                time.sleep(0.05)
            assert job["state"] == "done", job
            asked = [f"Who is the keeper of house {number}?"] * 9
            for answer in asking.map(partial(answer_to, client), asked):
                assert f"Ansgar{number}" in answer
