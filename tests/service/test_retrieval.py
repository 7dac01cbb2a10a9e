"""Hybrid retrieval: two searches made one, over the documents as they are now."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.embedding import Encoder
from ingest.index import Index
from service.retrieval.fulltext import FullText, fulltext_place
from service.retrieval.hybrid import Retriever
from tests.conftest import Ingest

MANGO = "Mango Notes\n\nMangoes ripen in July in the northern valley.\n"
TRAIN = "Train Notes\n\nThe night train leaves at nine from platform four.\n"
ZEBRA = "Zebra Notes\n\nZebras doze standing up near the old quarry.\n"


@pytest.fixture
def notes(folder: Path) -> Path:
    """A folder of three small documents."""
    for name, text in (("mango", MANGO), ("train", TRAIN), ("zebra", ZEBRA)):
        (folder / f"{name}.txt").write_text(text)
    return folder


@pytest.fixture
def retriever(ingest: Ingest, notes: Path, encoder: Encoder) -> Retriever:
    return retriever_over(ingest(notes), encoder)


def retriever_over(index: Index, encoder: Encoder) -> Retriever:
    made = Retriever(index, FullText(fulltext_place(index.location, Path("unused"))), encoder)
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
    retriever = retriever_over(index, encoder)
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
    retriever = retriever_over(ingest(notes, prune=True), encoder)
    assert retriever.retrieve("When do mangoes ripen?", 5) == []


def test_retrieved_passages_stand_in_the_order_of_their_scores(retriever: Retriever) -> None:
    found = retriever.retrieve("When does the night train leave from platform four?", 3)
    scores = [item.score for item in found]
    assert found[0].record.source == "train.txt"
    assert scores == sorted(scores, reverse=True)
    assert len(retriever.retrieve("night train", 1)) == 1


def ingest_elsewhere(folder: Path, index: Index) -> None:
    command = [sys.executable, "-m", "ingest", str(folder), "--index", index.location, "--prune"]
    subprocess.run(command, check=True, capture_output=True)


def add(folder: Path) -> None:
    (folder / "owl.txt").write_text("Owl Notes\n\nOwls hunt in the orchard after dusk.\n")


def update(folder: Path) -> None:
    (folder / "mango.txt").write_text(MANGO.replace("Mangoes", "Owls"))


def delete(folder: Path) -> None:
    (folder / "zebra.txt").unlink()


@pytest.mark.parametrize(
    ("change", "question", "expected"),
    [
        (add, "Where do owls hunt?", "owl.txt"),
        (update, "When do owls ripen in the valley?", "mango.txt"),
        (delete, "When does the night train leave?", "train.txt"),
    ],
)
def test_retrieval_sees_what_another_process_has_written(
    retriever: Retriever,
    notes: Path,
    change: Callable[[Path], None],
    question: str,
    expected: str,
) -> None:
    retriever.retrieve(question, 5)  # whatever is kept in memory is now in memory
    change(notes)
    ingest_elsewhere(notes, retriever.index)
    retriever.sync()
    found = retriever.retrieve(question, 5)
    assert found[0].record.source == expected
    assert len(found) == len(list(notes.iterdir()))


def test_a_write_of_another_process_during_a_search_is_no_error(
    retriever: Retriever, notes: Path
) -> None:
    question = "Where do zebras and owls doze?"
    retriever.retrieve(question, 5)
    add(notes)
    delete(notes)
    ingest_elsewhere(notes, retriever.index)
    found = retriever.retrieve(question, 5)  # as if it had begun before the write, without a sync
    assert {item.record.source for item in found} <= {file.name for file in notes.iterdir()}
