"""Invariant 5 with real processes, ended by SIGKILL."""

import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from ingest.documents import document_id
from ingest.errors import DocumentNotFound, IndexMissing
from ingest.index.opening import open_index
from ingest.report import Report

DOCUMENTS, PASSAGES = 60, 5  # more than one write takes


def write_version(folder: Path, version: int) -> None:
    for number in range(DOCUMENTS):
        (folder / f"{number:02}.txt").write_text(words(number, version))


def words(number: int, version: int) -> str:
    parts = (f"Part {part}\n\nThis is number {number} of {version}." for part in range(PASSAGES))
    return "\n\n".join(parts)


def start(folder: Path, place: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "ingest", str(folder), "--index", str(place)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL)


def texts(place: Path) -> dict[int, str]:
    """What a reader is given of each document that is there."""
    try:
        index = open_index(str(place))
    except IndexMissing:
        return {}
    found = {}
    for number in range(DOCUMENTS):
        try:
            found[number] = index.document(document_id(f"{number:02}.txt")).text
        except DocumentNotFound:
            continue
    return found


def passages(place: Path) -> dict[str, list[tuple[str, str]]]:
    """Ids and texts of all passages, by source."""
    index = open_index(str(place))
    return {
        record.source: [(passage.id, passage.text) for passage in index.passages_of(record)]
        for record in index.all_records()
    }


def kill_while_it_writes(folder: Path, place: Path, moments: random.Random) -> None:
    index = open_index(str(place))
    before = set(index.all_records())
    process = start(folder, place)
    while process.poll() is None and set(index.all_records()) == before:
        time.sleep(0.02)
    time.sleep(moments.uniform(0, 0.8))
    process.kill()
    process.wait()


def test_processes_killed_at_any_moment_leave_whole_documents_and_the_next_completes_them(
    update: Callable[..., Report], folder: Path, tmp_path: Path
) -> None:
    """Every run but the last dies while it replaces whatever versions those before it left."""
    place = tmp_path / "index"
    write_version(folder, 0)
    update(folder)
    moments = random.Random(4)
    for version in (1, 2, 3):
        write_version(folder, version)
        kill_while_it_writes(folder, place, moments)
        copy = tmp_path / f"copy-{version}"
        shutil.copytree(place, copy)
        for number, text in texts(copy).items():
            assert text in [words(number, past) for past in range(version + 1)]
        update(folder, into=copy)
        assert texts(copy) == {number: words(number, version) for number in range(DOCUMENTS)}
    update(folder, into=tmp_path / "never-killed")
    assert passages(copy) == passages(tmp_path / "never-killed")
    assert open_index(str(copy)).passage_count() == DOCUMENTS * PASSAGES
