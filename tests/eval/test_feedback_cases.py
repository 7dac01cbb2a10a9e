"""Feedback on answers becomes drafts of cases for a person to confirm."""

import json
from pathlib import Path
from typing import Any

import pytest

from eval.cases.case import Case
from eval.cases.feedback import feedback_cases
from eval.cases.files import CaseError, load_cases, save_cases


def cited(index: int, words: str, start: int) -> dict[str, Any]:
    return {
        "index": index,
        "source": "lamp.txt",
        "cited_text": words,
        "start_char_index": start,
        "end_char_index": start + len(words),
    }


ANSWER = {
    "id": "1",
    "abstained": False,
    "statements": [
        {"text": "It was lit in 1947.", "citations": [1, 2]},
        {"text": "Ann lit it.", "citations": [2]},
        {"text": "She was first.", "citations": [2]},
    ],
    "citations": [cited(1, "lit in 1947", 10), cited(2, "Ann Reed lit", 50)],
}
ABSTENTION = {"abstained": True, "statements": [], "citations": []}


def record(**fields: object) -> dict[str, Any]:
    usual = {"answer_id": "1", "question": "When was it lit?", "history": [], "rating": "up"}
    return usual | {"comment": "", "created": "2025-03-01T10:00:00Z", "response": ANSWER} | fields


def drafts(folder: Path, *records: object) -> list[Case]:
    path = folder / "feedback.jsonl"
    path.write_text("\n".join(map(json.dumps, records)))
    return feedback_cases(path)


def test_a_good_answer_has_its_citations_as_gold(tmp_path: Path) -> None:
    (case,) = drafts(tmp_path, record())
    assert [[(one.words, one.start) for one in group] for group in case.gold] == [
        [("lit in 1947", 10), ("Ann Reed lit", 50)],
        [("Ann Reed lit", 50)],
    ]
    assert (case.id, case.facts, case.abstain) == ("feedback-1", (), "never")
    assert case.tags == ("feedback", "draft")


def test_a_bad_answer_has_its_sentences_forbidden(tmp_path: Path) -> None:
    (case,) = drafts(tmp_path, record(rating="down", comment="Bob lit it"))
    assert case.forbidden == ("It was lit in 1947.", "Ann lit it.", "She was first.")
    assert (case.gold, case.abstain, case.note) == ((), "may", "Bob lit it")


def test_abstentions_are_right_or_leave_a_fact_to_fill_in(tmp_path: Path) -> None:
    good = record(response=ABSTENTION, question="Why?")
    bad = record(response=ABSTENTION, answer_id="2", rating="down")
    right, wrong = drafts(tmp_path, good, bad)
    assert right.abstain == "must" and not right.facts
    assert wrong.abstain == "never" and wrong.facts[0][0].startswith("TODO")
    save_cases([right, wrong], tmp_path / "drafts.yaml")
    assert load_cases(tmp_path / "drafts.yaml") == [right, wrong]


def test_the_latest_feedback_on_a_question_counts(tmp_path: Path) -> None:
    latest = record(
        created="2025-03-01T12:00:00+01:00", answer_id="2", question="when was  it lit?"
    )
    before = record(created="2025-03-01T10:59:59", rating="down")
    elsewhere = record(history=[{"role": "user", "content": "The lamp."}], answer_id="3")
    cases = drafts(tmp_path, latest, before, elsewhere)
    assert [case.id for case in cases] == ["feedback-2", "feedback-3"]


def test_lines_that_are_no_feedback_are_all_named(tmp_path: Path) -> None:
    statement = {"text": "So.", "citations": [7]}
    with pytest.raises(CaseError) as raised:
        drafts(
            tmp_path,
            record(rating="fine"),
            record(response=ANSWER | {"statements": [statement]}),
            [],
            {"question": "?"},
        )
    told = str(raised.value)
    assert "feedback.jsonl:1: rating: should be 'up' or 'down', not 'fine'" in told
    assert "feedback.jsonl:2: response: a statement cites [7], which is no citation's" in told
    assert "feedback.jsonl:4: answer_id: is missing" in told
    (tmp_path / "feedback.jsonl").write_text("")
    with pytest.raises(CaseError, match="holds no feedback"):
        feedback_cases(tmp_path / "feedback.jsonl")
