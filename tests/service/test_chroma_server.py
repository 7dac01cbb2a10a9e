"""A Chroma server as the index gives the answers that a folder gives, also to several replicas;
while it is away, hangs or is another one, that is said."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from email.message import Message
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from ingest.embedding import Encoder
from ingest.errors import IndexBusy, IndexUnreachable
from ingest.index import lease
from ingest.index.database import ServerAccess
from ingest.index.lock import lock_index
from ingest.index.opening import open_index
from ingest.run import rebuild, run
from ingest.settings import IngestSettings
from tests.chroma_server import ChromaServer, cache_of, chroma_server, wanting_token
from tests.conftest import MODELS, SEEDS, serving
from tests.json_server import json_server

WHO = "Who released the report on forced labor in Xinjiang and Tibet?"
QUESTIONS = [WHO, "Which ILO conventions did China ratify?", "Who won the 2022 World Cup?"]
LIGHT = b"The lighthouse of Brimholm is 47 metres tall.\n"
TALL = {"question": "How tall is the lighthouse of Brimholm?"}


@pytest.fixture
def light(folder: Path) -> Path:
    """A file that says how tall the lighthouse is."""
    (folder / "light.txt").write_bytes(LIGHT)
    return folder / "light.txt"


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[ChromaServer]:
    """A server without an index."""
    with chroma_server(tmp_path / "chroma") as server:
        yield server


@pytest.fixture(scope="module")
def chroma(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[ChromaServer]:
    """A server with an index over seeds/."""
    with chroma_server(tmp_path_factory.mktemp("chroma") / "data") as server:
        settings = IngestSettings(index=server.address)
        assert run(settings, [str(SEEDS)], embedding=encoder).passages > 0
        assert run(settings, [str(SEEDS)], embedding=encoder).passages == 0
        yield server


@pytest.fixture(scope="module")
def replicas(
    chroma: ChromaServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[httpx.Client]]:
    """Two services on the server, with nothing else in common."""
    place = tmp_path_factory.mktemp("replicas")
    with ExitStack() as stack:
        yield [
            stack.enter_context(
                serving(
                    chroma.address,
                    cache=cache_of(place / name, MODELS),
                    uploads=str(place / name / "uploads"),
                    index_timeout_seconds="2",
                )
            )
            for name in ("one", "other")
        ]


def said(answer: dict[str, Any]) -> str:
    """An answer without what differs from time to time."""
    return json.dumps({k: v for k, v in answer.items() if k not in ("id", "timings_ms")})


def ended(client: httpx.Client, place: str) -> dict[str, Any]:
    for _ in range(300):
        job: dict[str, Any] = client.get(place).json()
        if job["state"] in ("done", "failed"):
            return job
        time.sleep(0.1)
    raise AssertionError(f"the job did not end: {job}")


def test_a_server_answers_as_a_folder_does(
    replicas: list[httpx.Client], client: httpx.Client
) -> None:
    for question in QUESTIONS:
        there = replicas[0].post("/v1/ask", json={"question": question}).json()
        here = client.post("/v1/ask", json={"question": question}).json()
        for part in ("statements", "citations", "abstained"):
            assert there[part] == here[part]
    assert replicas[0].get("/v1/documents").json() == client.get("/v1/documents").json()


def test_replicas_give_the_same_answers_and_both_see_what_one_was_given(
    replicas: list[httpx.Client],
) -> None:
    one, other = replicas
    before = other.post("/v1/ask", json=TALL).json()
    assert before["abstained"]
    sent = one.post("/v1/documents", files=[("files", ("light.txt", LIGHT))])
    assert ended(one, sent.headers["location"])["added"] == ["light.txt"]
    for question in [*QUESTIONS, TALL["question"]]:
        answers = [r.post("/v1/ask", json={"question": question}).json() for r in replicas]
        assert said(answers[0]) == said(answers[1])
    assert "47 metres" in answers[1]["answer"]
    (lit,) = [
        document["document_id"]
        for document in other.get("/v1/documents").json()["documents"]
        if document["source"] == "light.txt"
    ]
    assert other.delete(f"/v1/documents/{lit}").status_code == 204
    assert one.post("/v1/ask", json=TALL).json()["abstained"]


def test_a_server_that_hangs_is_said_so_in_time_to_all_who_ask(
    chroma: ChromaServer, replicas: list[httpx.Client]
) -> None:
    one = replicas[0]
    assert one.post("/v1/ask", json={"question": WHO}).json()["citations"]
    with chroma.hanging():
        started = time.monotonic()
        with httpx.Client(base_url=one.base_url, timeout=60) as client, ExitStack() as stack:
            streams = [
                stack.enter_context(
                    client.stream("POST", "/v1/ask", json={"question": WHO, "stream": True})
                )
                for _ in range(4)
            ]
            for stream in streams:
                problem = json.loads(
                    next(line for line in stream.iter_lines() if line.startswith("data: "))[6:]
                )
                assert problem["status"] == 503
                assert "did not answer within 2 s" in problem["detail"]
        for path in ("/v1/documents", "/readyz", "/v1/search?q=who"):
            refused = one.get(path)
            assert refused.status_code == 503 and refused.headers["retry-after"]
        assert time.monotonic() - started < 30
        assert one.get("/healthz").status_code == 200
    assert one.post("/v1/ask", json={"question": WHO}).json()["citations"]


def test_a_server_that_comes_later_or_as_another_one_is_followed(
    empty: ChromaServer, tmp_path: Path, light: Path, encoder: Encoder
) -> None:
    settings = IngestSettings(index=empty.address)
    cache = cache_of(tmp_path / "cache", MODELS)

    def is_answered(client: httpx.Client) -> bool:
        return "47 metres" in client.post("/v1/ask", json=TALL).json()["answer"]

    def refusal(client: httpx.Client) -> str:
        refused = client.post("/v1/ask", json=TALL)
        assert refused.status_code == 503
        detail: str = refused.json()["detail"]
        return detail

    empty.kill()
    with serving(empty.address, cache=cache, index_timeout_seconds="5") as client:
        assert "cannot be reached" in refusal(client)
        empty.start()
        assert "python -m ingest" in refusal(client)
        run(settings, [str(light)], embedding=encoder)
        assert is_answered(client)
        empty.kill()
        assert empty.address in refusal(client)
        empty.start()
        rebuild(settings)
        assert is_answered(client)
        empty.kill()
        empty.folder = tmp_path / "made-anew"
        empty.start()
        assert "python -m ingest" in refusal(client)
        run(settings, [str(light)], embedding=encoder)
        assert is_answered(client)


def test_a_token_is_sent_and_never_told(empty: ChromaServer, light: Path, encoder: Encoder) -> None:
    with wanting_token(empty.address, "s3cret") as address:
        settings = IngestSettings(index=address, index_token="s3cret")
        assert run(settings, [str(light)], embedding=encoder).passages > 0
        with pytest.raises(IndexUnreachable, match="Who are you") as refused:
            open_index(address, ServerAccess(token="wr0ng"))
    assert "wr0ng" not in str(refused.value) and "wr0ng" not in repr(ServerAccess(token="wr0ng"))


def test_a_server_that_is_not_there_is_said_so() -> None:
    with pytest.raises(IndexUnreachable, match=r"127\.0\.0\.1:9"):
        open_index("http://127.0.0.1:9")


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, b'{"error": "InternalError", "message": "broken"}'),
        (502, b"<html>Bad gateway</html>"),
        (200, b"<html>Welcome</html>"),
        (200, b'{"half": '),
        (200, b'{"another": "service"}'),
        (429, b'{"error": "RateLimitError", "message": "slowly"}'),
    ],
)
def test_what_answers_otherwise_is_a_server_that_cannot_be_used(status: int, body: bytes) -> None:
    with (
        json_server(lambda *_: (status, body)) as address,
        pytest.raises(IndexUnreachable, match=address),
    ):
        open_index(address)


def test_a_collection_that_is_just_being_removed_is_read_from_what_took_its_place(
    chroma: ChromaServer,
) -> None:
    """A rebuild may do that at the instant of any read."""
    said = b'{"error": "ChromaError", "message": "Error getting collection: Missing field"}'
    refused: list[str] = []

    def passed_on(path: str, _: Message, body: bytes) -> tuple[int, bytes]:
        if "/count" in path and not refused:
            refused.append(path)
            return 500, said
        method, headers = ("POST" if body else "GET"), {"content-type": "application/json"}
        got = httpx.request(method, f"{chroma.address}{path}", content=body, headers=headers)
        return got.status_code, got.content

    with json_server(passed_on) as address:
        assert open_index(address).document_count() == 1
    assert refused


LATER = SimpleNamespace(time=lambda: time.time() + 61, monotonic=time.monotonic, sleep=time.sleep)
HOLD = """
import sys, tempfile
tempfile.tempdir = sys.argv[2]  # as on another machine, where no lock file is shared
from ingest.index.lock import lock_index
with lock_index(sys.argv[1]):
    print("in", flush=True)
    sys.stdin.readline()
