"""What stands beside a passage, as long as its document is the one it was retrieved from."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from ingest.embedding import Encoder
from ingest.errors import DocumentNotFound
from service.retrieval.hybrid import RetrievedPassage, Retriever
from service.retrieval.neighbours import Neighbours, neighbours
from tests.conftest import Ingest, Update
from tests.ingest.test_crash import Killed, killed_at
from tests.service.test_retrieval import retriever_over

NONE = Neighbours(None, None)


def chapters(word: str, count: int) -> str:
    parts = (
        f"Chapter {n}\n\n" + f"The {word} of chapter {n} is described here at length. " * 9
        for n in range(1, count + 1)
    )
    return "\n\n".join(parts)


@pytest.fixture
def retriever(ingest: Ingest, folder: Path, encoder: Encoder) -> Retriever:
    (folder / "book.txt").write_text(chapters("castle", 6))
    (folder / "note.txt").write_text("Castle note\n\nThe castle stands on a hill.\n")
    return retriever_over(ingest(folder), encoder)


def in_order(retriever: Retriever, source: str) -> list[RetrievedPassage]:
    """All passages of a document, as a question finds them."""
    found = retriever.retrieve("Where is the castle described?", 40)
    own = [one for one in found if one.record.source == source]
    return sorted(own, key=lambda one: one.passage.position)


def test_neighbours_are_the_passages_before_and_after(retriever: Retriever) -> None:
    book = in_order(retriever, "book.txt")
    passages = [one.passage for one in book]
    assert len(passages) == book[0].record.passages > 3
    expected = [
        Neighbours(before, after)
        for before, after in zip([None, *passages], [*passages[1:], None], strict=False)
    ]
    assert neighbours(retriever.index, book) == expected
    alone = [neighbours(retriever.index, [one])[0] for one in book]
    assert alone == expected


def test_a_document_of_one_passage_has_no_neighbours(retriever: Retriever) -> None:
    (note,) = in_order(retriever, "note.txt")
    assert neighbours(retriever.index, [note]) == [NONE]
    assert neighbours(retriever.index, []) == []


def test_a_replaced_or_deleted_document_has_no_neighbours(
    retriever: Retriever, ingest: Ingest, folder: Path
) -> None:
    middle = in_order(retriever, "book.txt")[1:2]
    assert neighbours(retriever.index, middle) != [NONE]
    (folder / "book.txt").write_text(chapters("bridge", 6))
    assert neighbours(ingest(folder), middle) == [NONE]
    (folder / "book.txt").unlink()
    assert neighbours(ingest(folder, prune=True), middle) == [NONE]


def joined(retrieved: Sequence[RetrievedPassage], found: Sequence[Neighbours]) -> list[str]:
    return [
        (near.before.text if near.before else "")
        + one.passage.text
        + (near.after.text if near.after else "")
        for one, near in zip(retrieved, found, strict=True)
    ]


@pytest.mark.parametrize("step", range(8))
def test_while_a_document_is_replaced_its_old_text_or_none_is_beside(
    retriever: Retriever, update: Update, folder: Path, step: int
) -> None:
    middle = in_order(retriever, "book.txt")[1:2]
    old = retriever.index.document_of(middle[0].record).text
    (folder / "book.txt").write_text(chapters("bridge", 3))
    with killed_at(step), suppress(Killed):
        update(folder)
    (text,) = joined(middle, neighbours(retriever.index, middle))
    assert text in old
    with suppress(DocumentNotFound):
        assert retriever.index.document_of(middle[0].record).text == old
