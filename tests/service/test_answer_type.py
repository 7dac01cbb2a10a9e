"""What a question asks for, and whether a sentence has that beyond the question's own words."""

import pytest

from service.answering.answer_type import AnswerType, answer_type, offers


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("How many mills are there?", "number"),
        ("What percentage of the mills burned?", "share"),
        ("In what year did it burn?", "year"),
        ("On which day did it burn?", "time"),
        ("When did it burn?", "time"),
        ("Who owns it?", "name"),
        ("In which town does it stand?", "name"),
        ("Which mayor signed it?", "name"),
        ("Why did it burn?", "open"),
    ],
)
def test_the_kind_is_told_by_the_question(question: str, wanted: AnswerType) -> None:
    assert answer_type(question) == wanted


@pytest.mark.parametrize(
    ("question", "sentence", "has_it"),
    [
        ("How many mills are there?", "The town has nine mills.", True),
        ("How many mills are there?", "The mills were counted on May 3, 1902.", False),
        ("How many mills are there?", "The mills were counted in 1902.", False),
        ("How many mills were there in 1902?", "In 1902 there were 40 mills.", True),
        ("In what year did it burn?", "It burned in 1871.", True),
        ("In what year did it burn?", "It burned on a Monday.", False),
        ("When did it burn?", "It burned on a Monday.", True),
        ("What share of the mills burned?", "Two out of three burned.", True),
        ("What share of the mills burned?", "The mills burned on May 3, 1902.", False),
        ("Who owns the Aune mill?", "The Aune mill belongs to Jonas Berg.", True),
        ("Who owns the Aune mill?", "The Aune mill is old.", False),
        ("Why did it burn?", "It burned.", True),
    ],
)
def test_a_sentence_may_have_it(question: str, sentence: str, has_it: bool) -> None:
    assert offers(sentence, answer_type(question), question) is has_it
