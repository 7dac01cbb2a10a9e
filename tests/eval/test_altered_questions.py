"""A changed question differs in one place, and what is put in is not in the passage asked of."""

import random

import numpy as np
import pytest

from eval.training.altered_questions import Altering, WordVectors

PASSAGE = "The church was built in 1801 by Anders Berg, the first owner of the town."
NEARBY = [PASSAGE, "The bridge of the town was built in 1866 by Harald Holm."]
VECTORS = {
    "church": (1.0, 0.0),
    "churches": (0.9, 0.4),
    "bridge": (0.5, 0.9),
    "anders": (0.0, 1.0),
    "harald": (0.9, 0.45),
}


@pytest.fixture
def altering() -> Altering:
    vocabulary = {word: place for place, word in enumerate(VECTORS)}
    return Altering(WordVectors(vocabulary, np.array(list(VECTORS.values()))))


def changes(altering: Altering, question: str) -> set[str | None]:
    return {altering.altered(question, PASSAGE, NEARBY, random.Random(n)) for n in range(40)}


@pytest.mark.parametrize(
    ("question", "altered"),
    [
        ("What stood there in 1801?", {"What stood there in 1866?"}),
        ("Who was the first owner?", {"Who was the last owner?"}),
        ("Who owns the church?", {"Who owns the bridge?"}),
        ("What did Anders like?", {"What did Harald like?"}),
        ("Whose house can be seen?", {"Whose house can't be seen?"}),
        ("Whose?", {None}),
    ],
)
def test_one_thing_is_exchanged(altering: Altering, question: str, altered: set[str]) -> None:
    assert changes(altering, question) == altered


def test_other_forms_of_a_word_do_not_stand_for_it(altering: Altering) -> None:
    nearby = [PASSAGE, "All churches of the town."]
    found = altering.altered("Who owns the church?", PASSAGE, nearby, random.Random(1))
    assert found is None


def test_no_word_of_the_passage_is_put_in(altering: Altering) -> None:
    passage = f"{PASSAGE} The bridge came later."
    found = altering.altered("Who owns the church?", passage, NEARBY, random.Random(1))
    assert found is None
