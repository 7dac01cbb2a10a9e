"""Each request has an id, in its response and in the log, which has no texts."""

from pathlib import Path

import httpx
import pytest

from tests.observing.observed_service import Log, logged_service

QUESTION = "Who released the report on forced labor in Xinjiang and Tibet?"
WORD = "Who was Zyxwvut?"


def test_a_clients_id_is_kept_and_logged(observed: tuple[httpx.Client, Log]) -> None:
    client, log = observed
    response = client.get("/v1/documents?limit=5", headers={"X-Request-ID": "mine/1~"})
    assert response.headers.get_list("X-Request-ID") == ["mine/1~"]
    line = log.line("footnote.requests", request_id="mine/1~")
    told = {name: line[name] for name in ("method", "path", "status", "level", "event")}
    assert told == {
        "method": "GET",
        "path": "/v1/documents",
        "status": 200,
        "level": "info",
        "event": "request",
    }
    assert line["who"].startswith("key ")
    assert line["ms"] > 0


@pytest.mark.parametrize("given", ["", "a b", "x" * 129, "\xe9", "tab\tbed"])
def test_an_unusable_id_is_replaced(observed: tuple[httpx.Client, Log], given: str) -> None:
    client, log = observed
    headers = {b"X-Request-ID": given.encode("latin-1")}
    made = client.get("/healthz", headers=headers).headers["X-Request-ID"]
    assert len(made) == 32 and made != given
    assert "failed validation" not in log.text


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/nothing/here", {}, 404),
        ("PUT", "/v1/ask", {}, 405),
        ("POST", "/v1/ask", {}, 422),
        ("GET", "/v1/documents", {"Authorization": "Bearer wrong"}, 401),
        ("DELETE", "/v1/documents/x", {}, 403),
        ("POST", "/v1/ask", {"Origin": "https://elsewhere.example"}, 403),
    ],
)
def test_problems_and_refusals_have_the_id(
    observed: tuple[httpx.Client, Log],
    method: str,
    path: str,
    headers: dict[str, str],
    status: int,
) -> None:
    client, _ = observed
    response = client.request(method, path, headers={"X-Request-ID": "asked-7", **headers})
    assert response.status_code == status
    assert response.headers["X-Request-ID"] == "asked-7"
    assert response.json()["request_id"] == "asked-7"


def test_an_answer_has_a_line_without_its_texts(observed: tuple[httpx.Client, Log]) -> None:
    client, log = observed
    headers = {"X-Request-ID": "an-answer"}
    answer = client.post("/v1/ask", json={"question": QUESTION}, headers=headers).json()
    line = log.line("footnote.answers", answer_id=answer["id"])
    assert line["request_id"] == "an-answer"  # in the thread that answered
    told = ("kind", "model", "statements", "dropped", "passages", "total_ms")
    assert {name: line[name] for name in told} == {
        "kind": "answer",
        "model": "extractive",
        "statements": len(answer["statements"]),
        "dropped": 0,
        "passages": len(answer["passages"]),
        "total_ms": answer["timings_ms"]["total"],
    }
    for text in (QUESTION, "forced labor", answer["statements"][0]["text"][:30]):
        assert text not in log.text


def test_no_question_comes_into_the_log(observed: tuple[httpx.Client, Log]) -> None:
    client, log = observed
    history = [{"role": "user", "content": WORD}]
    bodies = [
        {"question": WORD, "history": history},
        {"question": WORD, "surplus": WORD},
        {"question": [WORD]},
        {"question": WORD, "stream": True},
        {"question": WORD * 500},
    ]
    for body in bodies:
        client.post("/v1/ask", json=body)
    client.get("/v1/search", params={"q": WORD})
    client.get("/v1/search", params={"q": WORD, "limit": "x"})
    headers = {"X-Request-ID": "the-last", "Content-Type": "application/json"}
    client.post("/v1/ask", content=f'{{"question": "{WORD}'.encode(), headers=headers)
    assert log.line("footnote.requests", request_id="the-last")["status"] == 400
    assert "Zyxwvut" not in log.text


def test_text_form_with_questions_where_they_are_wanted(seeds_index: Path, tmp_path: Path) -> None:
    settings = {"log_level": "info", "log_questions": "true"}
    with logged_service(seeds_index, tmp_path, **settings) as (client, log):
        client.post("/v1/ask", json={"question": "Hello\nthere?"})
        client.get("/nope%0Aforged%1B[31m")
    lines = log.text.splitlines()
    assert any(r"question=Hello\nthere?" in line for line in lines), log.text
    (request,) = [line for line in lines if "path=/nope" in line]
    assert "forged" in request and "\x1b" not in request
    assert "request_id=" in request and " [info     ] request" in request
