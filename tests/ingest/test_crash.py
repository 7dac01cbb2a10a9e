"""Invariant 5: whatever instant an ingest dies at, no document is seen by halves."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from chromadb.api.client import Client
from chromadb.api.models.Collection import Collection

from ingest.documents import document_id, passage_id
from ingest.embedding import Encoder
from ingest.errors import DocumentNotFound, IndexMissing
from ingest.index import Index
from ingest.index.opening import open_index
from ingest.report import Report

WRITES = [
    (Client, "create_collection"),
    (Collection, "upsert"),
    (Collection, "update"),
    (Collection, "delete"),
    (Collection, "modify"),
]


def text(word: str, passages: int) -> str:
    parts = (f"The {word} {n}\n\nIt says {word} in part {n} of it." for n in range(passages))
    return "\n\n".join(parts)


SHORT, LONG, OTHER = text("castle", 1), text("bridge", 4), text("church", 2)


class Killed(BaseException):
    """Stands for the end of the process."""


@contextmanager
def killed_at(step: int) -> Iterator[None]:
    """Every write to the index from number `step` on, counted from 0, ends the run."""
    steps = count()

    def dying(write: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            if next(steps) >= step:
                raise Killed
            return write(*arguments, **named)

        return call

    with pytest.MonkeyPatch.context() as patch:
        for kind, name in WRITES:
            patch.setattr(kind, name, dying(getattr(kind, name)))
        yield


def fill(folder: Path, texts: dict[str, str]) -> None:
    for path in folder.iterdir():
        path.unlink()
    for source, text in texts.items():
        (folder / source).write_text(text)


def afresh(place: Path) -> Path:
    """A copy, to open as a new process would: Chroma shares what it holds of a path in memory."""
    copy = place.with_name(f"{place.name}-afresh")
    shutil.copytree(place, copy)
    return copy


def seen(index: Index, source: str) -> str | None:
    try:
        return index.document(document_id(source)).text
    except DocumentNotFound:
        return None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param({}, {"a.txt": LONG, "b.txt": SHORT}, id="first"),
        pytest.param({"a.txt": SHORT, "b.txt": OTHER}, {"a.txt": LONG, "b.txt": OTHER}, id="grow"),
        pytest.param(
            {"a.txt": LONG, "b.txt": OTHER}, {"a.txt": SHORT, "b.txt": OTHER}, id="shrink"
        ),
        pytest.param({"a.txt": LONG, "b.txt": SHORT}, {"b.txt": SHORT}, id="remove"),
        pytest.param({"a.txt": LONG, "b.txt": SHORT}, {"b.txt": LONG, "c.txt": OTHER}, id="all"),
    ],
)
def test_a_run_killed_before_any_write_leaves_whole_documents_and_the_next_completes_it(
    update: Callable[..., Report],
    encoder: Encoder,
    folder: Path,
    tmp_path: Path,
    before: dict[str, str],
    after: dict[str, str],
) -> None:
    question = encoder.get_query_embedding("What does it say?")
    base = tmp_path / "base"
    base.mkdir()
    fill(folder, before)
    if before:
        update(folder, into=base)
    fill(folder, after)
    completed = False
    for step in count():
        killed = tmp_path / f"killed-{step}"
        shutil.copytree(base, killed)
        with killed_at(step):
            try:
                update(folder, into=killed, prune=True)
                completed = True
            except Killed:
                pass
        place = afresh(killed)
        assert_whole_old_new_or_absent(place, before, after, question)
        update(folder, into=place, prune=True)
        index = open_index(str(place))
        assert {
            record.source: seen(index, record.source) for record in index.all_records()
        } == after
        assert index.passage_count() == sum(record.passages for record in index.all_records())
        if completed:
            break
    assert step >= 4


def assert_whole_old_new_or_absent(
    place: Path, before: dict[str, str], after: dict[str, str], question: list[float]
) -> None:
    try:
        index = open_index(str(place))
    except IndexMissing:
        assert not before
        return
    texts = {source: seen(index, source) for source in before | after}
    for source, text in texts.items():
        old, new = before.get(source), after.get(source)
        assert text == old if old == new else text in (old, new, None)
    for found in index.nearest(question, 20):
        assert found.passage.text in (texts[found.record.source] or "")
    for source, text in texts.items():
        ids = [passage_id(document_id(source), position) for position in range(4)]
        assert "".join(passage.text for passage in index.passages(ids)) == (text or "")
