"""A server follows its index: one that is not there yet, grows, or is made anew."""

import shutil
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.conftest import SEEDS, serving

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
