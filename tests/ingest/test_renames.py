"""Renamed files and unchanged passages keep their vectors."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from ingest.documents import document_id
from ingest.embedding import Encoder
from ingest.index import Index, open_index
from ingest.report import Report

Update = Callable[..., Report]


def paragraph(word: str) -> str:
    return f"The {word} stood near the old town and was well known to all who lived there. " * 5


@pytest.fixture
def opened(tmp_path: Path) -> Callable[[], Index]:
    return lambda: open_index(str(tmp_path / "index"))


def vectors(index: Index, source: str) -> list[list[float]]:
    record = index.record(document_id(source))
    return [vector.tolist() for _, vector in index.vectors_of(record)]


@pytest.fixture
def embedded(encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that are embedded from now on."""
    texts: list[str] = []
    embed = encoder.get_text_embedding_batch

    def noted(batch: Sequence[str]) -> NDArray[np.float32]:
        texts.extend(batch)
        return embed(batch)

    monkeypatch.setattr(encoder, "get_text_embedding_batch", noted)
    return texts


def test_a_renamed_file_has_a_new_id_and_its_old_vectors(
    update: Update, folder: Path, opened: Callable[[], Index], embedded: list[str]
) -> None:
    (folder / "old.txt").write_text("\n\n".join(paragraph(word) for word in ("mill", "gate")))
    update(folder)
    before = vectors(opened(), "old.txt")
    embedded.clear()
    (folder / "old.txt").rename(folder / "new.txt")
    report = update(folder)
    assert (report.moved, report.added, embedded) == (["new.txt"], [], [])
    index = opened()
    assert [record.source for record in index.all_records()] == ["new.txt"]
    assert vectors(index, "new.txt") == before
    assert index.passage_count() == len(before)


def test_a_copy_is_no_rename(update: Update, folder: Path, opened: Callable[[], Index]) -> None:
    (folder / "old.txt").write_text(paragraph("mill"))
    update(folder)
    (folder / "new.txt").write_text(paragraph("mill"))
    assert update(folder).duplicates == [("new.txt", "old.txt")]
    assert [record.source for record in opened().all_records()] == ["old.txt"]


def test_of_a_changed_file_only_the_changed_passage_is_embedded(
    update: Update, folder: Path, opened: Callable[[], Index], embedded: list[str]
) -> None:
    words = ["mill", "gate", "tower"]
    (folder / "a.txt").write_text("\n\n".join(map(paragraph, words)))
    update(folder)
    before = vectors(opened(), "a.txt")
    embedded.clear()
    (folder / "a.txt").write_text("\n\n".join(map(paragraph, ["mill", "bridge", "tower"])))
    report = update(folder)
    assert (report.updated, report.passages, report.embedded) == (["a.txt"], 3, 1)
    assert len(embedded) == 1 and "bridge" in embedded[0]
    after = vectors(opened(), "a.txt")
    assert [after[0], after[2]] == [before[0], before[2]] and after[1] != before[1]
    assert opened().document(document_id("a.txt")).text.count("bridge") == 5


def texts(index: Index) -> dict[str, str]:
    return {record.source: index.document_of(record).text for record in index.all_records()}


def test_files_that_change_places_keep_each_their_text(
    update: Update, folder: Path, opened: Callable[[], Index]
) -> None:
    (folder / "a.txt").write_text(paragraph("mill"))
    (folder / "b.txt").write_text(paragraph("gate"))
    update(folder)
    (folder / "a.txt").rename(folder / "c.txt")
    (folder / "b.txt").rename(folder / "a.txt")
    (folder / "c.txt").rename(folder / "b.txt")
    report = update(folder)
    assert (report.updated, report.duplicates) == (["a.txt", "b.txt"], [])
    assert texts(opened()) == {
        "a.txt": paragraph("gate").strip(),
        "b.txt": paragraph("mill").strip(),
    }


def test_a_renamed_file_in_whose_place_a_new_one_stands_keeps_its_text(
    update: Update, folder: Path, opened: Callable[[], Index]
) -> None:
    (folder / "a.txt").write_text(paragraph("mill"))
    update(folder)
    (folder / "a.txt").rename(folder / "b.txt")
    (folder / "a.txt").write_text(paragraph("gate"))
    update(folder)
    assert texts(opened()) == {
        "a.txt": paragraph("gate").strip(),
        "b.txt": paragraph("mill").strip(),
    }
    assert update(folder).unchanged == ["a.txt", "b.txt"]


def test_in_a_renamed_folder_a_copy_that_comes_first_takes_the_text_over(
    update: Update, folder: Path, opened: Callable[[], Index]
) -> None:
    (folder / "m.txt").write_text(paragraph("mill"))
    update(folder)
    moved = folder.rename(folder.with_name("moved"))
    (moved / "a.txt").write_text(paragraph("mill"))
    update(moved)
    index = opened()
    (record,) = index.all_records()
    assert [record.source, *(d.file.source for d in index.all_duplicates())] == ["a.txt", "m.txt"]
    assert update(moved).unchanged == ["a.txt", "m.txt"]
