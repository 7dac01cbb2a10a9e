"""Invariant 5 with real processes, ended by SIGKILL twenty times."""

import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.documents import document_id
from ingest.embedding import Encoder
from ingest.errors import DocumentNotFound, IndexMissing
from ingest.index import Index, open_index
from ingest.report import Report

DOCUMENTS, KILLS = 500, 20
QUESTIONS = ["Which station measured 17 metres of snow?", "What was found under the bridge?"]


def words(number: int, version: int) -> str:
    """A document of two passages."""
    return (
        f"Station {number}\n\nIt measured {number % 50} metres of snow in year {version}.\n\n"
        f"Bridge {number}\n\nUnder it {number * 7} coins were found by version {version}."
    )


def write_version(folder: Path, version: int) -> None:
    for number in range(DOCUMENTS):
        (folder / f"{number:03}.txt").write_text(words(number, version))


def everything(index: Index, encoder: Encoder) -> tuple[object, ...]:
    """What an index holds and finds: documents, ids, texts, vectors, search results."""
    documents = {
        record.document_id: [
            (passage.id, passage.text, passage.headings, vector.tolist())
            for passage, vector in index.vectors_of(record)
        ]
        for record in index.all_records()
    }
    found = [
        [(hit.passage.id, round(hit.similarity, 5)) for hit in index.nearest(vector, 5)]
        for vector in map(encoder.get_query_embedding, QUESTIONS)
    ]
    return index.document_count(), index.passage_count(), documents, found


def killed(folder: Path, place: Path, moment: float) -> bool:
    """Ingest, and kill that after `moment` seconds; False when it has ended by itself."""
    command = [sys.executable, "-m", "ingest", str(folder), "--index", str(place)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        process.wait(moment)
    except subprocess.TimeoutExpired:
        process.kill()
    return process.wait() == -signal.SIGKILL


def assert_whole_or_absent(place: Path, versions: range) -> None:
    try:
        index = open_index(str(place))
    except IndexMissing:
        return
    for number in range(0, DOCUMENTS, 7):
        try:
            text = index.document(document_id(f"{number:03}.txt")).text
        except DocumentNotFound:
            continue
        assert text in [words(number, version) for version in versions]


@pytest.fixture
def never_killed(update: Callable[..., Report], folder: Path, tmp_path: Path) -> Path:
    """An index over version 1."""
    write_version(folder, 1)
    update(folder, into=tmp_path / "never-killed")
    return tmp_path / "never-killed"


def test_an_ingest_killed_at_twenty_moments_ends_as_one_never_killed(
    update: Callable[..., Report],
    encoder: Encoder,
    never_killed: Path,
    folder: Path,
    tmp_path: Path,
) -> None:
    """Half of the kills hit the first ingest of all documents, half a new version of them all."""
    place, version = tmp_path / "index", 0
    write_version(folder, version)
    moments = random.Random(4)
    for kill in range(KILLS):
        if kill == KILLS // 2:
            update(folder, into=place)
            version = 1
            write_version(folder, version)
        while not killed(folder, place, moments.uniform(0.5, 3)):
            shutil.rmtree(place)  # it was done: begin again from nothing
        copy = tmp_path / f"copy-{kill}"  # as a process would find it that never saw the others
        shutil.copytree(place, copy) if place.exists() else copy.mkdir()
        assert_whole_or_absent(copy, range(version + 1))
        shutil.rmtree(copy)
    report = update(folder, into=place)
    assert len(report.added + report.updated + report.unchanged) == DOCUMENTS
    expected = everything(open_index(str(never_killed)), encoder)
    assert everything(open_index(str(place)), encoder) == expected
