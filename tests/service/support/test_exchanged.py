"""Two names that have changed places are noticed, and other wording of the same is left alone."""

import pytest

from service.answering.support.exchanged import exchanged_names

EVIDENCE = "In 1931 Ida Holm sued the Aune Bank over the mill."


@pytest.mark.parametrize(
    "statement",
    [
        "The Aune Bank sued Ida Holm over the mill.",
        "Ida Holm was sued by the Aune Bank.",
        "In 1931, Aune Bank sued the Ida Holm.",
    ],
)
def test_who_did_it_to_whom_is_turned_round(statement: str) -> None:
    found = exchanged_names(statement, EVIDENCE)
    assert found is not None
    assert {name.replace("the ", "") for name in found} == {"Ida Holm", "Aune Bank"}


@pytest.mark.parametrize(
    ("statement", "evidence"),
    [
        ("Ida Holm sued the Aune Bank.", EVIDENCE),
        ("The Aune Bank was sued by Ida Holm.", EVIDENCE),
        ("Holm and Berg left.", "Berg and Holm left."),
        ("Holm met Berg.", "Berg met Holm."),
        ("Holm, who knew Berg, left.", "Berg left, and Holm knew it."),
        ("Lissen lies near Aune.", "Aune lies near Lissen."),
        ("Holm played against Berg.", "Berg played against Holm."),
        ("Holm fought Berg.", "Berg fought Holm."),
        ("Holm talked to Berg.", "Berg talked to Holm."),
        ("A tie: Holm against Berg.", "A tie: Berg against Holm."),
        ("Berg sued Holm.", "Holm sued Berg, and Berg sued Holm."),
        ("", ""),
    ],
)
def test_the_same_in_other_words_is_left_alone(statement: str, evidence: str) -> None:
    assert exchanged_names(statement, evidence) is None


@pytest.mark.parametrize("verb", ["won against", "bought it from"])
def test_a_verb_before_against_and_from_tells(verb: str) -> None:
    assert exchanged_names(f"Holm {verb} Berg.", f"Berg {verb} Holm.") == ("Holm", "Berg")
