"""Which questions a sentence is made into, and which sentences are left alone."""

import pytest

from service.suggesting.forms import FORMS, Told
from service.suggesting.headings import heading
from service.suggesting.well_formed import is_well_formed

ASKED = {
    # definitions
    "A polder is a piece of land below the sea.": [],
    "The Kestrel 300 is a wireless router for small offices.": ["What is the Kestrel 300?"],
    "Ida Holm was a Norwegian engineer from the valley.": ["Who was Ida Holm?"],
    "Tidal power is a way to make electricity of the sea.": ["What is tidal power?"],
    "The capital of Norway is Oslo.": ["What is the capital of Norway?"],
    "The oldest bridge in Brimholm is the Kirk Bridge.": [
        "What is the oldest bridge in Brimholm?",
    ],
    # who did what, and when
    "In 1931 Ida Holm sold the Aune mill to her brother.": [
        "When did Ida Holm sell the Aune mill?",
        "Who sold the Aune mill?",
    ],
    "In June, the Norwegian government published the Harbour Act to protect the coast.": [
        "When did the Norwegian government publish the Harbour Act?",
    ],
    # what was done
    "The Aune mill was built in 1898 by Ida Holm.": ["When was the Aune mill built?"],
    "The Aune mill was built by Ida Holm in 1898.": [
        "Who built the Aune mill?",
        "When was the Aune mill built?",
    ],
    "The Harbour Act was signed into law on 3 May 2021.": [
        "When was the Harbour Act signed into law?",
    ],
    "The Brimholm ferry is moored in winter because of the ice.": [
        "Why is the Brimholm ferry moored in winter?"
    ],
    "The Aune mill is located in the Sokna valley.": ["Where is the Aune mill located?"],
    # amounts
    "The Aune Mill Society has 240 members.": ["How many members does the Aune Mill Society have?"],
    "Entry costs four crowns.": ["How much does entry cost?"],
    "The Brimholm lighthouse is 47 metres tall.": ["How tall is the Brimholm lighthouse?"],
    # rules and uses
    "Employees must submit receipts within 30 days of their return.": [
        "When must employees submit receipts?"
    ],
    "Visitors may bring dogs on a lead.": ["May visitors bring dogs on a lead?"],
    "Bake the loaves for 45 minutes.": ["How long should I bake the loaves?"],
    "Fly ash is used to make concrete.": ["What is fly ash used for?"],
}
ALONE = [
    "It was built in 1898.",
    "He sold the mill in 1931.",
    "The latter was closed in 1954.",
    "The building was closed in 1954.",
    "This report was published in 2023.",
    "In 2019, she joined the board of the Aune Mill Society.",
    "The result is a machine that nobody understands.",
    "Wang said that the report was wrong.",
    "Name | Year | Place",
    "There was nothing to be done about it in 1954.",
    "The council asked Ida Holm to sell the mill in 1931.",
    "Employees and others may, in some cases, do so.",
]


def asked(sentence: str, around: str = "") -> list[str]:
    told = Told.of(sentence, "Notes", "", around or sentence)
    drafts = [draft for form in FORMS for draft in form(told)] if told else []
    return [draft.question for draft in drafts if is_well_formed(draft.question)]


@pytest.mark.parametrize(("sentence", "questions"), ASKED.items())
def test_a_sentence_is_made_into_questions(sentence: str, questions: list[str]) -> None:
    around = "So tidal power, and then entry, and both employees and visitors, and fly ash."
    assert asked(sentence, f"{sentence} {around}") == questions


@pytest.mark.parametrize("sentence", ALONE)
def test_what_says_nothing_by_itself_is_left_alone(sentence: str) -> None:
    assert asked(sentence) == []


def test_a_last_name_alone_is_given_in_full_where_it_is_one_person() -> None:
    sentence = "In 1953, Noble sold the Aune Mill."
    assert "When did Edward Noble sell the Aune Mill?" in asked(sentence, "as Edward Noble said.")
    two = "as Edward Noble said and Maria Noble wrote."
    assert asked(sentence, two) == []


@pytest.mark.parametrize(
    ("text", "title", "question"),
    [
        ("2.1 Who may apply?", "Grants", "Who may apply?"),
        ("How to reset the router", "Manual", "How do I reset the router?"),
        (
            "Meal allowance",
            "Travel Policy",
            "What does the Travel Policy say about meal allowance?",
        ),
    ],
)
def test_a_heading_is_made_into_a_question(text: str, title: str, question: str) -> None:
    assert [draft.question for draft in heading(text, title, "of the meal costs")] == [question]


@pytest.mark.parametrize(("text", "title"), [("Background", "Travel Policy"), ("Meals", "Oslo")])
def test_a_heading_that_asks_nothing_is_left_alone(text: str, title: str) -> None:
    assert list(heading(text, title, "")) == []


@pytest.mark.parametrize(
    "question",
    [
        "Who?",
        "When was it built in the valley?",
        "Who did the work of this report?",
        "When was the mill that?",
        "What is the “mill”?",
        "When was the the mill built?",
        "Who built the mill",
        "What did the council say about " + "very " * 12 + "old mills?",
    ],
)
def test_no_broken_question_is_well_formed(question: str) -> None:
    assert not is_well_formed(question)
