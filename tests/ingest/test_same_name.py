"""Two folders may hold files of the same relative path: they are two documents."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.index import Index
from ingest.index.opening import open_index
from ingest.report import Report

Update = Callable[..., Report]


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    made = [tmp_path / "one", tmp_path / "two"]
    for folder in made:
        folder.mkdir()
        (folder / "a.txt").write_text(f"This is the text of {folder.name}.")
    return made


@pytest.fixture
def opened(tmp_path: Path) -> Callable[[], Index]:
    return lambda: open_index(str(tmp_path / "index"))


def texts(index: Index) -> list[str]:
    return sorted(index.document(record.document_id).text for record in index.all_records())


@pytest.mark.parametrize("at_once", [True, False])
def test_both_are_kept(
    update: Update, folders: list[Path], opened: Callable[[], Index], at_once: bool
) -> None:
    for paths in [folders] if at_once else [[folder] for folder in folders]:
        update(*paths)
    assert texts(opened()) == ["This is the text of one.", "This is the text of two."]
    revision = opened().revision()
    assert update(*reversed(folders)).unchanged == ["a.txt", "a.txt"]
    assert opened().revision() == revision


@pytest.mark.parametrize(("gone", "left"), [(0, "two"), (1, "one")])
def test_one_can_go(
    update: Update, folders: list[Path], opened: Callable[[], Index], gone: int, left: str
) -> None:
    for folder in folders:
        update(folder)
    (folders[gone] / "a.txt").unlink()
    update(*folders, prune=True)
    assert texts(opened()) == [f"This is the text of {left}."]
