"""`python -m ingest`: what it says and how it ends."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.__main__ import main
from ingest.documents import document_id
from ingest.errors import DocumentNotFound
from ingest.index.opening import open_index

WORDS = "These are the words of a small document."


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "index"


def one_line(capsys: pytest.CaptureFixture[str]) -> str:
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("ingest: ") and said.err.endswith("\n")
    assert said.err.count("\n") == 1
    return said.err


def test_it_ends_with_a_summary_line(folder: Path, place: Path) -> None:
    (folder / "a.txt").write_text(WORDS)
    (folder / "photo.jpg").write_bytes(b"\xff\xd8")
    ended = subprocess.run(
        [sys.executable, "-m", "ingest", folder, "--index", place],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stderr == ""
    ignored, summary = ended.stdout.splitlines()
    assert ignored == "  ignored, no reader for the format: photo.jpg"
    assert re.fullmatch(
        f"ingested into {place}: 1 added, 0 updated, 0 unchanged, 0 removed, 0 skipped; "
        r"1 passages written in \d+\.\d s",
        summary,
    )


def test_files_that_cannot_be_read_are_named_with_their_reasons_and_the_others_go_in(
    folder: Path, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "good.txt").write_text(WORDS)
    (folder / "empty.txt").write_text("")
    (folder / "binary.txt").write_bytes(b"\0\1\2")
    (folder / "labels.txt").write_text("Share\nXS\nSM")
    (folder / "link.txt").symlink_to("nowhere.txt")
    os.mkfifo(folder / "pipe.txt")
    assert main([str(folder), "--index", str(place)]) == 1
    said = capsys.readouterr()
    assert sorted(said.err.splitlines()) == [
        "  skipped binary.txt: binary data, not text",
        "  skipped empty.txt: the file is empty",
        "  skipped labels.txt: no text in it",
        "  skipped link.txt: cannot be read: No such file or directory",
        "  skipped pipe.txt: not a regular file",
    ]
    assert "1 added" in said.out and "5 skipped" in said.out
    assert open_index(str(place)).document(document_id("good.txt")).text == WORDS


def test_prune_removes_what_is_gone(
    folder: Path, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.txt").write_text(WORDS)
    assert main([str(folder), "--index", str(place)]) == 0
    (folder / "a.txt").unlink()
    assert main([str(folder), "--index", str(place), "--prune"]) == 0
    assert "1 removed" in capsys.readouterr().out.splitlines()[-1]
    with pytest.raises(DocumentNotFound):
        open_index(str(place)).document(document_id("a.txt"))


def test_a_file_of_an_unknown_format_that_is_named_is_skipped_with_the_known_ones(
    folder: Path, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.xyz").write_text(WORDS)
    assert main([str(folder / "a.xyz"), "--index", str(place)]) == 1
    assert "skipped a.xyz: no reader for .xyz (known: .csv, .docx" in capsys.readouterr().err


def test_a_file_name_that_is_not_utf8_does_not_stop_the_others(folder: Path, place: Path) -> None:
    Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.txt")).write_text(WORDS)
    (folder / "good.txt").write_text(WORDS)
    assert main([str(folder), "--index", str(place)]) in (0, 1)
    assert open_index(str(place)).document(document_id("good.txt")).text == WORDS


@pytest.mark.parametrize("files", [[], ["photo.jpg"], [".hidden.txt"]])
def test_a_folder_without_documents_is_wrong_use_and_makes_no_index(
    folder: Path, place: Path, capsys: pytest.CaptureFixture[str], files: list[str]
) -> None:
    for name in files:
        (folder / name).write_text(WORDS)
    assert main([str(folder), "--index", str(place)]) == 2
    assert f"no documents in {folder} (formats read: .csv, .docx" in one_line(capsys)
    assert [path.name for path in place.parent.iterdir()] == [folder.name]


def test_a_missing_path_is_wrong_use(
    folder: Path, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.txt").write_text(WORDS)
    assert main([str(folder), str(folder / "missing.txt"), "--index", str(place)]) == 2
    assert f"{folder / 'missing.txt'} does not exist" in one_line(capsys)
    assert not place.exists()


def test_no_path_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([])
    assert ended.value.code == 2
    assert "PATH" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("INDEX", "ftp://127.0.0.1/index"),
        ("INDEX", "README.md"),
        ("INDEX", "README.md/index"),
        ("INDEX", "http://127.0.0.1:9"),
        ("INDEX", "http://127.0.0.1:port"),
        ("PASSAGE_TOKENS", "many"),
        ("PASSAGE_TOKENS", "5"),
        ("PASSAGE_TOKENS", "100000"),
        ("CACHE", "README.md"),
    ],
)
def test_a_wrong_setting_is_named_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, value: str
) -> None:
    monkeypatch.setenv(f"FOOTNOTE_{name}", value)
    assert main(["seeds"]) == 2
    assert value in one_line(capsys)


def test_a_model_that_does_not_exist_is_named_in_one_line(tmp_path: Path) -> None:
    variables = {
        "FOOTNOTE_EMBEDDING_MODEL": "nobody/no-such-model",
        "FOOTNOTE_CACHE": str(tmp_path / "cache"),
        "HF_HUB_OFFLINE": "1",  # fail at once; read when its library is imported
    }
    command = [sys.executable, "-m", "ingest", "seeds", "--index", str(tmp_path / "index")]
    ended = subprocess.run(
        command, capture_output=True, text=True, check=False, env=os.environ | variables
    )
    assert (ended.returncode, ended.stdout) == (2, "")
    (line,) = ended.stderr.splitlines()
    assert "the embedding model 'nobody/no-such-model' cannot be loaded" in line
    assert not (tmp_path / "index").exists()


def test_the_folder_one_is_in_can_be_the_index(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.txt").write_text(WORDS)
    monkeypatch.setenv("FOOTNOTE_CACHE", str(Path("data/cache").resolve()))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert main([str(folder), "--index", "."]) == 0
    assert open_index(str(tmp_path / "here")).document(document_id("a.txt")).text == WORDS
