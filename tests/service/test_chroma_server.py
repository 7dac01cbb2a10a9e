"""A Chroma server as the index gives the answers that a folder gives."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from ingest.errors import IndexUnreachable
from ingest.index.opening import open_index
from ingest.run import run
from ingest.settings import IngestSettings
from tests.conftest import MODELS, SEEDS, serving

WHO = "Who released the report on forced labor in Xinjiang and Tibet?"


QUESTIONS = [WHO, "Which ILO conventions did China ratify?", "Who won the 2022 World Cup?"]


@pytest.fixture
def chroma(tmp_path: Path) -> Iterator[str]:
    """The address of a real Chroma server over an empty folder."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    chroma = str(Path(sys.executable).with_name("chroma"))
    place = ["--path", str(tmp_path / "chroma"), "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(
        [chroma, "run", *place],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(f"{address}/api/v2/heartbeat")
        yield address
    finally:
        process.terminate()
        process.wait(10)


def wait_for(address: str) -> None:
    for _ in range(300):
        with suppress(httpx.TransportError):
            httpx.get(address)
            return
        time.sleep(0.1)
    pytest.fail(f"nothing answers at {address}")


@pytest.fixture
def cache(tmp_path: Path) -> str:
    """A cache with the models, where the full-text index of a server may be put."""
    made = tmp_path / "cache"
    made.mkdir()
    (made / "models").symlink_to(MODELS)
    return str(made)


def test_a_server_answers_as_a_folder_does(chroma: str, cache: str, client: httpx.Client) -> None:
    run(IngestSettings(index=chroma), [str(SEEDS)])
    assert run(IngestSettings(index=chroma), [str(SEEDS)]).passages == 0
    with serving(chroma, cache=cache) as server:
        for question in QUESTIONS:
            there = server.post("/v1/ask", json={"question": question}).json()
            here = client.post("/v1/ask", json={"question": question}).json()
            assert there["statements"] == here["statements"]
            assert there["citations"] == here["citations"]
            assert there["abstained"] == here["abstained"]
        assert server.get("/v1/documents").json() == client.get("/v1/documents").json()
    assert list(Path(cache).glob("fulltext-*"))


def test_a_server_without_an_index_is_served_until_there_is_one(chroma: str, cache: str) -> None:
    with serving(chroma, cache=cache) as server:
        response = server.get("/readyz")
        assert response.status_code == 503
        assert "python -m ingest" in response.json()["detail"]
        run(IngestSettings(index=chroma), [str(SEEDS)])
        answer = server.post("/v1/ask", json={"question": "Who is Chen Xu?"}).json()
        assert "Chen Xu" in answer["answer"]


def test_a_server_that_is_not_there_is_said_so() -> None:
    with pytest.raises(IndexUnreachable, match=r"127\.0\.0\.1:9"):
        open_index("http://127.0.0.1:9")
