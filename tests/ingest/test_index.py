"""Opening an index, and asking it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.documents import document_id
from ingest.embedding import Encoder
from ingest.errors import DocumentNotFound, IndexMismatch, IndexMissing, IndexUnreachable
from ingest.index import Index
from ingest.index.opening import open_index

TEXTS = {
    "cats.txt": "The cat sleeps on the warm mat.",
    "rain.txt": "Heavy rain is expected over the weekend.",
    "bonds.txt": "The central bank raised its interest rate.",
}


@pytest.fixture
def index(ingest: Callable[..., Index], folder: Path) -> Index:
    for name, text in TEXTS.items():
        (folder / name).write_text(text)
    return ingest(folder)


def test_the_nearest_passage_is_the_one_about_the_question(index: Index, encoder: Encoder) -> None:
    found = index.nearest(encoder.get_query_embedding("Where is the kitten?"), limit=2)
    assert [found[0].record.source, len(found)] == ["cats.txt", 2]
    assert found[0].passage.text == TEXTS["cats.txt"]
    assert 1 >= found[0].similarity > found[1].similarity >= -1


def test_nearest_can_be_limited_to_documents(index: Index, encoder: Encoder) -> None:
    vector = encoder.get_query_embedding("Where is the kitten?")
    wanted = [document_id("rain.txt"), document_id("unknown.txt")]
    assert [found.record.source for found in index.nearest(vector, 10, wanted)] == ["rain.txt"]


def test_passages_come_in_the_order_asked_for_without_unknown_ones(index: Index) -> None:
    ids = [f"{document_id(name)}-0" for name in TEXTS]
    found = index.passages([ids[2], "unknown-0", ids[0]])
    assert [passage.text for passage in found] == [TEXTS["bonds.txt"], TEXTS["cats.txt"]]


def test_an_unknown_document_is_not_found(index: Index) -> None:
    with pytest.raises(DocumentNotFound, match="'nothing'"):
        index.document("nothing")


def test_records_come_in_pages_that_hold_each_once(index: Index) -> None:
    pages = [index.page_of_records(2, offset) for offset in (0, 2, 4)]
    assert [len(page) for page in pages] == [2, 1, 0]
    assert {record.source for page in pages for record in page} == set(TEXTS)


def test_to_look_for_a_missing_index_creates_nothing(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="python -m ingest"):
        open_index(str(tmp_path / "index"))
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_index_says_where_it_is(tmp_path: Path) -> None:
    (tmp_path / "chroma.sqlite3").write_text("no database " * 100)
    with pytest.raises(IndexUnreachable, match=str(tmp_path)):
        open_index(str(tmp_path))


def test_a_server_that_does_not_answer_is_named() -> None:
    with pytest.raises(IndexUnreachable, match=r"http://127\.0\.0\.1:9"):
        open_index("http://127.0.0.1:9")


def test_an_index_of_another_version_is_refused(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.index.collections.SCHEMA", 0)
    with pytest.raises(IndexMismatch, match="another version"):
        open_index(index.location)
