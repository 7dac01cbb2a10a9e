"""Bringing an index up to date: only what changed is written, and what is gone can go."""

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from ingest.documents import Passage
from ingest.errors import IndexBusy, IndexMismatch
from ingest.index import Index
from ingest.index.lock import lock_index
from ingest.index.opening import open_index
from ingest.index.record import DocumentRecord
from ingest.report import Report
from ingest.run import run
from ingest.settings import IngestSettings

Update = Callable[..., Report]
Snapshot = tuple[str, int, dict[DocumentRecord, list[tuple[Passage, list[float]]]]]


def paragraphs(word: str, count: int = 1) -> str:
    text = (
        f"The {word} stood near the old town for many years and was well known to all of them. " * 5
    )
    return "\n\n".join(f"{text}This is number {number}." for number in range(count))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def three(folder: Path) -> Path:
    """A folder of three documents, one of them in a folder inside and one of several passages."""
    (folder / "inner").mkdir()
    (folder / "a.txt").write_text(paragraphs("castle", 3))
    (folder / "b.md").write_text("# Bridges\n\n" + paragraphs("bridge"))
    (folder / "inner" / "c.txt").write_text(paragraphs("church"))
    return folder


def snapshot(place: Path) -> Snapshot:
    """All that an index holds: its revision, how many passages, and every document's."""
    index = open_index(str(place))
    documents = {}
    for record in index.all_records():
        passages = index.passages_of(record)
        ids = [passage.id for passage in passages]
        got = index.passage_collection.get(ids=ids, include=["embeddings"])
        vectors = dict(zip(got["ids"], np.asarray(got["embeddings"]), strict=True))
        documents[record] = [(passage, vectors[passage.id].tolist()) for passage in passages]
    return index.revision(), index.passage_count(), documents


def texts(index: Index) -> dict[str, str]:
    return {r.source: index.document(r.document_id).text for r in index.all_records()}


def has_no_stale_passages(index: Index) -> bool:
    return index.passage_count() == sum(record.passages for record in index.all_records())


def test_new_files_are_added_and_other_formats_and_hidden_files_are_not(
    update: Update, three: Path, place: Path
) -> None:
    (three / "photo.jpg").write_bytes(b"\xff\xd8")
    (three / ".hidden.txt").write_text("Nobody reads this.")
    (three / ".git").mkdir()
    (three / ".git" / "a.txt").write_text("Nor this.")
    report = update(three)
    assert report.added == ["a.txt", "b.md", "inner/c.txt"]
    assert report.ignored == ["photo.jpg"]
    assert report.passages == open_index(str(place)).passage_count() == 5
    assert set(texts(open_index(str(place)))) == {"a.txt", "b.md", "inner/c.txt"}


def test_a_second_run_writes_nothing(update: Update, three: Path, place: Path) -> None:
    update(three)
    before = snapshot(place)
    report = update(three)
    assert snapshot(place) == before
    assert report.unchanged == ["a.txt", "b.md", "inner/c.txt"]
    assert report.added + report.updated == [] and report.passages == 0


def test_only_the_changed_file_is_written(update: Update, three: Path, place: Path) -> None:
    update(three)
    revision, _, before = snapshot(place)
    (three / "a.txt").write_text(paragraphs("tower", 4))
    report = update(three)
    assert (report.updated, report.passages) == (["a.txt"], 4)
    after_revision, _, after = snapshot(place)
    assert after_revision != revision
    assert {record.source for record in before.keys() - after.keys()} == {"a.txt"}
    assert texts(open_index(str(place)))["a.txt"] == paragraphs("tower", 4)


def test_a_file_that_shrinks_leaves_no_stale_passages(
    update: Update, three: Path, place: Path
) -> None:
    update(three)
    (three / "a.txt").write_text(paragraphs("tower"))
    update(three)
    index = open_index(str(place))
    assert texts(index)["a.txt"] == paragraphs("tower")
    assert has_no_stale_passages(index)


def test_a_touched_file_is_unchanged_and_costs_nothing_the_next_time(
    update: Update, three: Path, place: Path
) -> None:
    update(three)
    _, _, before = snapshot(place)
    os.utime(three / "a.txt", (1, 1))
    report = update(three)
    assert sorted(report.unchanged) == ["a.txt", "b.md", "inner/c.txt"] and not report.passages
    touched = snapshot(place)
    assert list(touched[2].values()) == list(before.values())
    update(three)
    assert snapshot(place) == touched


def test_a_renamed_folder_keeps_its_documents(update: Update, three: Path, place: Path) -> None:
    update(three)
    moved = three.rename(three.with_name("moved"))
    report = update(moved, prune=True)
    assert len(report.unchanged) == 3
    assert report.added + report.removed == [] and report.passages == 0
    assert {record.file.folder for record in open_index(str(place)).all_records()} == {str(moved)}


def test_a_file_named_twice_is_one_document(update: Update, three: Path, place: Path) -> None:
    report = update(three / "a.txt", three, three / "a.txt", three)
    assert sorted(report.added) == ["a.txt", "b.md", "inner/c.txt"]
    assert open_index(str(place)).document_count() == 3


def test_a_deleted_file_stays_until_it_is_pruned(
    update: Update, three: Path, place: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Another place.")
    update(three, other)
    other.unlink()
    (three / "a.txt").unlink()
    assert update(three).removed == []
    assert "a.txt" in texts(open_index(str(place)))
    assert update(three, prune=True).removed == ["a.txt"]
    index = open_index(str(place))
    assert set(texts(index)) == {"b.md", "inner/c.txt", "other.txt"}
    assert has_no_stale_passages(index)


def test_an_emptied_folder_can_be_pruned(update: Update, folder: Path, place: Path) -> None:
    (folder / "a.txt").write_text("Words are here.")
    update(folder)
    (folder / "a.txt").unlink()
    update(folder, prune=True)
    assert snapshot(place)[1:] == (0, {})


@pytest.mark.parametrize("reason", ["binary data, not text", "not a regular file"])
def test_a_file_that_can_no_longer_be_read_keeps_its_version(
    update: Update, three: Path, place: Path, reason: str
) -> None:
    update(three)
    before = snapshot(place)
    (three / "a.txt").unlink()
    if reason == "not a regular file":
        os.mkfifo(three / "a.txt")
    else:
        (three / "a.txt").write_bytes(b"\0\0")
    assert update(three, prune=True).skipped == [("a.txt", reason)]
    assert snapshot(place) == before


def test_only_one_ingest_writes_at_a_time(folder: Path, place: Path) -> None:
    (folder / "a.txt").write_text("Words are here.")
    settings = IngestSettings(index=str(place))
    with lock_index(str(place)), pytest.raises(IndexBusy, match="another ingest"):
        run(settings, [str(folder)])
    assert not place.exists()
    assert run(settings, [str(folder)]).added == ["a.txt"]


def test_other_settings_are_refused_and_leave_the_index_as_it_was(
    update: Update, three: Path, place: Path
) -> None:
    update(three)
    before = snapshot(place)
    (three / "a.txt").unlink()
    with pytest.raises(IndexMismatch, match=r"128 to 256 tokens, the settings say .* 64 to 256"):
        run(IngestSettings(index=str(place), passage_tokens=64), [str(three)], prune=True)
    assert snapshot(place) == before
