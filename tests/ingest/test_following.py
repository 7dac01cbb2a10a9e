"""An index that is open while it is removed, made anew and written to, by other processes."""

import gc
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ingest.errors import IndexMissing
from ingest.index import Index, open_index
from ingest.index.folder import FolderClient
from ingest.index.index import FoundPassage
from tests.conftest import Update

_MOST_MORE = 15  # threads and files: a client of Chroma has several of each


def texts(found: list[FoundPassage]) -> list[str]:
    return [item.passage.text.strip() for item in found]


@pytest.fixture
def index(folder: Path, tmp_path: Path, update: Update) -> Index:
    """Of one document."""
    (folder / "a.txt").write_text("Old words.\n")
    update(folder)
    return open_index(str(tmp_path / "index"))


def test_a_database_without_an_index_yet_is_no_old_index(
    index: Index, folder: Path, update: Update
) -> None:
    before = index.revision()
    shutil.rmtree(index.location)
    Path(index.location).mkdir()
    FolderClient(index.location)  # as far as an ingest has come that makes another
    for _ in range(3):
        with pytest.raises(IndexMissing):
            index.revision()
        with pytest.raises(IndexMissing):
            index.document_count()
    (folder / "a.txt").write_text("New words.\n")
    update(folder)
    assert index.revision() != before
    assert [record.passages for record in index.all_records()] == [1]
    assert texts(index.nearest(any_vector(index), 5)) == ["New words."]


def any_vector(index: Index) -> list[float]:
    return [1.0, *[0.0] * (index.settings.dimension - 1)]


def test_threads_see_what_was_written_before_they_asked(
    index: Index, folder: Path, update: Update
) -> None:
    vector = any_vector(index)

    def seen(_: int) -> list[str]:
        index.revision()
        return texts(index.nearest(vector, 5))

    with ThreadPoolExecutor(6) as threads:
        for number in range(8):
            if number % 2:
                shutil.rmtree(index.location)
            (folder / "a.txt").write_text(f"Words of version {number}.\n")
            busy = [threads.submit(lambda: _unless_missing(index)) for _ in range(6)]
            update(folder)
            for one in threads.map(seen, range(6)):
                assert one == [f"Words of version {number}."]
            for waiting in busy:
                waiting.result()


def _unless_missing(index: Index) -> None:
    """Opens it at the same time as the ingest does."""
    for _ in range(20):
        try:
            index.revision()
            index.document_count()
        except IndexMissing:
            threading.Event().wait(0.005)


def test_clients_that_are_not_used_any_more_are_closed(
    index: Index, folder: Path, update: Update
) -> None:
    vector = any_vector(index)
    open_before = _open_things()
    gc.disable()  # which would come at some time
    try:
        for number in range(12):
            (folder / "a.txt").write_text(f"Words of version {number}.\n")
            update(folder)
            index.revision()
            assert texts(index.nearest(vector, 5)) == [f"Words of version {number}."]
        assert _open_things() < open_before + _MOST_MORE
    finally:
        gc.enable()


def _open_things() -> int:
    """Threads of this process, and files of Chroma's that it has open."""
    files = [
        str(entry.readlink()) for entry in Path("/proc/self/fd").iterdir() if entry.is_symlink()
    ]
    threads = sum(1 for _ in Path("/proc/self/task").iterdir())
    return threads + sum("chroma.sqlite3" in file for file in files)


def test_records_that_are_known_from_before_a_write_do_not_hide_its_passages(
    index: Index, folder: Path, update: Update
) -> None:
    known = {record.document_id: record for record in index.all_records()}
    (folder / "a.txt").write_text("New words.\n")
    update(folder)
    index.revision()
    similarities = index.similarities(any_vector(index), 5)
    assert texts(index.found(similarities, known)) == ["New words."]
