"""A sentence that opens with "He", "They" or "It" is quoted with the one it leans on."""

from pathlib import Path

import pytest

from service.answering.leaning import leans
from tests.conftest import Ingest
from tests.service.test_verify import answerer_over


@pytest.mark.parametrize(
    "text",
    [
        "He left in 1902.",
        "“They are the oldest of all,” she said.",
        "It opened in May.",
        "However, they were never found.",
        "This surprised nobody.",
        "These boats were sold.",
        "Its roof leaks.",
        "The latter was torn down.",
    ],
)
def test_it_leans(text: str) -> None:
    assert leans(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ann left in 1902.",
        "It is likely that the mole will fall.",
        "“It should now be impossible for the town to ignore this.”",
        "It took two years to build the mole.",
        "Those who stayed were paid.",
        "Both Ann and Ben were there.",
        "Theirs was the last boat.",
        "Item seven was dropped.",
        "This year the harbour is closed.",
    ],
)
def test_it_stands_alone(text: str) -> None:
    assert not leans(text)


def test_a_leaning_sentence_brings_the_one_before(ingest: Ingest, folder: Path) -> None:
    (folder / "mill.txt").write_text(
        "The mill\n\nMarta Vell bought the mill of Ostrava in 1931. She painted the doors of the "
        "mill green in 1940. The river floods in spring.\n"
    )
    answerer = answerer_over(ingest(folder))
    (statement,) = answerer.ask("When were the doors of the mill painted green?").statements
    (citation,) = statement.citations
    assert citation.cited_text == statement.text
    assert statement.text.startswith("Marta Vell bought") and statement.text.endswith("in 1940.")
