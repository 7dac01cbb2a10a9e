"""Any cross-encoder for natural language inference checks support, with the rules before it."""

import math
from pathlib import Path

import numpy as np
import pytest

from ingest.embedding.weights import locate
from ingest.errors import ModelError
from ingest.settings import DEFAULT_MODEL
from service.answering.support.nli import EntailmentChecker
from service.answering.support.verdict import Evidence
from tests.service.cross_encoders import saved_cross_encoder

STATEMENT = "The old lamp was put out by the wind."
EVIDENCE = [
    Evidence("Wind put out the old lamp in the night, and nobody lit it again.", "The lamp."),
    Evidence("The old lamp is kept by the town."),
]


def logits(folder: str) -> np.ndarray:
    """What the library gives for the pairs of evidence and statement."""
    from sentence_transformers import CrossEncoder
    from torch.nn import Identity

    pairs = [(one.text, STATEMENT) for one in EVIDENCE]
    return np.asarray(CrossEncoder(folder).predict(pairs, activation_fn=Identity()))


@pytest.mark.parametrize(
    ("labels", "entailed"),
    [
        (["contradiction", "entailment", "neutral"], 1),
        (["ENTAILMENT", "NEUTRAL", "CONTRADICTION"], 0),
        (["neutral", "contradiction", "Entailment"], 2),
        (["not_entailment", "entailment"], 1),
    ],
)
def test_the_probability_of_entailment_is_the_support(
    labels: list[str], entailed: int, tmp_path: Path
) -> None:
    folder = saved_cross_encoder(tmp_path, len(labels), labels=labels)
    checker = EntailmentChecker(folder, threshold=0.0)
    checker.warm_up()
    assert checker.prompts == {}
    powers = np.exp(logits(folder).astype(np.float64))
    expected = powers[:, entailed] / powers.sum(axis=1)
    verdicts = checker.check(STATEMENT, EVIDENCE)
    assert [one.support for one in verdicts] == pytest.approx(list(expected), abs=1e-7)
    assert all(one.supported and not one.reason for one in verdicts)
    assert expected[0] != pytest.approx(expected[1], abs=1e-7)


def test_a_model_of_one_output_gives_a_probability(tmp_path: Path) -> None:
    folder = saved_cross_encoder(tmp_path, 1)
    expected = [1 / (1 + math.exp(-float(logit))) for logit in logits(folder)]
    verdicts = EntailmentChecker(folder, threshold=1.0).check(STATEMENT, EVIDENCE)
    assert [one.support for one in verdicts] == pytest.approx(expected, abs=1e-7)
    assert {(one.supported, one.reason) for one in verdicts} == {
        (False, "the cited sentences do not say so")
    }


def test_the_rules_hold_besides(tmp_path: Path) -> None:
    checker = EntailmentChecker(saved_cross_encoder(tmp_path, 1), threshold=0.0)
    whole, other = checker.check("It has 9 lamps.", [Evidence("It has 9 lamps."), Evidence("No.")])
    assert (whole.support, whole.supported) == (1.0, True)
    assert (other.support, other.supported) == (0.0, False)
    assert other.reason == "the number 9 is not in the cited sentences"
    assert checker.check(STATEMENT, []) == []


def test_evidence_longer_than_the_model_reads_is_checked(tmp_path: Path) -> None:
    checker = EntailmentChecker(saved_cross_encoder(tmp_path, 1))
    (verdict,) = checker.check(STATEMENT, [Evidence("The old wind blew. " * 1000)])
    assert 0 < verdict.support < 1


def test_a_model_that_cannot_check_is_refused(tmp_path: Path) -> None:
    remedy = ": set FOOTNOTE_SUPPORT to trained, judge, or the name or folder of another"
    missing = str(tmp_path / "missing")
    for name, reason in [
        (missing, "cannot be loaded"),
        (locate(DEFAULT_MODEL), "is no cross-encoder"),
        (saved_cross_encoder(tmp_path / "a", 3), "has no label for entailment among its own"),
        (
            saved_cross_encoder(tmp_path / "b", 2, labels=["entailment", "Entails"]),
            r"among its own \(entailment, Entails\)",
        ),
    ]:
        with pytest.raises(ModelError, match=f"the support model .*{reason}.*{remedy}") as raised:
            EntailmentChecker(name)
        assert "\n" not in str(raised.value)


def test_a_model_that_gives_no_numbers_is_said_so(tmp_path: Path) -> None:
    checker = EntailmentChecker(saved_cross_encoder(tmp_path, 1, broken=True))
    with pytest.raises(ModelError, match=r"the support model .* gives scores that are no numbers"):
        checker.check(STATEMENT, EVIDENCE)
