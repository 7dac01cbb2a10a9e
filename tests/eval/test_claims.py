"""Rules make true and untrue claims of invented sentences."""

import random

import pytest

from eval.cases.drafts.sentences import Prose
from eval.claims.answered import statement_of
from eval.claims.certainty import stronger
from eval.claims.claim import Reworded, Rule, Told
from eval.claims.elsewhere import added, neighbour, not_asserted
from eval.claims.figures import other_date, other_number
from eval.claims.material import told_in
from eval.claims.names import exchanged, other_name, other_place, other_speaker
from eval.claims.order import shuffled
from eval.claims.paraphrases import (
    other_signs,
    other_voice,
    reordered,
    shortened,
    synonymous,
    unchanged,
)
from eval.claims.polarity import negated, opposite
from eval.claims.rules import TRUE, UNTRUE

NAMES = ("Vera Kolm", "Otto Brandt", "Lissen", "Brenn")
TEXT = (
    "The old mill was built by Anna Brandt in 1820. Later Vera Kolm met the mayor in Lissen, and "
    "they sold 25 boats (all of them red) to Otto Orban. In March 1931, the harbour of Torvik was "
    "closed. The ferry did not sail on Monday, which made many people angry.\n\n"
    "According to Jan Orban, ducks, geese and hens live near the lamp. Anna Brandt defeated Jan "
    "Orban in a race. However, the lamp is large, and it will never go out. The town of Brenn has "
    "nine hundred people.\n\n"
    "About 40 percent of the tickets were bought by the crew in May 1999. The northern wall can't "
    "be seen from the sea."
)


def told(text: str, *others: str) -> Told:
    return Told((text, *others), 0, Prose(TEXT), NAMES)


def made(rule: Rule, text: str, seed: int = 1) -> Reworded:
    reworded = rule(told(text), random.Random(seed))
    assert reworded is not None
    return reworded


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        (unchanged, "It is lit.", "It is lit."),
        (shortened, "They sold 25 boats (all of them red) to him.", "They sold 25 boats to him."),
        (shortened, "However, the lamp is large.", "The lamp is large."),
        (reordered, "In March 1931, the port was closed.", "The port was closed in March 1931."),
        (reordered, "The old harbour was closed in 1931.", "In 1931, the old harbour was closed."),
        (reordered, "They saw ducks, geese and hens.", "They saw hens, ducks and geese."),
        (reordered, "They saw dogs and cats.", "They saw cats and dogs."),
        (reordered, "Ann Lee, Roe and Kolm are here.", "Ann Lee, Kolm and Roe are here."),
        (other_voice, "The mill was built by Anna Brandt.", "Anna Brandt built the mill."),
        (other_voice, "Anna Brandt owned the mill.", "The mill was owned by Anna Brandt."),
        (other_signs, "About 40 percent left.", "About 40% left."),
        (other_signs, "It has 9 lamps.", "It has nine lamps."),
        (other_signs, "It has nine lamps.", "It has 9 lamps."),
        (other_signs, "It opens at 9:30 on 1 pier.", None),
    ],
)
def test_true_rules_say_it_otherwise(rule: Rule, text: str, expected: str | None) -> None:
    outcomes = {
        reworded.text
        for seed in range(20)
        if (reworded := rule(told(text), random.Random(seed))) is not None
    }
    assert outcomes == ({expected} if expected else set())


def test_common_words_become_others_of_the_same_meaning() -> None:
    assert made(synonymous, "The lamp is large.").text == "The lamp is big."
    assert synonymous(told("He is called for."), random.Random(1)) is None


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee and Roe are here.",
        "Cats, dogs and hens are red, green and blue respectively.",
        "At the door, he smiled at all of them, but he was sad.",
    ],
)
def test_an_order_that_says_something_stays(text: str) -> None:
    assert reordered(told(text), random.Random(1)) is None


def test_quoted_words_stay_as_they_were_said() -> None:
    text = "It is “the large lamp”."
    assert {synonymous(told(text), random.Random(seed)) for seed in range(9)} == {None}
    assert made(synonymous, "It is large and “large”.", 1).text == "It is big and “large”."


