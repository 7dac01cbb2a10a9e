"""`POST /v1/ask` of a real server over the seed article."""

import json
from types import NoneType
from typing import Any

import httpx
import pytest

WHO = "Who released the report on forced labor in Xinjiang and Tibet?"


def ask(client: httpx.Client, question: str, **more: Any) -> dict[str, Any]:
    response = client.post("/v1/ask", json={"question": question, **more})
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    return body


def events(client: httpx.Client, question: str) -> list[tuple[str, Any]]:
    body = {"question": question, "stream": True}
    with client.stream("POST", "/v1/ask", json=body) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        text = response.read().decode()
    found = []
    for part in text.strip().split("\n\n"):
        lines = dict(line.split(": ", 1) for line in part.split("\n"))
        found.append((lines["event"], json.loads(lines["data"])))
    return found


def without_times(answer: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in answer.items() if key not in ("id", "timings_ms")}


def test_the_answer_cites_the_sentence_that_names_the_author(client: httpx.Client) -> None:
    answer = ask(client, WHO)
    assert not answer["abstained"]
    assert answer["kind"] == "answer"
    assert any("Tomoya Obokata" in citation["cited_text"] for citation in answer["citations"])


@pytest.mark.parametrize(
    "question",
    [WHO, "Is there forced labor in Xinjiang?", "What are special rapporteurs?", "Who is Chen Xu?"],
)
def test_every_citation_is_the_document_at_its_offsets(client: httpx.Client, question: str) -> None:
    answer = ask(client, question)
    assert answer["citations"]
    for citation in answer["citations"]:
        document = client.get(f"/v1/documents/{citation['document_id']}").json()
        start, end = citation["start_char_index"], citation["end_char_index"]
        assert document["text"][start:end] == citation["cited_text"]
    for passage in answer["passages"]:
        document = client.get(f"/v1/documents/{passage['document_id']}").json()
        start, end = passage["start_char_index"], passage["end_char_index"]
        assert document["text"][start:end] == passage["text"]


def test_every_statement_has_footnotes_and_they_stand_in_the_text(client: httpx.Client) -> None:
    answer = ask(client, WHO)
    numbers = [citation["index"] for citation in answer["citations"]]
    assert numbers == list(range(1, len(numbers) + 1))
    told = []
    for statement in answer["statements"]:
        assert statement["citations"]
        marks = "".join(f"[{number}]" for number in statement["citations"])
        told.append(f"{statement['text']} {marks}")
    assert answer["answer"] == " ".join(told)


@pytest.mark.parametrize(
    "question", ["What is the population of Xinjiang?", "Who won the 2022 World Cup?"]
)
def test_what_the_documents_do_not_say_is_an_abstention(
    client: httpx.Client, question: str
) -> None:
    answer = ask(client, question)
    assert answer["abstained"]
    assert answer["kind"] == "abstention"
    assert answer["statements"] == []
    assert answer["citations"] == []
    assert "did not find" in answer["answer"]
    assert answer["passages"]


ANSWER = {
    "id": str,
    "answer": str,
    "kind": str,
    "abstained": bool,
    "statements": list,
    "citations": list,
    "passages": list,
    "standalone_question": str,
    "model": str,
    "timings_ms": dict,
}
CITATION = {
    "index": int,
    "document_id": str,
    "document_title": str,
    "source": str,
    "page": NoneType,  # plain text has no pages
    "start_char_index": int,
    "end_char_index": int,
    "cited_text": str,
    "support": float,
}
PASSAGE = {
    "passage_id": str,
    "document_id": str,
    "document_title": str,
    "start_char_index": int,
    "end_char_index": int,
    "text": str,
    "score": float,
}


def has_types(body: dict[str, Any], types: dict[str, type]) -> bool:
    return all(name in body and type(body[name]) is kind for name, kind in types.items())


@pytest.mark.parametrize("question", [WHO, "Who won the 2022 World Cup?"])
def test_the_answer_has_the_fields_of_the_contract(client: httpx.Client, question: str) -> None:
    answer = ask(client, question)
    assert has_types(answer, ANSWER)
    assert all(has_types(s, {"text": str, "citations": list}) for s in answer["statements"])
    assert all(has_types(citation, CITATION) for citation in answer["citations"])
    assert all(has_types(passage, PASSAGE) for passage in answer["passages"])
    assert answer["standalone_question"] == question
    assert answer["model"] == "extractive"
    assert set(answer["timings_ms"]) == {"retrieve", "answer", "verify", "total"}
    scores = [passage["score"] for passage in answer["passages"]]
    assert scores == sorted(scores, reverse=True)


def test_a_citation_names_its_document_and_source(client: httpx.Client) -> None:
    (document,) = client.get("/v1/documents").json()["documents"]
    for citation in ask(client, WHO)["citations"]:
        assert citation["document_title"] == document["title"]
        assert citation["source"] == document["source"] == "000_e46236c0ade62aad.txt"
        assert citation["support"] == 1  # the statement is the words


@pytest.mark.parametrize("question", ["of the and", "Who is it?", "Why?", "???"])
def test_a_question_without_a_word_of_its_own_is_an_abstention(
    client: httpx.Client, question: str
) -> None:
    assert ask(client, question)["abstained"]


@pytest.mark.parametrize(
    "question", [WHO, "Who won the 2022 World Cup?", "Thank you!", "Summarise the article"]
)
def test_a_stream_tells_the_same_as_the_whole_answer(client: httpx.Client, question: str) -> None:
    told = events(client, question)
    whole = ask(client, question)
    names = [name for name, _ in told]
    assert names == ["passages", *["statement"] * len(whole["statements"]), "done"]
    assert without_times(told[-1][1]) == without_times(whole)
    for (_, streamed), statement in zip(told[1:-1], whole["statements"], strict=True):
        assert streamed["text"] == statement["text"]
        assert [citation["index"] for citation in streamed["citations"]] == statement["citations"]


def test_a_follow_up_is_understood_from_its_history(client: httpx.Client) -> None:
    history = [
        {"role": "user", "content": "Who is the foreign ministry spokesperson of China?"},
        {"role": "assistant", "content": "Wang Wenbin. [1]"},
    ]
    answer = ask(client, "Whom did he criticize?", history=history)
    assert answer["standalone_question"] == "Whom did Wang Wenbin criticize?"


def test_document_ids_limit_the_answer(client: httpx.Client) -> None:
    (document,) = client.get("/v1/documents").json()["documents"]
    assert ask(client, WHO, document_ids=[document["document_id"]])["citations"]
    elsewhere = ask(client, WHO, document_ids=["0" * 16])
    assert elsewhere["abstained"]
    assert elsewhere["passages"] == []


def test_search_gives_passages_best_first(client: httpx.Client) -> None:
    found = client.get("/v1/search", params={"q": "ratified conventions", "limit": 3}).json()
    assert len(found["passages"]) == 3
    assert "atif" in found["passages"][0]["text"]
    scores = [passage["score"] for passage in found["passages"]]
    assert scores == sorted(scores, reverse=True)
