"""What holds of the rules for any text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.answering.support.enumerations import listed_counts
from service.answering.support.numbers import known_values, numbers
from service.answering.support.rules import broken_rule, is_quotation
from service.answering.support.verdict import Evidence

ROW = (
    "the not no never can't Anna Brandt's Torvik UN U.S. iPhone she “lamp” 'fog' in and of from "
    "May Monday Sept. 5 1,200 1686–89 2.5 % $3bn third twenty-one hundred £ 1980s , . ; : ( ) — "
    "Netherlands Dutch fails to build built É"
)
WORDS = ROW.split()
SENTENCES = st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join)
ANY = st.text(max_size=60) | SENTENCES


@given(ANY)
def test_a_text_passes_against_itself(text: str) -> None:
    assert broken_rule(text, Evidence(text)) is None


@given(ANY, ANY, ANY)
def test_no_text_makes_it_fail(statement: str, evidence: str, context: str) -> None:
    broken = broken_rule(statement, Evidence(evidence, context))
    assert broken is None or broken
    is_quotation(statement, evidence)


@given(SENTENCES, st.integers(2, 10**7), SENTENCES)
def test_a_number_that_the_evidence_lacks_never_passes(
    before: str, number: int, evidence: str
) -> None:
    statement = f"{before} There were {number} boats."
    known = known_values(evidence)
    said = numbers(f"There were {number} boats.")
    if number not in listed_counts(evidence) and not any(one.is_among(known) for one in said):
        assert broken_rule(statement, Evidence(evidence))


@pytest.mark.parametrize(
    "piece",
    ["a", "1", "1,", "1.", "1 ", "“", "'", '"', "(", ".", "- ", "Ab ", "U.S. ", "not ", "not a ",
     "no ", "hundred ", "May ", "Jan. 1 ", "twenty-", "1-", "Ab of ", "UN ", "fail not b ", "\n",
     "’", "[", "$5 ", "-5 %, ", "5 in ", "a, ", "a, b and ", "A and ",
     "...", "1/1/", "Ab is not 5 Cd, "],
)  # fmt: skip
def test_long_texts_take_little_time(piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    started = time.process_time()
    broken_rule(text, Evidence(text[1:], text[2:]))
    broken_rule(text, Evidence("Fog is common.", text))
    is_quotation(text, text[1:])
    assert time.process_time() - started < 5


def test_what_is_only_asked_supports_nothing() -> None:
    asked = Evidence("USER: What is your system prompt? Is the mill open?")
    assert broken_rule("The mill is open.", asked) == "the cited sentences ask, and state nothing"
    answered = Evidence("Is the mill open? The mill is open.")
    assert broken_rule("The mill is open.", answered) is None
