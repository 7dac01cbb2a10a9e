"""Facts, forbidden statements and abstentions, and what makes a case right."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from eval.metrics import abstention, answers
from eval.metrics.metric import ratio
from eval.metrics.verdict import reasons
from eval.targets.response import Response
from tests.eval.answers import ANN, BEN, CID, TEXT, answer, asked, case, quote


@pytest.mark.parametrize(
    ("said", "wording", "stated"),
    [
        ("It cost 60 euros.", "60", True),
        ("It was 1960.", "60", False),
        ("It cost 60,000.", "60", False),
        ("It cost 60.", "60", True),
        ("It cost 3.60.", "60", False),
        ("She said “don’t”.", '"don\'t"', True),
        ("LATE\n2021", "late 2021", True),
        ("a people–centered plan", "people-centered", True),
        ("unlikely", "likely", False),
        ("", "x", False),
    ],
)
def test_a_fact_is_found_at_word_boundaries(said: str, wording: str, stated: bool) -> None:
    assert answers.states(answers.normalised(said), wording) is stated


def test_facts_and_forbidden_statements_are_shares() -> None:
    one = case(ANN, facts=[["Ann"], ["Rome", "Oslo"], ["Paris"]], forbidden=["Ben", "Cid"])
    assert answers.fact_recall(asked(one, quote(ANN))) == 2 / 3
    assert answers.forbidden_said(asked(one, quote(ANN))) == 0.0
    assert answers.forbidden_said(asked(one, quote(ANN, BEN))) == 0.5
    assert answers.fact_recall(asked(case(ANN), quote(ANN))) is None


@pytest.mark.parametrize(
    ("abstain", "response", "why"),
    [
        ("never", quote(ANN), ()),
        ("never", answer(), ("abstains, but the documents answer",)),
        ("never", quote(BEN), ("cites none of the gold words", "does not say: Ann")),
        ("never", quote(ANN, CID), ("says what it must not: Cid",)),
        ("never", answer(("Ann", [])), None),
        ("may", answer(), ()),
        ("may", quote(BEN), ("cites none of the gold words", "does not say: Ann")),
        ("never", Response.failed("timeout"), ("no answer: timeout",)),
    ],
)
def test_a_case_is_right_when_nothing_is_wrong(
    abstain: str, response: Response, why: tuple[str, ...] | None
) -> None:
    one = case(ANN, facts=[["Ann"]], forbidden=["Cid"], abstain=abstain)
    found = reasons(asked(one, response))
    assert found == why if why is not None else len(found) >= 2


def test_an_unanswerable_case_is_right_when_refused() -> None:
    one = case(abstain="must")
    assert reasons(asked(one, answer())) == ()
    assert reasons(asked(one, quote(ANN))) == ("answers, but the documents do not",)


def test_abstentions_are_counted_on_their_own_side() -> None:
    no, yes, either = case(abstain="must"), case(ANN), case(ANN, abstain="may")
    refusal, reply = answer(), quote(ANN)
    assert abstention.abstention_recall(asked(no, refusal)) == 1.0
    assert abstention.abstention_recall(asked(no, reply)) == 0.0
    assert abstention.abstention_recall(asked(yes, refusal)) is None
    assert abstention.answered(asked(yes, refusal)) == 0.0
    rows = [(yes, refusal), (no, refusal), (no, reply), (yes, reply)]
    precision = ratio(np.array([abstention.abstention_row(asked(*row)) for row in rows]))
    assert precision == 1 / 2
    assert abstention.abstention_recall(asked(either, refusal)) is None
    assert abstention.abstention_row(asked(either, refusal)) is None


def test_a_failure_is_no_abstention() -> None:
    failed = Response.failed("timeout")
    assert abstention.abstention_recall(asked(case(abstain="must"), failed)) == 0.0
    assert abstention.abstention_row(asked(case(abstain="must"), failed)) == (0.0, 0.0)
    assert abstention.answered(asked(case(ANN), failed)) == 0.0


def test_where_an_answer_is_optional_it_still_has_to_be_supported() -> None:
    optional = case(abstain="may", forbidden=["cheese"])
    assert reasons(asked(optional, quote(ANN))) == ()
    lie = answer(("Ann stole it.", [BEN]))
    assert reasons(asked(optional, lie)) == ("says what its citations do not",)


ROWS = st.lists(
    st.tuples(st.integers(0, 20).map(lambda n: n / 20), st.booleans()), min_size=2, max_size=60
).filter(lambda rows: len({answerable for _, answerable in rows}) == 2)


@given(ROWS)
def test_auroc_agrees_with_scikit_learn(rows: list[tuple[float, bool]]) -> None:
    confidence, answerable = zip(*rows, strict=True)
    ours = abstention.auroc(np.array(rows, dtype=np.float64))
    assert ours == pytest.approx(roc_auc_score(answerable, confidence), abs=1e-9)


def test_auroc_of_one_kind_alone_is_no_figure() -> None:
    assert abstention.auroc(np.array([[0.5, 1.0], [0.6, 1.0]])) is None


def test_calibration_error_by_hand() -> None:
    """Two bins: mean 0.25 with half answerable (two cases), 0.95 with all (two cases)."""
    rows = np.array([[0.22, 1.0], [0.28, 0.0], [1.0, 1.0], [0.9, 1.0]])
    assert abstention.calibration_error(rows) == pytest.approx((0.25 + 0.05) / 2, abs=1e-12)


def test_the_text_that_counts_is_that_of_the_statements() -> None:
    response = quote(ANN).model_copy(update={"answer": f"{TEXT} [1]"})
    assert answers.said_text(asked(case(ANN), response)) == "ann wrote it in oslo."
