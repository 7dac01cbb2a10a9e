"""Retrieval: a full-text index that follows the documents, and two searches made one."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.embedding import Encoder
from ingest.index import Index
from ingest.record import DocumentRecord
from service.retrieval.fulltext import FullText, fulltext_place
from service.retrieval.hybrid import Retriever
from service.retrieval.words import stems

Ingest = Callable[..., Index]
Change = Callable[[Path], None]

MANGO = "Mango Notes\n\nMangoes ripen in July in the northern valley.\n"
TRAIN = "Train Notes\n\nThe night train leaves at nine from platform four.\n"
ZEBRA = "Zebra Notes\n\nZebras doze standing up near the old quarry.\n"


@pytest.fixture
def notes(folder: Path) -> Path:
    """A folder of two small documents."""
    (folder / "mango.txt").write_text(MANGO)
    (folder / "train.txt").write_text(TRAIN)
    return folder


def full_text_of(index: Index) -> FullText:
    return FullText(fulltext_place(index.location, Path("unused")))


def found_by_words(fulltext: FullText, index: Index, words: str) -> list[str]:
    """Sources of the passages that full-text search finds."""
    fulltext.sync(index)
    passages = index.passages(list(fulltext.search(stems(words), 10)))
    return [index.records([p.document_id])[p.document_id].source for p in passages]


def add(folder: Path) -> None:
    (folder / "zebra.txt").write_text(ZEBRA)


def update(folder: Path) -> None:
    (folder / "mango.txt").write_text(MANGO.replace("Mango", "Zebra"))


def delete(folder: Path) -> None:
    (folder / "train.txt").unlink()


# The derived full-text index


def test_full_text_index_is_made_when_it_is_missing(ingest: Ingest, notes: Path) -> None:
    index = ingest(notes)
    assert found_by_words(full_text_of(index), index, "mangoes") == ["mango.txt"]


def remove_folder(place: Path) -> None:
    shutil.rmtree(place)


def garble_description(place: Path) -> None:
    (place / "meta.json").write_text("garbage{")


def empty_description(place: Path) -> None:
    (place / "meta.json").write_text("")


def garble_segments(place: Path) -> None:
    for file in place.glob("*.*"):
        if file.suffix in (".idx", ".store", ".term", ".fast"):
            file.write_bytes(b"garbage")


@pytest.mark.parametrize(
    "damage", [remove_folder, garble_description, empty_description, garble_segments]
)
def test_full_text_index_is_made_again_when_it_is_damaged(
    ingest: Ingest, notes: Path, damage: Change
) -> None:
    index = ingest(notes)
    full_text_of(index).sync(index)
    damage(fulltext_place(index.location, Path("unused")))
    assert found_by_words(full_text_of(index), index, "mangoes") == ["mango.txt"]


@pytest.mark.parametrize("damage", [remove_folder, garble_description])
def test_full_text_index_damaged_while_open_is_made_again_at_the_next_change(
    ingest: Ingest, notes: Path, damage: Change
) -> None:
    index = ingest(notes)
    fulltext = full_text_of(index)
    fulltext.sync(index)
    damage(fulltext_place(index.location, Path("unused")))
    add(notes)
    ingest(notes)
    assert found_by_words(fulltext, index, "zebras") == ["zebra.txt"]


@pytest.mark.parametrize(
    ("change", "words", "expected"),
    [
        (add, "zebras", ["zebra.txt"]),
        (update, "zebras", ["mango.txt"]),
        (update, "mango", []),
        (delete, "train", []),
    ],
)
def test_full_text_index_follows_an_ingest_while_it_is_open(
    ingest: Ingest, notes: Path, change: Change, words: str, expected: list[str]
) -> None:
    index = ingest(notes)
    fulltext = full_text_of(index)
    fulltext.sync(index)
    change(notes)
    ingest(notes, prune=True)
    # a title is no part of the text, so "Zebra Notes" is found by its context
    assert found_by_words(fulltext, index, words) == expected


def test_full_text_index_survives_a_document_replaced_under_its_hands(
    ingest: Ingest, notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = ingest(notes)
    fulltext = full_text_of(index)

    def overtaken() -> list[DocumentRecord]:
        records = list(Index.all_records(index))
        update(notes)
        ingest(notes)
        return records

    with monkeypatch.context() as patch:
        patch.setattr(index, "all_records", overtaken)
        fulltext.sync(index)
    assert found_by_words(fulltext, index, "zebras") == ["mango.txt"]


@pytest.mark.parametrize(
    ("change", "question", "expected"),
    [
        (add, "Where do zebras doze?", "zebra.txt"),
        (update, "Where do zebras ripen?", "mango.txt"),
        (delete, "When does the night train leave?", "mango.txt"),
    ],
)
def test_retrieval_sees_what_another_process_has_written(
    ingest: Ingest, notes: Path, encoder: Encoder, change: Change, question: str, expected: str
) -> None:
    index = ingest(notes)
    retriever = Retriever(index, full_text_of(index), encoder)
    retriever.sync()
    retriever.retrieve(question, 5)
    change(notes)
    command = [sys.executable, "-m", "ingest", str(notes), "--index", index.location, "--prune"]
    subprocess.run(command, check=True, capture_output=True)
    retriever.sync()
    found = retriever.retrieve(question, 5)
    assert found[0].record.source == expected


# The two searches together


@pytest.fixture
def retriever(ingest: Ingest, notes: Path, encoder: Encoder) -> Retriever:
    add(notes)
    index = ingest(notes)
    made = Retriever(index, full_text_of(index), encoder)
    made.sync()
    return made


def test_a_passage_found_by_meaning_alone_is_found(retriever: Retriever) -> None:
    found = retriever.retrieve("railway departure", 3)
    assert found[0].record.source == "train.txt"
    assert found[0].lexical == 0


def test_a_passage_found_by_its_words_alone_is_found(
    ingest: Ingest, folder: Path, encoder: Encoder
) -> None:
    for number in range(50):
        (folder / f"{number}.txt").write_text(
            f"Tulip {number}\n\nTulip bed {number} needs water.\n"
        )
    (folder / "brake.txt").write_text("Brakes\n\nThe zyxomma lever stops the tram.\n")
    index = ingest(folder)
    retriever = Retriever(index, full_text_of(index), encoder)
    retriever.sync()
    question = "How much water does a bed of tulips need each day, zyxomma?"
    near = index.nearest(encoder.get_query_embedding(question), 40)
    assert "brake.txt" not in [item.record.source for item in near]
    assert "brake.txt" in [item.record.source for item in retriever.retrieve(question, 50)]


def test_a_search_keeps_to_the_documents_named(retriever: Retriever) -> None:
    only = [r.document_id for r in retriever.index.all_records() if r.source == "zebra.txt"]
    found = retriever.retrieve("When do mangoes ripen in the valley?", 5, only)
    assert [item.record.source for item in found] == ["zebra.txt"]
    assert retriever.retrieve("When do mangoes ripen?", 5, ["unknown"]) == []


@pytest.mark.parametrize("question", ["", " ", "?!", "of the and", "\0", "\U0001f600"])
def test_a_question_without_a_word_of_its_own_is_no_error(
    retriever: Retriever, question: str
) -> None:
    found = retriever.retrieve(question, 2)
    assert len(found) == 2
    assert all(item.score < 0.5 for item in found)


def test_an_emptied_index_has_nothing_to_find(
    ingest: Ingest, notes: Path, encoder: Encoder
) -> None:
    ingest(notes)
    for file in notes.iterdir():
        file.unlink()
    index = ingest(notes, prune=True)
    retriever = Retriever(index, full_text_of(index), encoder)
    retriever.sync()
    assert retriever.retrieve("When do mangoes ripen?", 5) == []


def test_retrieved_passages_stand_in_the_order_of_their_scores(retriever: Retriever) -> None:
    found = retriever.retrieve("When does the night train leave from platform four?", 3)
    scores = [item.score for item in found]
    assert found[0].record.source == "train.txt"
    assert scores == sorted(scores, reverse=True)
    assert len(retriever.retrieve("night train", 1)) == 1
