"""Which questions are likely to need several statements."""

import pytest

from service.answering.several import asks_for_several


@pytest.mark.parametrize(
    "question",
    [
        "Which two conventions were signed?",
        "What are the rules of the harbour?",
        "List the boats of the town",
        "How did the mayor respond to the closing?",
        "What did Ann Brandt say about the mole?",
        "Which of the boats sank?",
    ],
)
def test_several(question: str) -> None:
    assert asks_for_several(question)


@pytest.mark.parametrize(
    "question",
    [
        "Who keeps the lamp?",
        "When was the mole built?",
        "What is the harbour's depth?",
        "What was this?",
        "How many boats are there?",
        "Which boat sank first?",
        "Where does Ann live?",
    ],
)
def test_one(question: str) -> None:
    assert not asks_for_several(question)
