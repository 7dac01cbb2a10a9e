"""Files of the same text are one document, which names them all."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.documents import document_id
from ingest.index import Index, open_index
from ingest.report import Report

Update = Callable[..., Report]
TEXT = "The mill by the river was closed in 1931.\n"
OTHER = "The bakery on the square sells bread on Sundays.\n"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "index"


def sources(index: Index) -> dict[str, list[str]]:
    """The files of each document, that it was made from first."""
    return {
        record.source: sorted(d.file.source for d in index.duplicates_of([record.document_id]))
        for record in index.all_records()
    }


def texts(index: Index) -> dict[str, str]:
    return {r.source: index.document(r.document_id).text + "\n" for r in index.all_records()}


@pytest.fixture
def twins(update: Update, folder: Path) -> Path:
    """An ingested folder in which a.txt and b.txt say the same, and c.txt does not."""
    (folder / "a.txt").write_text(TEXT)
    (folder / "b.txt").write_text(TEXT)
    (folder / "c.txt").write_text(OTHER)
    assert update(folder).duplicates == [("b.txt", "a.txt")]
    return folder


def test_the_text_is_stored_once_with_both_sources(
    twins: Path, place: Path, update: Update
) -> None:
    index = open_index(str(place))
    assert sources(index) == {"a.txt": ["b.txt"], "c.txt": []}
    assert index.passage_count() == 2
    revision = index.revision()
    assert update(twins).unchanged == ["a.txt", "b.txt", "c.txt"]
    assert open_index(str(place)).revision() == revision


def test_a_duplicate_that_comes_later_or_in_another_encoding_is_told_too(
    twins: Path, place: Path, update: Update
) -> None:
    (twins / "d.txt").write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    assert update(twins).duplicates == [("d.txt", "a.txt")]
    assert sources(open_index(str(place)))["a.txt"] == ["b.txt", "d.txt"]


def test_a_duplicate_gets_a_document_of_its_own_when_the_first_changes(
    twins: Path, place: Path, update: Update
) -> None:
    (twins / "a.txt").write_text("The mill is a museum now.\n")
    report = update(twins)
    assert (report.updated, report.added) == (["a.txt"], ["b.txt"])
    index = open_index(str(place))
    assert texts(index) == {
        name: (twins / name).read_text() for name in ("a.txt", "b.txt", "c.txt")
    }
    assert sources(index) == {"a.txt": [], "b.txt": [], "c.txt": []}


def test_a_duplicate_that_changes_gets_a_document_of_its_own(
    twins: Path, place: Path, update: Update
) -> None:
    (twins / "b.txt").write_text("The mill burned down.\n")
    assert update(twins).added == ["b.txt"]
    assert sources(open_index(str(place))) == {"a.txt": [], "b.txt": [], "c.txt": []}


def test_a_document_that_changes_to_the_text_of_another_becomes_its_duplicate(
    twins: Path, place: Path, update: Update
) -> None:
    (twins / "c.txt").write_text(TEXT)
    assert update(twins).duplicates == [("c.txt", "a.txt")]
    index = open_index(str(place))
    assert sources(index) == {"a.txt": ["b.txt", "c.txt"]}
    assert index.passage_count() == 1


def test_when_the_first_is_pruned_the_other_takes_its_passages_over(
    twins: Path, place: Path, update: Update
) -> None:
    (twins / "a.txt").unlink()
    report = update(twins, prune=True)
    assert (report.moved, report.embedded) == (["b.txt"], 0)
    index = open_index(str(place))
    assert texts(index) == {"b.txt": TEXT, "c.txt": OTHER}
    assert [r.document_id for r in index.all_records() if r.source == "b.txt"] == [
        document_id("b.txt")
    ]
    assert index.passage_count() == 2


def test_a_pruned_duplicate_is_no_longer_named(twins: Path, place: Path, update: Update) -> None:
    (twins / "b.txt").unlink()
    assert update(twins).removed == []
    assert update(twins, prune=True).removed == ["b.txt"]
    assert sources(open_index(str(place))) == {"a.txt": [], "c.txt": []}


def test_of_the_same_text_with_another_title_only_the_first_is_kept(
    update: Update, folder: Path, place: Path
) -> None:
    (folder / "a.md").write_text("---\ntitle: One\n---\n\n" + TEXT)
    (folder / "b.md").write_text("---\ntitle: Two\n---\n\n" + TEXT)
    update(folder)
    (record,) = open_index(str(place)).all_records()
    assert (record.title, record.source) == ("One", "a.md")
