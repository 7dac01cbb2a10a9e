"""A Chroma server as the index gives the answers that a folder gives."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from ingest.errors import IndexUnreachable
from ingest.opening import open_index
from ingest.run import run
from ingest.settings import IngestSettings
from tests.conftest import SEEDS, serving

WHO = "Who released the report on forced labor in Xinjiang and Tibet?"


@pytest.fixture
def chroma(tmp_path: Path) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = Path(sys.executable).with_name("chroma")
    process = subprocess.Popen(
        [command, "run", "--path", tmp_path / "chroma", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    for _ in range(300):
        try:
            httpx.get(f"{address}/api/v2/heartbeat")
            break
        except httpx.TransportError:
            time.sleep(0.1)
    yield address
    process.terminate()
    process.wait(10)


def test_a_server_answers_as_a_folder_does(
    chroma: str, client: httpx.Client, tmp_path: Path
) -> None:
    run(IngestSettings(index=chroma), [str(SEEDS)])
    again = run(IngestSettings(index=chroma), [str(SEEDS)])
    assert again.passages == 0
    folder_answer = client.post("/v1/ask", json={"question": WHO}).json()
    with serving(chroma) as server:
        answer = server.post("/v1/ask", json={"question": WHO}).json()
    assert answer["statements"] == folder_answer["statements"]
    assert answer["citations"] == folder_answer["citations"]


def test_a_server_that_is_not_there_is_said_so() -> None:
    with pytest.raises(IndexUnreachable, match=r"127\.0\.0\.1:9"):
        open_index("http://127.0.0.1:9")
