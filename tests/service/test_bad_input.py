"""Whatever is asked wrongly gets the right status and a sentence that says what is wrong."""

from typing import Any

import httpx
import pytest


def problem(response: httpx.Response, status: int) -> str:
    """The detail of a response that must be a problem with this status."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert body["status"] == status
    assert body["title"]
    detail: str = body["detail"]
    assert detail
    assert detail[0].isupper()
    assert detail[-1] in ".!?`"
    return detail


def ask(client: httpx.Client, content: str | bytes) -> httpx.Response:
    headers = {"content-type": "application/json"}
    return client.post("/v1/ask", content=content, headers=headers)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({"question": ""}, "empty"),
        ({"question": " \n\t "}, "empty"),
        ({"question": "a" * 2001}, "longer than 2000"),
        ({}, "missing"),
        ({"question": "Who?", "colour": "red"}, "colour is not a known field"),
        ({"question": 5}, "Question"),
        ({"question": "Who?", "stream": "perhaps"}, "Stream"),
        ({"question": "Who?", "history": [{"role": "system", "content": "x"}]}, "istory.0.role"),
        ({"question": "Who?", "document_ids": []}, "ocument_ids"),
        ({"question": "Who?", "history": [{"role": "user"}]}, "history.0.content is missing"),
        ({"question": None}, "question"),
        ({"question": ["Who?"]}, "question"),
        ([], "body"),
        ("Who?", "body"),
        (None, "body"),
    ],
)
def test_a_wrong_body_is_refused(client: httpx.Client, body: Any, told: str) -> None:
    detail = problem(client.post("/v1/ask", json=body), 422)
    assert told.casefold() in detail.casefold()


@pytest.mark.parametrize(
    "body",
    [
        [],
        {"question": 5},
        {"question": "Who?", "document_ids": []},
        {"question": "Who?", "stream": "perhaps"},
        {"question": "Who?", "history": [{"role": "system", "content": "x"}]},
    ],
)
def test_a_detail_is_written_for_people(client: httpx.Client, body: Any) -> None:
    detail = problem(client.post("/v1/ask", json=body), 422)
    for jargon in ("Input should", "dictionary", "after validation", "unable to interpret"):
        assert jargon not in detail


def test_a_detail_names_fields_as_the_client_writes_them(client: httpx.Client) -> None:
    body = {"question": "Who?", "document_ids": []}
    assert "document_ids" in problem(client.post("/v1/ask", json=body), 422)
    assert "Q is" not in problem(client.get("/v1/search"), 422)


def test_a_body_that_is_not_said_to_be_json_is_told_so(client: httpx.Client) -> None:
    response = client.post("/v1/ask", content=b'{"question": "Who?"}')
    assert "application/json" in problem(response, response.status_code)
    assert response.status_code in (415, 422)


@pytest.mark.parametrize("question", ["who " * 500, "\U0001f600" * 2000, "  Who?" + " " * 3000])
def test_the_longest_question_is_answered(client: httpx.Client, question: str) -> None:
    assert client.post("/v1/ask", json={"question": question}).status_code == 200


@pytest.mark.parametrize(
    "content", [b"{", b'{"question": "Who?"', b"\xff\xfe", b'{"question": "\xff"}', b"[" * 99_999]
)
def test_malformed_json_is_refused(client: httpx.Client, content: bytes) -> None:
    problem(ask(client, content), 400)


def test_a_request_without_a_body_is_refused(client: httpx.Client) -> None:
    assert "body is missing" in problem(client.post("/v1/ask"), 422)


@pytest.mark.parametrize(
    "question", ["a\\u0000b", "\\u0000", "\\u202e reversed", "\\ud83d\\ude00", "\\u200b", "... ???"]
)
def test_odd_characters_are_a_question_like_any_other(client: httpx.Client, question: str) -> None:
    assert ask(client, f'{{"question": "{question}"}}').status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        '{"question": "\\ud800 lone"}',
        '{"question": "Why?", "history": [{"role": "user", "content": "\\ud800"}]}',
        '{"question": "Who?", "document_ids": ["\\ud800"]}',
        '{"question": "Who?", "document_ids": ["\\ud800"], "stream": true}',
    ],
)
def test_half_a_character_is_refused(client: httpx.Client, body: str) -> None:
    problem(ask(client, body), 422)


@pytest.mark.parametrize(
    "document_id", ["unknown", "%00", "..%2f..", "../", "a" * 3000, "%F0%9F%98%80", "%ff", "'--"]
)
def test_an_unknown_document_is_not_found(client: httpx.Client, document_id: str) -> None:
    problem(client.get(f"/v1/documents/{document_id}"), 404)


@pytest.mark.parametrize(
    "path",
    [
        "/v1/search",
        "/v1/search?q=",
        "/v1/search?q=%20",
        "/v1/search?q=" + "a" * 2001,
        "/v1/search?q=x&limit=0",
        "/v1/search?q=x&limit=51",
        "/v1/documents?limit=0",
        "/v1/documents?limit=1001",
        "/v1/documents?offset=-1",
        "/v1/documents?limit=many",
        "/v1/documents?offset=99999999999999999999",
    ],
)
def test_limits_are_kept(client: httpx.Client, path: str) -> None:
    problem(client.get(path), 422)


@pytest.mark.parametrize(
    "path", ["/v1/search?q=x&limit=50", "/v1/search?q=%00", "/v1/documents?limit=1000&offset=9"]
)
def test_what_is_within_the_limits_is_answered(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    "path", ["/v1/nothing", "/nothing", "/static/nothing.js", "/static/..%2fsettings.py"]
)
def test_an_unknown_path_is_not_found(client: httpx.Client, path: str) -> None:
    problem(client.get(path), 404)


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/v1/ask"), ("PUT", "/v1/ask"), ("POST", "/")]
)
def test_a_wrong_method_is_told_the_right_one(client: httpx.Client, method: str, path: str) -> None:
    response = client.request(method, path)
    allowed = response.headers["allow"]
    assert problem(response, 405) == f"This path takes {allowed}, not {method}."
