"""`python -m service` as a person types it."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.conftest import ROOT, Ingest


def service(*arguments: str | bytes, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "service", *arguments],
        cwd=ROOT,
        env=os.environ | {f"FOOTNOTE_{name.upper()}": value for name, value in settings.items()},
        capture_output=True,
        text=True,
        timeout=60,
    )


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """The one line that says why it did not start."""
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    return line


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
    line = refused(service(**{name: value}))
    assert f"FOOTNOTE_{name.upper()}" in line
    assert value in line


def test_a_port_in_use_stops_the_start_with_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        line = refused(service("--port", str(port)))
    assert f"cannot listen on 127.0.0.1:{port}" in line


def test_an_index_of_another_model_stops_the_start_with_one_line(seeds_index: Path) -> None:
    line = refused(service("--index", str(seeds_index), "--port", "0", embedding_model="other"))
    assert "FOOTNOTE_EMBEDDING_MODEL" in line


def test_ask_prints_statements_numbers_and_the_exact_words(
    seeds_index: Path, client: httpx.Client
) -> None:
    question = "What did China ratify at the International Labor Organization?"
    answer = client.post("/v1/ask", json={"question": question}).json()
    assert answer["citations"]
    done = service("ask", question, "--index", str(seeds_index))
    assert (done.returncode, done.stderr) == (0, "")
    told = evened(done.stdout)
    assert told.startswith(evened(answer["answer"]))
    for citation in answer["citations"]:
        place = f"{citation['start_char_index']}-{citation['end_char_index']}"
        footnote = f"[{citation['index']}] {citation['document_title']}"
        where = f"({citation['source']}, characters {place})"
        assert f"{footnote} {where} {evened(citation['cited_text'])}" in told


def test_ask_abstains_and_shows_the_closest_passages(seeds_index: Path) -> None:
    done = service("ask", "Who won the 2022 World Cup?", "--index", str(seeds_index))
    assert done.returncode == 0
    assert "did not find" in done.stdout
    assert "[1]" not in done.stdout
    assert "000_e46236c0ade62aad.txt" in done.stdout


def test_ask_replies_to_a_greeting_with_its_text_alone(seeds_index: Path) -> None:
    done = service("ask", "Good morning!", "--index", str(seeds_index))
    assert (done.returncode, done.stderr) == (0, "")
    assert evened(done.stdout).startswith("Hello!")
    assert not {"[1]", "000_e46236c0ade62aad.txt", "Understood"} & set(done.stdout.split())


def test_ask_prints_markup_as_it_stands(folder: Path, ingest: Ingest) -> None:
    (folder / "tags.txt").write_text("Tags\n\nThe tag of the archive is [bold red]x[/bold red].\n")
    done = service("ask", "What is the tag of the archive?", "--index", ingest(folder).location)
    assert done.stdout.count("[bold red]x[/bold red]") == 2


def test_ask_without_an_index_says_how_to_make_one(tmp_path: Path) -> None:
    line = refused(service("ask", "Who?", index=str(tmp_path / "none")))
    assert "python -m ingest" in line
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("question", ["", " \n ", "a" * 2001])
def test_ask_refuses_an_empty_or_overlong_question(question: str) -> None:
    assert "1 to 2000 characters" in refused(service("ask", question))


def test_ask_takes_a_question_in_no_encoding_without_a_traceback(seeds_index: Path) -> None:
    done = service("ask", b"\xff\xfe Who is Chen Xu?", "--index", str(seeds_index))
    assert done.returncode in (0, 2)
    assert "Traceback" not in done.stderr


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


def evened(text: str) -> str:
    """Without line breaks, which follow the terminal's width."""
    return " ".join(text.split())
