"""Which abbreviation is asked about, and the words that a text gives for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.answering.abbreviations import abbreviation_asked, asks_to_spell_out, long_form


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("What does AMS stand for?", "AMS"),
        ("what does the abbreviation ams stand for", "ams"),
        ("What is “AMS” short for?", "AMS"),
        ("What does AMS mean?", "AMS"),
        ("What is the full name of the AMS?", "AMS"),
        ("What does it mean?", None),
        ("Who founded the AMS?", None),
    ],
)
def test_the_abbreviation_is_told_from_other_words(question: str, short: str | None) -> None:
    assert abbreviation_asked(question) == short


@pytest.mark.parametrize(
    ("short", "sentence", "long"),
    [
        ("AMS", "It was the Aune Mill Society (AMS) that paid.", "Aune Mill Society"),
        ("ams", "It was the Aune Mill Society (AMS) that paid.", "Aune Mill Society"),
        ("AMS", "The AMS (Aune Mill Society) paid.", "Aune Mill Society"),
        ("FoB", "Ask the Friends of the Bridge (“FoB”).", "Friends of the Bridge"),
        ("HTTP", "the Hypertext Transfer Protocol (HTTP, 1991)", "Hypertext Transfer Protocol"),
        ("AMS", "AMS stands for Aune Mill Society.", "Aune Mill Society."),
        ("AMS", "The AMS paid for the mill society of Aune.", None),
        ("AMS", "The bridge (AMS) is new.", None),
        ("AMS", "The AMS (founded in 1902) paid.", None),
    ],
)
def test_the_long_form_stands_beside_it(short: str, sentence: str, long: str | None) -> None:
    assert long_form(short, sentence) == long


@given(st.text(min_size=1, max_size=8), st.text(max_size=60))
def test_a_long_form_is_a_part_of_the_sentence(short: str, before: str) -> None:
    sentence = f"{before} ({short}) is meant."
    found = long_form(short, sentence)
    assert found is None or found in " ".join(sentence.split())


@pytest.mark.parametrize(
    ("question", "nothing_else_answers"),
    [
        ("What does AMS stand for?", True),
        ("what does the acronym ams stand for?", True),
        ("What does the party stand for?", False),
        ("What does AMS mean?", False),
    ],
)
def test_some_words_are_no_abbreviation(question: str, nothing_else_answers: bool) -> None:
    assert asks_to_spell_out(question) is nothing_else_answers