def test_a_hedge_stays() -> None:
    assert shortened(told("The lamp is often lit."), random.Random(1)) is None


CHANGED: list[tuple[Rule, str, str]] = [
    (other_number, "They sold 25 boats.", "25"),
    (other_number, "The town has nine people.", "nine"),
    (other_number, "It grew by 1,250 people in 1999.", "1,250"),
    (other_date, "It was closed in 1931.", "1931"),
    (other_date, "It was closed in May 12 years ago.", "May"),
    (other_date, "It sailed on Monday.", "Monday"),
    (other_name, "The mill was built by Anna Brandt.", "Anna Brandt"),
    (other_place, "The mayor was met in Torvik.", "Torvik"),
    (other_speaker, "The lamp is old, said Jan Orban.", "Jan Orban"),
    (opposite, "The northern wall is high.", ""),
]


@pytest.mark.parametrize(("rule", "text", "was"), CHANGED)
def test_untrue_rules_change_what_they_say(rule: Rule, text: str, was: str) -> None:
    for seed in range(30):
        reworded = rule(told(text), random.Random(seed))
        if reworded is None:
            continue
        ((start, end),) = reworded.changed
        before, after = text[:start], reworded.text[end:]
        assert reworded.text == before + reworded.text[start:end] + after
        assert text.startswith(before) and text.endswith(after)
        replaced = text[start : len(text) - len(after)]
        assert replaced != reworded.text[start:end]
        assert not was or replaced == was
    assert any(rule(told(text), random.Random(seed)) for seed in range(30))


@pytest.mark.parametrize(
    ("text", "expected", "changed"),
    [
        ("The lamp is lit.", "The lamp is not lit.", "is not"),
        ("The lamp was not lit.", "The lamp was lit.", "was lit."),
        ("The lamp isn't lit.", "The lamp is lit.", "is lit."),
        ("The lamp can’t be seen.", "The lamp can be seen.", "can be"),
        ("It cannot be seen.", "It can be seen.", "can be"),
        ("It would never go out.", "It would go out.", "go"),
        ("Anna built the mill.", "Anna did not build the mill.", "did not build"),
    ],
)
def test_a_negation_is_put_in_or_taken_away(text: str, expected: str, changed: str) -> None:
    reworded = made(negated, text)
    assert reworded.text == expected
    assert [reworded.text[slice(*span)].strip() for span in reworded.changed] == [changed]
    assert negated(told("Rain all day."), random.Random(1)) is None


def test_two_names_change_places_where_that_is_untrue() -> None:
    reworded = made(exchanged, "Anna Brandt defeated Jan Orban in a race.")
    assert reworded.text == "Jan Orban defeated Anna Brandt in a race."
    spans = [reworded.text[slice(*span)] for span in reworded.changed]
    assert spans == ["Jan Orban", "Anna Brandt"]
    for text in ("Anna Brandt married Jan Orban.", "Anna Brandt and Jan Orban won."):
        assert exchanged(told(text), random.Random(1)) is None


def test_a_name_never_becomes_one_that_means_the_same() -> None:
    one = Told(("Ships came from China.",), 0, Prose(TEXT), ("Chinese", "China"))
    assert other_place(one, random.Random(1)) is None


def test_what_nobody_says_gets_a_speaker() -> None:
    reworded = made(other_speaker, "The lamp is large.")
    ((start, end),) = reworded.changed
    assert start == 0
    assert reworded.text[:end].removeprefix("According to ") in NAMES
    assert reworded.text[end:] == ", the lamp is large."


def test_what_another_sentence_says_is_added() -> None:
    other = "They sold all the old boats to the mayor."
    reworded = added(told("The lamp is large.", other), random.Random(1))
    assert reworded is not None
    ((start, end),) = reworded.changed
    assert reworded.text.startswith("The lamp is large")
    assert reworded.text[start:end].rstrip(".").lower() in other.lower()
    assert added(told("The lamp is large."), random.Random(1)) is None


