"""Another language is told only when it is sure."""

import pytest

from service.answering.written.language import differs_in_language

ENGLISH = "The fox sleeps by the old river in winter, and the owl hunts in the orchard at dusk."


@pytest.mark.parametrize(
    "statement",
    [
        "Der Fuchs schläft im Winter am alten Fluss.",
        "Le renard dort près de la vieille rivière en hiver.",
        "狐狸冬天睡在河边。",
        "Лиса зимой спит у старой реки.",
    ],
)
def test_another_language_is_told(statement: str) -> None:
    assert differs_in_language(statement, ENGLISH)


@pytest.mark.parametrize(
    "statement",
    [
        "The owl hunts at dusk.",
        "Ja.",
        "Tomoya Obokata met Wang Wenbin and Adrian Zenz.",
        "In 1999 Schleswig-Holstein and Niedersachsen signed it.",
    ],
)
def test_names_and_what_is_short_are_left_alone(statement: str) -> None:
    assert not differs_in_language(statement, ENGLISH)


def test_the_same_language_is_the_same_whatever_it_is() -> None:
    german = "Der Fuchs schläft im Winter am alten Fluss, und die Eule jagt abends im Garten."
    assert not differs_in_language("Die Eule jagt abends im Garten.", german)
    assert differs_in_language("The owl hunts in the orchard at dusk.", german)
