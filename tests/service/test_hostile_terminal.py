"""Nothing that a document, its name or a model says steers the terminal."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.json_server import json_server

ESCAPES = "\x1b]0;owned\x07\x1b[2J\x1b[31m\x9b31m\x08"
TURNED = "\u202e"
FORBIDDEN = {chr(code) for code in (*range(9), *range(11, 32), *range(127, 160), 0x202E)}
FACT = f"The lighthouse of Brimholm is {TURNED}47 metres tall.\u202c"


def command(*arguments: str, **settings: str) -> str:
    """All that a command prints, on a terminal with colours of our own or none."""
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env=os.environ | {f"FOOTNOTE_{name.upper()}": value for name, value in settings.items()},
        capture_output=True,
        check=False,
    )
    return (done.stdout + done.stderr).decode()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose files have control characters in names, titles and texts."""
    folder = tmp_path_factory.mktemp("terminal") / "documents"
    folder.mkdir()
    (folder / f"light{ESCAPES}{TURNED}\nskipped all.txt").write_text(
        f"Lights {ESCAPES}{TURNED}\n\n{FACT}\n\n"
        + "It stands on a hill above the sea, and is as white as snow on all sides.\n\n" * 3
    )
    (folder / f"copy{ESCAPES}\n.txt").write_bytes(next(folder.glob("light*")).read_bytes())
    (folder / f"bad{ESCAPES}\n.txt").write_bytes(b"")
    (folder / f"odd{ESCAPES}.x{ESCAPES}").write_text("Words.")
    (folder / "front.md").write_text('---\ntitle: "A \\e[31m \\x07 title"\n---\n\nWords stand.\n')
    return folder


@pytest.fixture(scope="module")
def told(hostile: Path) -> str:
    """What the ingest printed; the index is beside the folder."""
    return command("ingest", str(hostile), "--index", str(hostile.parent / "index"))


def test_names_of_files_are_printed_without_what_steers(told: str) -> None:
    assert not FORBIDDEN & set(told)
    assert "skipped bad" in told
    assert "same text: " in told
    assert "ignored" in told
    assert "\nskipped all" not in told


def test_an_answer_is_printed_without_what_steers(hostile: Path, told: str) -> None:
    index = str(hostile.parent / "index")
    for question in ("How tall is the lighthouse of Brimholm?", "Who won the cup of Zarn?"):
        printed = command("service", "ask", question, "--index", index)
        assert "Lights" in printed
        assert not FORBIDDEN & set(printed)


def test_what_is_kept_of_a_file_is_printed_without_what_steers(hostile: Path) -> None:
    for file in hostile.iterdir():
        assert not FORBIDDEN & set(command("ingest", "--explain", str(file)))


def test_what_a_model_server_says_is_printed_without_what_steers() -> None:
    said = f'{{"error": {{"message": "{ESCAPES.encode("unicode_escape").decode()}"}}}}'
    body = said.replace("\\x", "\\u00").encode()
    with json_server(lambda *_: (500, body)) as url:
        printed = command(
            "service", "check", model="openai-like:m", model_base_url=url, model_retries="0"
        )
    assert "FAILS" in printed
    assert not FORBIDDEN & set(printed)