def test_a_neighbour_is_evidence_of_something_else() -> None:
    one = told("The lamp is large.", "Boats are sold.", "Fog is common.")
    for seed in range(20):
        evidence = neighbour(one, random.Random(seed))
        assert evidence
        assert one.text not in evidence
    assert neighbour(told("The lamp is large."), random.Random(1)) is None


def every(rules: dict[str, tuple[Rule, float]]) -> list[tuple[str, Rule]]:
    return [(name, rule) for name, (rule, _) in rules.items()]


@pytest.mark.parametrize(("name", "rule"), every(UNTRUE))
def test_an_untrue_rule_never_gives_the_sentence_back(name: str, rule: Rule) -> None:
    count = 0
    for one in told_in([TEXT]):
        for seed in range(10):
            reworded = rule(one, random.Random(seed))
            if reworded is None:
                continue
            count += 1
            assert reworded.text != one.text
            assert reworded.changed
            for start, end in reworded.changed:
                assert 0 <= start < end <= len(reworded.text)
    assert count


@pytest.mark.parametrize(("name", "rule"), every(TRUE | UNTRUE))
def test_a_rule_gives_the_same_for_the_same_draw(name: str, rule: Rule) -> None:
    for one in told_in([TEXT]):
        assert rule(one, random.Random(5)) == rule(one, random.Random(5))


@pytest.mark.parametrize(
    ("question", "answer", "before", "expected"),
    [
        ("Who built the mill?", "Anna Brandt", "", "Anna Brandt built the mill."),
        ("When was the mill built?", "1820", "built in ", "The mill was built in 1820."),
        ("In what year was the mill built?", "1820", "", "The mill was built in 1820."),
        ("What is the capital of Lissen?", "Torvik", "", "The capital of Lissen is Torvik."),
        ("How many people live in Brenn?", "900", "", "900 people live in Brenn."),
        ("Where did Anna live?", "Torvik", "lived in ", "Anna live in Torvik."),
        ("Which boat did they sell?", "the red one", "", "They sell the red one."),
        ("Who built the mill?", None, "", "Someone built the mill."),
        ("When was the mill built?", None, "", "The mill was built at some time."),
        ("Why?", "because", "", None),
        ("Name the mill.", "Anna", "", None),
        ("", None, "", None),
    ],
)
def test_a_question_and_its_answer_become_a_statement(
    question: str, answer: str | None, before: str, expected: str | None
) -> None:
    assert statement_of(question, answer, before) == expected


def test_claims_are_made_of_whole_sentences_with_their_paragraph() -> None:
    found = list(told_in([TEXT, "Too short.\n\nA heading without a stop at its end"]))
    assert len(found) == 10
    assert all(one.text in one.paragraph and one.text not in one.others for one in found)
    assert "Anna Brandt" in found[0].names


@pytest.mark.parametrize("seed", range(20))
def test_shuffled_words_are_the_same_words_at_other_places(seed: int) -> None:
    text = "The old mill was built by the river before the town had a single road."
    reworded = shuffled(told(text), random.Random(seed))
    if reworded is not None:
        assert sorted(reworded.text.rstrip(".").split()) == sorted(text.rstrip(".").split())
        assert reworded.text != text
        assert all(reworded.text[a:b].strip() for a, b in reworded.changed)


def test_lists_may_be_in_any_order_and_short_sentences_are_left() -> None:
    for seed in range(20):
        assert shuffled(told("They saw it."), random.Random(seed)) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The lamp may go out.", "The lamp will go out."),
        ("They denied the theft.", "They admitted the theft."),
        ("The mill is red.", None),
    ],
)
def test_a_limit_is_taken_away(text: str, expected: str | None) -> None:
    reworded = stronger(told(text), random.Random(1))
    assert (reworded and reworded.text) == expected


def test_what_is_not_asserted_has_the_sentence_within() -> None:
    evidence = {not_asserted(told("The mill is red."), random.Random(seed)) for seed in range(30)}
    assert len(evidence) > 5
    assert all(one.endswith("the mill is red.") for one in evidence)
