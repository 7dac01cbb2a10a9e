"""The judge without a model knows a text's own words, and what turns them into others."""

import pytest

from eval.judges.judge import SUPPORTED
from eval.judges.local import LocalJudge

EVIDENCE = (
    "In March 2019 the harbour authority of Norrvik accused Aldane, a shipping firm, of dumping "
    "1,200 tonnes of ballast water. The firm’s owner did not pay the fine, which the U.N. panel "
    "called “far too low – a farce”. It may appeal in some cases in 2021, and no court has set a "
    "date for the two hearings."
)


def score(statement: str, evidence: str = EVIDENCE) -> float:
    return LocalJudge().supports(statement, evidence)


@pytest.mark.parametrize(
    "statement",
    [
        "The firm's owner did not pay the fine, which the UN panel called “far too low - a farce”",
        "the firm’s owner did  not pay\nthe fine",
        "The firm's owner didn't pay the fine [1][2].",
        "[T]he firm’s owner did not pay the fine, which the U.N. panel called far too low",
        "The firm’s owner [in 2019] did not pay the fine",
        "The firm’s owner did not pay the fine ... It may appeal in some cases in 2021",
        "In March 2019 the harbour authority of Norrvik accused Aldane of dumping ballast water.",
        "Norrvik accused Aldane of dumping 1200 tonnes of ballast water.",
        "No court has set a date for the 2 hearings.",
    ],
)
def test_the_evidence_s_own_words_are_supported(statement: str) -> None:
    assert score(statement) == pytest.approx(1.0)


@pytest.mark.parametrize(
    "statement",
    [
        "The firm’s owner did pay the fine.",
        "The firm’s owner paid the fine.",
        "The harbour authority of Norrvik has never accused Aldane, a shipping firm.",
        "Norrvik accused Aldane of dumping 1,300 tonnes of ballast water.",
        "In March 2018 the harbour authority of Norrvik accused Aldane.",
        "In March 2019 the harbour authority of Norrvik accused Belmar, a shipping firm.",
        "Aldane accused Norrvik of dumping 1,200 tonnes of ballast water.",
        "It appeals in some cases in 2021.",
        "It must appeal in some cases in 2021.",
        "It may appeal in all cases in 2021.",
        'The U.N. panel called it "far too high".',
        'The U.N. panel called it "far low".',
        "A court has set a date for the two hearings.",
        "The lighthouse sells tickets on Sundays.",
        "pay the fine",
        "",
    ],
)
def test_anything_else_is_not(statement: str) -> None:
    assert score(statement) < 0.2


def test_a_claim_is_not_put_together_from_all_over_a_long_text() -> None:
    padding = "The weather was mild and the streets were quiet. " * 4
    evidence = f"Norrvik has a harbour. {padding}Boats were painted. {padding}Red is a colour."
    assert score("Norrvik boats red", evidence) < SUPPORTED


def test_no_evidence_supports_nothing() -> None:
    assert score("The firm did not pay.", "") == 0.0
    assert score("The firm did not pay.", " … ") == 0.0
