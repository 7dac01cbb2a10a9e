"""Invariant 4: the same source has the same ids, on every machine and in every run."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.documents import Passage, document_id, passage_id
from ingest.index import Index
from ingest.index.opening import open_index
from ingest.report import Report


def test_a_document_id_is_a_fixed_function_of_the_source() -> None:
    assert document_id("reports/annual.txt") == "8d6cd59dbbbb2ab8"
    assert document_id("reports/annual.txt") != document_id("reports/Annual.txt")
    assert document_id("annual.txt", "/one") != document_id("annual.txt", "/two")


def test_an_id_is_the_same_in_another_process() -> None:
    code = "from ingest.documents import document_id; print(document_id('a b/ü.txt', '/x'))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == document_id("a b/ü.txt", "/x")


@pytest.mark.parametrize("source", ["a.txt", "ü/é.md", "caf\udce9.txt", "a\nb.txt"])
def test_an_id_can_stand_in_a_url(source: str) -> None:
    assert document_id(source).isalnum()


def test_a_passage_id_follows_from_its_document_and_position() -> None:
    assert Passage("abc", 3, 0, "Words.").id == passage_id("abc", 3) == "abc-3"


def test_the_same_source_has_the_same_ids_in_two_folders(
    update: Callable[..., Report], tmp_path: Path
) -> None:
    found = []
    for name in ("here", "there"):
        place = tmp_path / name / "documents" / "reports"
        place.mkdir(parents=True)
        (place / "a.txt").write_text(f"It is {name}.\n\n" * 3)
        update(place.parent, into=tmp_path / name / "index")
        found.append(ids(open_index(str(tmp_path / name / "index"))))
    assert found[0] == found[1] == [f"{document_id('reports/a.txt')}-0"]


def test_an_id_does_not_depend_on_how_the_path_is_written(
    update: Callable[..., Report], folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.txt").write_text("Words are here.")
    link = tmp_path / "link"
    link.symlink_to(folder)
    monkeypatch.chdir(tmp_path)
    for path in (folder, folder / "a.txt", Path("documents"), folder / ".." / "documents", link):
        update(path)
    index = open_index(str(tmp_path / "index"))
    assert [record.document_id for record in index.all_records()] == [document_id("a.txt")]


def test_a_document_keeps_its_id_when_its_text_changes(
    update: Callable[..., Report], folder: Path, tmp_path: Path
) -> None:
    for text in ("The old words.", "The new and longer words."):
        (folder / "a.txt").write_text(text)
        update(folder)
    assert ids(open_index(str(tmp_path / "index"))) == [f"{document_id('a.txt')}-0"]


def ids(index: Index) -> list[str]:
    return [p.id for record in index.all_records() for p in index.passages_of(record)]
