"""Several processes over one index: they answer, are replaced when they die, and end."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from subprocess import Popen

import httpx
import pytest

from tests.conftest import started

SOON_S = 60.0
QUESTION = {"question": "Who is Chen Xu?"}


@pytest.fixture(scope="module")
def workers(
    seeds_index: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Popen[str], httpx.Client]]:
    """A service of two workers, and a client that connects anew for each request."""
    uploads = str(tmp_path_factory.mktemp("uploads"))
    with (
        started(seeds_index, "--workers", "2", uploads=uploads) as (process, client),
        httpx.Client(
            base_url=client.base_url,
            timeout=60,
            limits=httpx.Limits(max_keepalive_connections=0),
        ) as fresh,
    ):
        yield process, fresh


def children(process: Popen[str]) -> list[int]:
    """The workers' process ids, by what they have in memory."""
    found = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return [int(pid) for pid in found if "spawn_main" in Path(f"/proc/{pid}/cmdline").read_text()]


def test_all_answer(workers: tuple[Popen[str], httpx.Client]) -> None:
    process, client = workers
    assert len(children(process)) == 2
    for _ in range(6):
        assert client.post("/v1/ask", json=QUESTION).json()["citations"]


def test_a_worker_that_is_killed_is_replaced(workers: tuple[Popen[str], httpx.Client]) -> None:
    process, client = workers
    client.post("/v1/ask", json=QUESTION)
    before = children(process)
    os.kill(before[0], signal.SIGKILL)
    until = time.monotonic() + SOON_S
    while len(set(children(process)) - {before[0]}) < 2:
        assert client.post("/v1/ask", json=QUESTION).status_code == 200  # the other one answers
        assert time.monotonic() < until
        time.sleep(0.2)
    for _ in range(4):
        assert client.post("/v1/ask", json=QUESTION).json()["citations"]


def test_the_service_ends_with_all_of_them(workers: tuple[Popen[str], httpx.Client]) -> None:
    process, client = workers
    assert client.get("/readyz").status_code == 200
    pids = children(process)
    process.terminate()
    assert process.wait(SOON_S) == 0
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]
