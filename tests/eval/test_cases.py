"""Case files are read with errors that name the line, and gold words are found in documents."""

import json
from pathlib import Path

import pytest

from eval.cases import CaseError, gold_spans, load_cases
from ingest.index.opening import open_index
from tests.conftest import ROOT

CASES = ROOT / "eval" / "cases" / "seeds.jsonl"
CASE = {"id": "a", "question": "Who?", "document": "a.txt", "gold": ["Ann"]}


def test_the_shipped_cases_have_their_gold_words_in_the_article(seeds_index: Path) -> None:
    index = open_index(str(seeds_index))
    documents = {r.source: index.document(r.document_id) for r in index.all_records()}
    cases = load_cases(CASES)
    assert len(cases) >= 40
    for case in cases:
        if case.document:
            assert gold_spans(case, documents[case.document])


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "2: not valid JSON"),
        ('{"id": "b"}', "2: question"),
        (json.dumps(CASE), "2: the id 'a' stands twice"),
        (json.dumps(CASE | {"id": "b", "gold": []}), "2: case"),
        (json.dumps(CASE | {"id": "b", "colour": "red"}), "2: colour"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, told: str) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text(json.dumps(CASE) + "\n" + line + "\n")
    with pytest.raises(CaseError, match=told):
        load_cases(path)


def test_a_missing_or_empty_file_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="cannot be read"):
        load_cases(tmp_path / "none.jsonl")
    (tmp_path / "empty.jsonl").write_text("\n")
    with pytest.raises(CaseError, match="no cases"):
        load_cases(tmp_path / "empty.jsonl")
