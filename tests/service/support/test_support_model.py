"""The support model runs an exported cross-encoder; a pair is read alike in any company."""

from pathlib import Path

import pytest

from eval.training.export_support import main as export_support
from ingest.errors import ModelError
from service.answering.support.pair import MOST_STATEMENT_TOKENS, MOST_TOKENS, Pair
from service.answering.support.trained import TrainedChecker
from service.answering.support.trained_model import SupportModel
from service.answering.support.verdict import Evidence
from tests.service.small_bert import small_bert

STATEMENT = "The old lamp was put out by the wind."
EVIDENCE = ["Wind put out the old lamp in the night.", "It is old.", "word " * 2000]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A support model of two small layers with random weights, exported as the real one is."""
    from transformers import BertForTokenClassification

    made = tmp_path_factory.mktemp("trained")
    small_bert(BertForTokenClassification, 2, made).save_pretrained(made)
    out = tmp_path_factory.mktemp("exported")
    export_support(str(made), str(out))
    return out


def supports(model: SupportModel, statement: str, evidence: list[str]) -> list[float]:
    return [reading.support for reading in model.read(statement, evidence)]


def test_a_pair_is_read_the_same_alone_and_among_others(folder: Path) -> None:
    together = supports(SupportModel(folder), STATEMENT, EVIDENCE)
    alone = SupportModel(folder)
    assert together == [supports(alone, STATEMENT, [one])[0] for one in EVIDENCE]
    assert len(set(together)) == 3
    assert all(0 < one < 1 for one in together)
    assert alone.read(STATEMENT, []) == []


def test_texts_of_any_length_are_read(folder: Path) -> None:
    for statement in ("", "\u200b", "word " * 5000):
        assert len(SupportModel(folder).read(statement, ["", *EVIDENCE])) == 4


def test_a_folder_without_a_support_model_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no support model"):
        SupportModel(tmp_path)


def test_the_model_decides_what_the_rules_leave_open(folder: Path) -> None:
    evidence = [Evidence(text) for text in EVIDENCE]
    read = supports(SupportModel(folder), STATEMENT, EVIDENCE)
    ready = TrainedChecker(SupportModel(folder), threshold=sorted(read)[1])
    ready.warm_up()
    verdicts = ready.check(STATEMENT, evidence)
    assert [one.support for one in verdicts] == read
    assert [one.supported for one in verdicts] == [p >= sorted(read)[1] for p in read]
    assert {one.reason for one in verdicts} == {"", "the cited sentences do not say so"}


def test_the_rules_go_before_the_model(folder: Path) -> None:
    for threshold in (0.0, 1.0):
        checker = TrainedChecker(SupportModel(folder), threshold)
        whole, other = checker.check("It has 9 lamps.", [Evidence("It has 9 lamps."), Evidence("")])
        assert (whole.support, whole.supported, whole.reason) == (1.0, True, "")
        assert other.support <= 0.05
        assert (other.supported, other.reason) == (
            False,
            "the number 9 is not in the cited sentences",
        )
    assert checker.check(STATEMENT, []) == []


def test_a_pair_holds_the_statement_and_as_much_evidence_as_fits() -> None:
    pair = Pair.of([5, 6, 7], [8, 9], 1, 2)
    assert pair.ids == [1, 5, 6, 7, 2, 8, 9, 2]
    assert pair.types == [0, 0, 0, 0, 0, 1, 1, 1]
    assert [pair.ids[place] for place in pair.statement] == [5, 6, 7]
    long = Pair.of([5] * 500, [8] * 500, 1, 2)
    assert len(long.ids) == len(long.types) == MOST_TOKENS
    assert len(long.statement) == MOST_STATEMENT_TOKENS
    assert long.ids[-1] == 2