"""


@contextmanager
def held_elsewhere(address: str, place: Path) -> Iterator[subprocess.Popen[str]]:
    """The right to write, by a process that shares nothing but the server."""
    place.mkdir(exist_ok=True)
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, address, str(place)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None and process.stdin is not None
    try:
        assert process.stdout.readline() == "in\n"
        yield process
    finally:
        process.stdin.close()
        process.wait(30)
        process.stdout.close()


def test_one_writes_at_a_time_on_several_machines(
    chroma: ChromaServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    with (
        held_elsewhere(chroma.address, elsewhere),
        pytest.raises(IndexBusy, match="another ingest"),
        lock_index(chroma.address),
    ):
        pass
    with lock_index(chroma.address):  # it was let go
        pass
    with held_elsewhere(chroma.address, elsewhere) as process:
        process.kill()
    with pytest.raises(IndexBusy, match="just died"), lock_index(chroma.address):
        pass
    with held_elsewhere(chroma.address, elsewhere) as process:  # there it is known that it died
        process.kill()
    monkeypatch.setattr(lease, "time", LATER)
    with lock_index(chroma.address):
        pass


def test_who_writes_for_long_keeps_the_right(
    chroma: ChromaServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lease, "_LASTS_S", 0.5)
    monkeypatch.setattr(lease, "_RENEWED_S", 0.05)
    with lock_index(chroma.address):
        time.sleep(1.0)
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))  # as on another machine
        with pytest.raises(IndexBusy), lock_index(chroma.address):
            pass


def test_an_ingest_that_loses_its_server_says_so_and_completes_later(
    empty: ChromaServer, light: Path, encoder: Encoder
) -> None:
    settings = IngestSettings(index=empty.address)
    run(settings, [str(light)], embedding=encoder)
    light.write_bytes(LIGHT.replace(b"47", b"48"))
    empty.kill()
    with pytest.raises(IndexUnreachable, match="cannot be reached"):
        run(settings, [str(light)], embedding=encoder)
    empty.start()
    assert run(settings, [str(light)], embedding=encoder).updated == ["light.txt"]
    assert open_index(empty.address).document_count() == 1
