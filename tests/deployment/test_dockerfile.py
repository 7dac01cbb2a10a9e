"""The Dockerfile: linted, pinned, nothing as root, nothing in it that a build does not need."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.deployment.dockerfile import DOCKERFILE, environment, health_check, stages, start_command

LAST = list(stages().values())[-1]
BASE = stages()["base"]


def test_a_linter_has_nothing_to_say() -> None:
    linter = Path(sys.executable).with_name("hadolint")
    try:
        done = subprocess.run(
            [linter, DOCKERFILE], capture_output=True, text=True, timeout=60, check=False
        )
    except OSError:
        pytest.skip("hadolint cannot be run here")
    assert (done.returncode, done.stdout) == (0, "")


def test_it_is_pinned_and_the_last_stage_is_the_service() -> None:
    text = DOCKERFILE.read_text("utf-8")
    assert "ARG PYTHON_IMAGE=python:3.11." in text
    assert "--constraint requirements.lock" in text
    assert LAST.name == "service"
    assert LAST.base == "base"
    known = set(stages()) | {"${PYTHON_IMAGE}"}
    assert {stage.base for stage in stages().values()} <= known


def test_nothing_runs_as_root_and_a_signal_reaches_the_service() -> None:
    assert BASE.last("USER") == "10001:10001"
    assert "USER" not in dict(LAST.instructions)
    assert start_command(BASE) == ["python", "-m", "service"]
    assert health_check(BASE)[0] == "python"
    assert BASE.last("VOLUME") == '["/data"]'


def test_what_is_written_lies_on_the_volume_or_is_full_text() -> None:
    variables = environment(BASE)
    for name in ("INDEX", "UPLOADS", "FEEDBACK"):
        assert variables[f"FOOTNOTE_{name}"].startswith("/data/")
    assert f"{variables['FOOTNOTE_CACHE']}/fulltext" in BASE.last("RUN")


def test_everything_that_is_copied_is_there_and_let_through_to_the_builder() -> None:
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert "*" in ignored
    let_through = {line[1:] for line in ignored if line.startswith("!")}
    copied = {
        source
        for stage in stages().values()
        for line in stage.all("COPY")
        if not line.startswith("--from")
        for source in line.split()[:-1]
    }
    assert copied == let_through
    assert all((ROOT / source).exists() for source in copied)
    assert not {".env", "data", ".git", ".venv"} & let_through
