"""The support model that comes with the project is the one of its model card, and tells."""

import pytest

from service.answering.support.trained import TrainedChecker
from service.answering.support.trained_model import SupportModel, together
from service.answering.support.verdict import Evidence

EVIDENCE = Evidence(
    "The old lamp of Lissen harbour was rebuilt in 1931 by Ann Brandt, after a storm had broken it."
)


@pytest.fixture(scope="module")
def checker() -> TrainedChecker:
    return TrainedChecker(SupportModel())


@pytest.mark.parametrize(
    "statement",
    [
        "Ann Brandt rebuilt the old lamp of Lissen harbour in 1931.",
        "In 1931 the lamp was rebuilt by Ann Brandt.",
        "A storm had broken the lamp.",
    ],
)
def test_other_words_for_the_same_are_supported(checker: TrainedChecker, statement: str) -> None:
    (verdict,) = checker.check(statement, [EVIDENCE])
    assert verdict.supported, verdict


@pytest.mark.parametrize(
    "statement",
    [
        "Ann Brandt rebuilt the old lamp of Lissen harbour in 1932.",
        "Jon Brandt rebuilt the old lamp of Lissen harbour in 1931.",
        "The old lamp of Lissen harbour was not rebuilt.",
        "The harbour has nine boats and a school.",
        "The lamp was rebuilt in 1931, and the town paid for a new school.",
        "Lamp the of was by old harbour in rebuilt.",
    ],
)
def test_what_is_changed_or_added_is_not(checker: TrainedChecker, statement: str) -> None:
    (verdict,) = checker.check(statement, [EVIDENCE])
    assert not verdict.supported
    assert verdict.reason


def test_pieces_of_evidence_bear_out_together_what_none_does_alone() -> None:
    statement = "The lamp was rebuilt in 1931, and the school was opened in May."
    read = SupportModel().read(
        statement, ["The lamp was rebuilt in 1931.", "The school was opened in May."]
    )
    assert together(read).coverage > max(one.coverage for one in read)
