"""`python -m service` as a person types it."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT


def service(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "service", *arguments],
        cwd=ROOT,
        env=os.environ | {f"FOOTNOTE_{name.upper()}": value for name, value in settings.items()},
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", "abc"),
        ("port", "70000"),
        ("model", "nonsense"),
        ("abstain_below", "7"),
        ("index", "ftp://somewhere"),
        ("index", "README.md"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_one_line(name: str, value: str) -> None:
    done = service(**{name: value})
    assert done.returncode == 2
    assert f"FOOTNOTE_{name.upper()}" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_port_in_use_stops_the_start_with_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = service("--port", str(taken.getsockname()[1]))
    assert done.returncode == 2
    assert "cannot listen" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_ask_prints_the_answer_and_the_exact_words(seeds_index: Path) -> None:
    done = service("ask", "Who is Chen Xu?", "--index", str(seeds_index))
    assert done.returncode == 0
    assert "[1]" in done.stdout
    assert "China’s U.N. permanent representative, Chen Xu" in " ".join(done.stdout.split())


def test_ask_without_an_index_says_how_to_make_one(tmp_path: Path) -> None:
    done = service("ask", "Who?", index=str(tmp_path / "none"))
    assert done.returncode == 2
    assert "python -m ingest" in done.stderr
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("question", ["", "  ", "a" * 2001])
def test_ask_refuses_an_empty_or_overlong_question(question: str) -> None:
    done = service("ask", question)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


def test_the_server_ends_when_told_to(seeds_index: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "service", "--index", str(seeds_index), "--port", "0"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert "http://" in process.stdout.readline()
    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=20)
    assert process.returncode in (0, -signal.SIGTERM)
    assert "Traceback" not in errors
