"""Reading in processes of their own: whatever a file does, it costs that file alone."""

import os
import signal
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest

from ingest.ahead import ahead
from ingest.errors import UnreadableFile
from ingest.reading import FileReading, ReaderPool, ReadRequest
from ingest.report import Report
from ingest.sources import SourceFile, stat_file

Update = Callable[..., Report]


def request(path: Path, most_bytes: int = 1_000_000, known: str = "") -> ReadRequest:
    file = stat_file(str(path.parent), path.name)
    assert isinstance(file, SourceFile)
    return ReadRequest(file, "id", most_bytes, known)


def outcomes(pool: ReaderPool, requests: list[ReadRequest]) -> list[str]:
    """The text of each document read, or the reason why there is none."""
    read = [outcome for _, outcome in pool.read(iter(requests), lambda one: one)]
    return [
        one.reading.document.text if isinstance(one, FileReading) and one.reading else str(one)
        for one in read
    ]


@pytest.fixture
def pool() -> Iterator[ReaderPool]:
    with ReaderPool(2) as pool:
        yield pool


def write(folder: Path, *names: str) -> list[Path]:
    for name in names:
        (folder / name).write_text(f"The text of {name}.")
    return [folder / name for name in names]


def test_documents_come_in_order(pool: ReaderPool, folder: Path) -> None:
    paths = write(folder, *(f"{number}.txt" for number in range(50)))
    assert outcomes(pool, [request(path) for path in paths]) == [
        f"The text of {path.name}." for path in paths
    ]


def test_a_file_that_changes_or_vanishes_is_skipped(pool: ReaderPool, folder: Path) -> None:
    paths = write(folder, "grows.txt", "stays.txt", "touched.txt", "vanishes.txt")
    requests = [request(path) for path in paths]
    (folder / "grows.txt").write_text("It has more words than it had before.")
    os.utime(folder / "touched.txt", (1, 1))
    (folder / "vanishes.txt").unlink()
    changed = "it changed while it was read: ingest it again"
    assert outcomes(pool, requests) == [
        changed,
        "The text of stays.txt.",
        changed,
        "cannot be read: No such file or directory",
    ]


def test_a_large_file_is_not_opened(pool: ReaderPool, folder: Path) -> None:
    large = folder / "large.txt"
    with large.open("wb") as file:
        file.truncate(500_000_000)
    (said,) = outcomes(pool, [request(large, 100_000_000)])
    assert said == ("has 500 MB, more than the limit of 100 (FOOTNOTE_MOST_FILE_MEGABYTES)")


def test_known_bytes_are_not_parsed_again(pool: ReaderPool, folder: Path) -> None:
    (path,) = write(folder, "a.txt")
    ((_, first),) = pool.read(iter([request(path)]), lambda one: one)
    assert isinstance(first, FileReading)
    ((_, second),) = pool.read(iter([request(path, known=first.sha256)]), lambda one: one)
    assert second == FileReading(first.sha256, None)


def test_a_reader_that_crashes_or_hangs_costs_its_file_and_the_next_is_read(
    pool: ReaderPool, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process dies, or stops, while it has a file: as a fault in a parser would make it."""
    paths = write(folder, "0.txt", "1.txt")
    assert outcomes(pool, [request(paths[0])]) == ["The text of 0.txt."]
    reader = next(process for process in pool._all if process._process is not None)
    assert reader._process is not None
    os.kill(reader._process.pid, signal.SIGKILL)
    reader._process.wait()
    crashed = reader.read(request(paths[0]))
    assert str(crashed).startswith("its reader crashed on it")
    assert isinstance(reader.read(request(paths[1])), FileReading)
    os.kill(reader._process.pid, signal.SIGSTOP)
    monkeypatch.setattr("ingest.reading._SECONDS", 0.2)
    assert str(reader.read(request(paths[0]))) == "takes longer than 0.2 s to read"
    monkeypatch.undo()
    assert isinstance(reader.read(request(paths[1])), FileReading)


def test_no_process_is_started_for_nothing_and_none_stays(folder: Path) -> None:
    (path,) = write(folder, "a.txt")
    with ReaderPool(2) as pool:
        assert all(reader._process is None for reader in pool._all)
        outcomes(pool, [request(path)])
        processes = [reader._process for reader in pool._all if reader._process]
        assert len(processes) == 1
    assert processes[0].poll() is not None


@pytest.mark.skipif(os.getuid() == 0, reason="root may read everything")
def test_a_file_or_folder_without_permission_is_skipped(update: Update, folder: Path) -> None:
    write(folder, "open.txt", "closed.txt")
    (folder / "closed").mkdir()
    (folder / "closed").chmod(0)
    (folder / "closed.txt").chmod(0)
    report = update(folder)
    assert report.added == ["open.txt"]
    assert {reason for _, reason in report.skipped} == {"cannot be read: Permission denied"}


def test_steps_run_ahead_by_no_more_than_they_may() -> None:
    made: list[int] = []

    def numbers() -> Iterator[int]:
        for number in range(10):
            made.append(number)
            yield number

    taken = ahead(numbers(), most=2)
    assert next(taken) == 0
    time.sleep(0.3)
    assert len(made) <= 5
    assert list(taken) == list(range(1, 10))


def test_an_error_ahead_comes_where_it_would_have_come() -> None:
    def failing() -> Iterator[int]:
        yield 1
        raise UnreadableFile("no more")

    taken = ahead(failing())
    assert next(taken) == 1
    with pytest.raises(UnreadableFile, match="no more"):
        next(taken)


def test_a_consumer_that_stops_stops_the_step() -> None:
    ended: list[bool] = []

    def endless() -> Iterator[int]:
        try:
            while True:
                yield 1
        finally:
            ended.append(True)

    taken = ahead(endless())
    assert isinstance(taken, Generator)
    next(taken)
    taken.close()
    assert ended == [True]
