"""Whatever is asked wrongly gets the right status and a sentence that says what is wrong."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from ingest.run import run
from ingest.settings import IngestSettings
from tests.conftest import SEEDS, serving


def problem(response: httpx.Response, status: int) -> str:
    """The detail of a response that must be a problem with this status."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert body["status"] == status
    assert body["title"]
    detail: str = body["detail"]
    assert detail
    assert detail[0].isupper() or not detail[0].isalpha()
    return detail


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
        ([], "body"),
    ],
)
def test_a_wrong_body_is_refused(client: httpx.Client, body: Any, told: str) -> None:
    detail = problem(client.post("/v1/ask", json=body), 422)
    assert told.casefold() in detail.casefold()


def test_the_longest_question_is_answered(client: httpx.Client) -> None:
    response = client.post("/v1/ask", json={"question": "who " * 500})
    assert response.status_code == 200


@pytest.mark.parametrize("content", [b"{", b"", b'{"question": "Who?"', b"\xff\xfe"])
def test_malformed_json_is_refused(client: httpx.Client, content: bytes) -> None:
    headers = {"content-type": "application/json"}
    response = client.post("/v1/ask", content=content, headers=headers)
    assert response.status_code in (400, 422)
    problem(response, response.status_code)


@pytest.mark.parametrize(
    "question", ["a\\u0000b", "\\ud800 lone", "\\u202e reversed", "\\ud83d\\ude00", "... ???"]
)
def test_odd_characters_never_break_the_service(client: httpx.Client, question: str) -> None:
    headers = {"content-type": "application/json"}
    content = f'{{"question": "{question}"}}'.encode()
    response = client.post("/v1/ask", content=content, headers=headers)
    assert response.status_code in (200, 400, 422), response.text


@pytest.mark.parametrize(
    "document_id", ["nosuchdocument", "%00", "%2e%2e%2fetc", "a" * 3000, "%F0%9F%98%80", "'--"]
)
def test_an_unknown_document_is_not_found(client: httpx.Client, document_id: str) -> None:
    problem(client.get(f"/v1/documents/{document_id}"), 404)


@pytest.mark.parametrize(
    "path",
    [
        "/v1/search",
        "/v1/search?q=",
        "/v1/search?q=x&limit=0",
        "/v1/search?q=x&limit=1000",
        "/v1/documents?limit=0",
        "/v1/documents?limit=1001",
        "/v1/documents?offset=-1",
        "/v1/documents?limit=many",
    ],
)
def test_limits_are_kept(client: httpx.Client, path: str) -> None:
    problem(client.get(path), 422)


def test_unknown_paths_and_methods_are_problems(client: httpx.Client) -> None:
    problem(client.get("/v1/nothing"), 404)
    problem(client.get("/v1/ask"), 405)
    problem(client.get("/static/../settings.py"), 404)


def test_without_an_index_the_service_waits_for_one(tmp_path: Path) -> None:
    place = tmp_path / "index"
    with serving(place) as client:
        assert client.get("/healthz").status_code == 200
        assert "python -m ingest" in problem(client.get("/readyz"), 503)
        problem(client.post("/v1/ask", json={"question": "Who?"}), 503)
        assert not place.exists()
        run(IngestSettings(index=str(place)), [str(SEEDS)])
        assert client.get("/readyz").json()["documents"] == 1
        assert client.post("/v1/ask", json={"question": "Who?"}).status_code == 200


def test_a_document_added_while_serving_is_found(tmp_path: Path, folder: Path) -> None:
    place = tmp_path / "index"
    run(IngestSettings(index=str(place)), [str(SEEDS)])
    question = {"question": "How tall is the lighthouse of Brimholm?"}
    with serving(place) as client:
        assert client.post("/v1/ask", json=question).json()["abstained"]
        (folder / "light.txt").write_text("The lighthouse of Brimholm is 47 metres tall.\n")
        run(IngestSettings(index=str(place)), [str(folder)])
        answer = client.post("/v1/ask", json=question).json()
        assert "47 metres" in answer["answer"]
