"""Labels are read, and a judge's agreement with them counted."""

import io
import json
from collections import Counter
from pathlib import Path

import pytest
from rich.console import Console

from eval.judges.agreement import agreement, show_agreement
from eval.judges.labels import Labelled, LabelsError, load_labels
from eval.judges.local import LocalJudge
from tests.conftest import ROOT, SEEDS

LABELS = ROOT / "eval" / "suites" / "judge_labels.jsonl"


class Scripted:
    """Gives the score that the statement says."""

    name = "scripted"

    def supports(self, statement: str, evidence: str) -> float:
        return float(statement)


def labelled(score: str, supported: bool, kind: str = "") -> Labelled:
    return Labelled(statement=score, evidence="e", supported=supported, kind=kind)


def wice(label: str, supporting: list[list[int]]) -> str:
    evidence = ["Boats are red.", "Boats sail the sea.", "Tea is hot.", "The sea has red boats."]
    row = {"claim": "Red boats sail the sea.", "evidence": evidence, "label": label}
    return json.dumps(row | {"supporting_sentences": supporting, "meta": {}})


def test_figures_are_those_of_the_definitions() -> None:
    pairs = [("0.9", True), ("0.5", True), ("0.1", True), ("0.8", False), ("0.2", False)]
    found = agreement(Scripted(), [labelled(*pair) for pair in pairs])
    assert found.n == 5
    assert found.accuracy == pytest.approx(3 / 5)
    assert [found.precision, found.recall, found.f1] == pytest.approx([2 / 3] * 3)
    assert found.auroc == pytest.approx(3 / 6)
    assert found.kappa == pytest.approx((0.6 - 0.52) / (1 - 0.52))
    assert [one.score for one in found.disagreements] == [0.1, 0.8]


def test_what_cannot_be_counted_is_none() -> None:
    found = agreement(Scripted(), [labelled("0.1", False)])
    assert (found.accuracy, found.precision, found.recall, found.auroc) == (1.0, None, None, None)
    assert agreement(Scripted(), []).accuracy is None


def test_the_table_has_kinds_and_disagreements_with_brackets_as_they_are() -> None:
    console = Console(width=120, record=True, file=io.StringIO())
    pairs = [labelled("0.9", True, "verbatim"), labelled("0.9", False, "date [x]")]
    show_agreement(agreement(Scripted(), pairs), console, disagreements=True)
    shown = console.export_text()
    assert "accuracy" in shown and "0.500" in shown
    assert "verbatim" in shown and "date [x]" in shown
    assert "0 of 1" in shown and "1 of 1" in shown
    assert "not supported (date [x]), judged 0.90" in shown


def test_wice_claims_get_the_sentences_that_a_footnote_would_have(tmp_path: Path) -> None:
    path = tmp_path / "wice.jsonl"
    rows = [
        wice("supported", [[0, 1], [0, 1, 3]]),
        wice("not_supported", [[], [2]]),
        wice("not_supported", [[]]),
        wice("partially_supported", [[1]]),
    ]
    path.write_text("\n".join(rows) + "\n")
    shown = [one.evidence.split("\n") for one in load_labels(path)]
    assert shown[0] == ["Boats are red.", "Boats sail the sea."]
    assert shown[1] == ["Tea is hot."]
    assert shown[2] == ["Boats are red.", "Boats sail the sea.", "The sea has red boats."]
    assert [one.supported for one in load_labels(path)] == [True, False, False, False]
    assert len(load_labels(path, partial=False)) == 3
    assert {one.evidence.count("\n") for one in load_labels(path, shown="all")} == {3}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "line 2: not JSON"),
        ('{"statement": "a", "evidence": "b"}', "line 2: supported: Field required"),
        ('{"statement": "a", "evidence": "b", "supported": "yes"}', "line 2: supported: .*bool"),
        ('{"statement": "", "evidence": "b", "supported": true}', "line 2: statement: "),
        ('{"claim": "a", "evidence": [], "label": "supported"}', "line 2: evidence: "),
        ("[]", "line 2: the line: "),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "labels.jsonl"
    path.write_text('{"statement": "a", "evidence": "b", "supported": true}\n' + line + "\n")
    with pytest.raises(LabelsError, match=message):
        load_labels(path)


def test_a_file_that_is_missing_or_empty_is_named(tmp_path: Path) -> None:
    with pytest.raises(LabelsError, match=r"none\.jsonl cannot be read"):
        load_labels(tmp_path / "none.jsonl")
    (tmp_path / "empty.jsonl").touch()
    with pytest.raises(LabelsError, match="holds no labels"):
        load_labels(tmp_path / "empty.jsonl")


def test_the_labels_here_are_balanced_and_of_the_document() -> None:
    labels = load_labels(LABELS)
    assert len(labels) >= 60
    assert Counter(one.supported for one in labels)[True] * 2 == len(labels)
    assert len({(one.statement, one.evidence) for one in labels}) == len(labels)
    (article,) = (" ".join(path.read_text("utf-8").split()) for path in SEEDS.glob("*.txt"))
    for one in labels:
        assert one.kind
        assert all(part in article for part in _sentences(one.evidence, article)), one.evidence


def test_the_local_judge_is_right_where_words_decide() -> None:
    kinds = agreement(LocalJudge(), load_labels(LABELS)).by_kind()
    sure = ["verbatim", "trimmed", "number", "date", "name", "roles swapped", "negation added"]
    wrong = {key for key, (right, of) in kinds.items() if key[0] in sure and right < of}
    assert not wrong


def _sentences(evidence: str, article: str) -> list[str]:
    """The evidence as the article has it: in one piece, or as two pieces that stand apart."""
    words = evidence.split(" ")
    cuts = ((" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words)) if words[n:])
    if evidence in article:
        return [evidence]
    return list(next((cut for cut in cuts if all(part in article for part in cut)), (evidence,)))
