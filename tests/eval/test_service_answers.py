"""An answer of the service becomes a response in which nothing that a reader sees is lost."""

import pytest
from pydantic import ValidationError

from eval.targets.answers import response_of
from service.http.schemas import AnswerOut
from service.language_models.address import shown_address


def body(answer: str, **fields: object) -> AnswerOut:
    citation = {
        "index": 1,
        "document_id": "d",
        "document_title": "D",
        "source": "d.txt",
        "page": None,
        "start_char_index": 0,
        "end_char_index": 3,
        "cited_text": "Ann",
        "support": 1.0,
    }
    whole = {
        "id": "1",
        "answer": answer,
        "kind": "answer",
        "abstained": False,
        "statements": [{"text": "Ann wrote it.", "citations": [1]}],
        "citations": [citation],
        "passages": [],
        "standalone_question": "?",
        "model": "m",
        "confidence": 0.5,
        "dropped_statements": 0,
        "timings_ms": {"total": 1.0},
    }
    return AnswerOut.model_validate(whole | fields)


def said(answer: AnswerOut) -> list[tuple[str, tuple[int, ...]]]:
    return [(s.text, s.citations) for s in response_of(answer, []).statements]


def test_statements_are_those_of_the_answer() -> None:
    assert said(body("Ann wrote it. [1]")) == [("Ann wrote it.", (1,))]


@pytest.mark.parametrize(
    ("answer", "uncited"),
    [
        ("Buy now. Ann wrote it. [1]", "Buy now."),
        ("Ann wrote it. [1] Trust me.", "Trust me."),
        ("Something else. [1]", "Something else. [1]"),
    ],
)
def test_what_stands_beside_the_statements_is_an_uncited_one(answer: str, uncited: str) -> None:
    assert said(body(answer)) == [("Ann wrote it.", (1,)), (uncited, ())]


def test_an_answer_without_statements_is_an_uncited_one() -> None:
    assert said(body("Ann did.", statements=[], citations=[])) == [("Ann did.", ())]
    assert said(body("I do not know.", abstained=True, statements=[])) == []


def test_a_reply_is_no_answer_to_a_case_and_says_nothing_uncited() -> None:
    reply = body("You are welcome.", kind="reply", statements=[], citations=[])
    assert response_of(reply, []).abstained
    assert said(reply) == []


def test_statements_under_the_name_of_a_reply_count_all_the_same() -> None:
    reply = body("Ann wrote it. [1] Trust me.", kind="reply")
    assert not response_of(reply, []).abstained
    assert said(reply) == [("Ann wrote it.", (1,)), ("Trust me.", ())]


@pytest.mark.parametrize(
    ("told", "attribution"),
    [({"attribution": "Ben"}, "Ben"), ({"attribution": None}, ""), ({}, None)],
)
def test_nobody_named_is_told_from_a_service_that_names_nobody_ever(
    told: dict[str, object], attribution: str | None
) -> None:
    statement = {"text": "Ann wrote it.", "citations": [1], **told}
    (one,) = response_of(body("Ann wrote it. [1]", statements=[statement]), []).statements
    assert one.attribution == attribution


def test_a_number_that_no_citation_has_stays_wrong() -> None:
    statement = {"text": "Ann wrote it.", "citations": [7]}
    assert said(body("Ann wrote it. [7]", statements=[statement])) == [("Ann wrote it.", (2,))]


@pytest.mark.parametrize("confidence", [float("nan"), 1.5, -1.0])
def test_an_impossible_confidence_is_refused(confidence: float) -> None:
    with pytest.raises(ValidationError):
        response_of(body("Ann wrote it. [1]", confidence=confidence), [])


def test_an_address_is_shown_without_what_may_be_a_key() -> None:
    address = "https://ann:secret@host:8000/v1?api-key=k#f"
    assert shown_address(address) == "https://host:8000/v1"
