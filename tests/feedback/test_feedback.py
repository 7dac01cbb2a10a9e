"""Feedback from the answer to a case of the evaluation, over HTTP."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from eval.cases.feedback import FeedbackRecord, feedback_cases
from eval.cases.files import load_cases
from eval.commands.import_feedback import main as import_feedback
from tests.conftest import ROOT, serving, started
from tests.observing.scraping import Scrape

ANSWERED = "Who released the report on forced labor in Xinjiang and Tibet?"
UNANSWERED = "Who won the 2022 World Cup?"
UNKNOWN = "0" * 32


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("feedback") / "feedback.sqlite3"


@pytest.fixture(scope="module")
def client(seeds_index: Path, file: Path) -> Iterator[httpx.Client]:
    """Of two workers, which share the file."""
    with started(seeds_index, "--workers", "2", feedback=str(file)) as (_, client):
        client.headers["Connection"] = "close"  # each request may go to another worker
        yield client


def asked(client: httpx.Client, question: str, **more: Any) -> dict[str, Any]:
    response = client.post("/v1/ask", json={"question": question, **more})
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    return body


def give(client: httpx.Client, answer_id: str, rating: str, **more: Any) -> httpx.Response:
    body = {"answer_id": answer_id, "rating": rating, **more}
    return client.post("/v1/feedback", json=body)


def exported(client: httpx.Client) -> list[dict[str, Any]]:
    response = client.get("/v1/feedback")
    assert response.headers["content-type"] == "application/x-ndjson"
    return [json.loads(line) for line in response.text.splitlines()]


def test_from_an_answer_to_a_case(client: httpx.Client, file: Path, tmp_path: Path) -> None:
    history = [{"role": "user", "content": "Hello!"}, {"role": "assistant", "content": "Hello."}]
    good = asked(client, ANSWERED, history=history)
    refused = asked(client, UNANSWERED)
    given = give(client, good["id"], "up", comment="just so")
    assert given.status_code == 201
    assert given.json() | {"created": ""} == {
        "answer_id": good["id"],
        "rating": "up",
        "comment": "just so",
        "created": "",
    }
    assert give(client, refused["id"], "up").status_code == 201

    by_id = {record["answer_id"]: record for record in exported(client)}
    assert by_id[good["id"]]["response"] == good | {"dropped": None}
    assert by_id[good["id"]]["history"] == history
    FeedbackRecord.model_validate(by_id[refused["id"]])

    lines = tmp_path / "feedback.jsonl"
    lines.write_text(client.get("/v1/feedback").text, "utf-8")
    assert feedback_cases(lines) == feedback_cases(file)  # the service's own file, while it runs
    cases = tmp_path / "cases.jsonl"
    assert import_feedback([str(file), "--out", str(cases)]) == 0
    ids = [f"feedback-{answer['id']}" for answer in (good, refused)]
    assert {case.id for case in load_cases(cases)} >= set(ids)

    chosen = [option for case in ids for option in ("--case", case)]
    run = subprocess.run(
        [sys.executable, "-m", "eval", str(cases), "--url", str(client.base_url), *chosen],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_said_again_it_replaces_what_was_said(client: httpx.Client) -> None:
    answer = asked(client, ANSWERED)
    give(client, answer["id"], "up", comment="good")
    assert give(client, answer["id"], "down", comment="on second thoughts").status_code == 201
    (record,) = [one for one in exported(client) if one["answer_id"] == answer["id"]]
    assert (record["rating"], record["comment"]) == ("down", "on second thoughts")


def test_answers_of_every_endpoint_can_be_rated(client: httpx.Client) -> None:
    with client.stream("POST", "/v1/ask", json={"question": ANSWERED, "stream": True}) as response:
        last = response.read().decode().strip().rsplit("data: ", 1)[1]
    messages = [{"role": "user", "content": ANSWERED}]
    body = {"model": "footnote", "messages": messages}
    completion = client.post("/v1/chat/completions", json=body).json()
    for answer_id in (json.loads(last)["id"], completion["id"]):
        assert give(client, answer_id, "down").status_code == 201, answer_id
    records = {one["answer_id"]: one for one in exported(client)}
    assert records[completion["id"].removeprefix("chatcmpl-")]["question"] == ANSWERED


def test_any_worker_takes_feedback_at_once_and_all_are_counted(client: httpx.Client) -> None:
    before = Scrape(client)
    for number in range(6):
        answer = asked(client, "Hello!" + "!" * number)
        assert give(client, answer["id"], "up").status_code == 201
    after = [Scrape(client) for _ in range(3)]  # of whichever worker
    for name, labels in (
        ("footnote_feedback_total", {"rating": "up"}),
        ("footnote_answers_total", {"kind": "reply", "model": "extractive"}),
    ):
        counted = {scrape.value(name, **labels) - before.value(name, **labels) for scrape in after}
        assert counted == {6}
    assert {scrape.value("footnote_questions", state="running") for scrape in after} == {0}
    assert {scrape.value("footnote_index_up") for scrape in after} == {1}


@pytest.mark.parametrize("answer_id", [UNKNOWN, "chatcmpl-" + UNKNOWN, "nothing of the kind"])
def test_an_unknown_answer_is_not_found(client: httpx.Client, answer_id: str) -> None:
    refused = give(client, answer_id, "up")
    assert refused.status_code == 404
    assert answer_id in refused.json()["detail"]


@pytest.mark.parametrize(
    "body",
    [
        {"answer_id": UNKNOWN},
        {"answer_id": UNKNOWN, "rating": "fine"},
        {"answer_id": "", "rating": "up"},
        {"answer_id": UNKNOWN, "rating": "up", "comment": "x" * 4001},
        {"answer_id": UNKNOWN, "rating": "up", "surplus": 1},
    ],
)
def test_a_body_that_is_no_feedback_is_refused(
    client: httpx.Client, body: dict[str, object]
) -> None:
    assert client.post("/v1/feedback", json=body).status_code == 422


def test_only_who_manages_may_read_it(index: Path, tmp_path: Path) -> None:
    keys = "ask:asks,manage:manages"
    with serving(index, api_keys=keys, feedback=tmp_path / "f.sqlite3") as client:
        assert client.get("/v1/feedback").status_code == 401
        assert client.get("/v1/feedback", headers={"X-API-Key": "asks"}).status_code == 403
        told = client.get("/v1/feedback", headers={"X-API-Key": "manages"})
        assert (told.status_code, told.text) == (200, "")


def test_where_nothing_is_remembered_none_can_be_given(index: Path, tmp_path: Path) -> None:
    file = tmp_path / "feedback.sqlite3"
    with serving(index, remembered_answers=0, feedback=file) as client:
        answer = asked(client, "Hello!")
        refused = give(client, answer["id"], "up")
    assert refused.status_code == 409
    assert "FOOTNOTE_REMEMBERED_ANSWERS" in refused.json()["detail"]
    assert not file.exists()


def test_trouble_with_the_file_costs_feedback_and_nothing_else(index: Path, tmp_path: Path) -> None:
    file = tmp_path / "feedback.sqlite3"
    with serving(index, feedback=file) as client:
        answer = asked(client, "Hello!")
        assert give(client, answer["id"], "up").status_code == 201
        for part in tmp_path.glob("feedback.sqlite3*"):
            part.unlink()
        file.write_bytes(b"this is no database" * 1000)
        answer = asked(client, "Hello!")
        refused = give(client, answer["id"], "up")
        assert refused.status_code == 503
        assert "FOOTNOTE_FEEDBACK" in refused.json()["detail"]
        assert client.get("/v1/feedback").status_code == 503
        assert client.get("/readyz").status_code == 200
        file.unlink()
        answer = asked(client, "Hello!")
        assert give(client, answer["id"], "up").status_code == 201


def test_answers_are_kept_when_the_service_ends(index: Path, tmp_path: Path) -> None:
    file = tmp_path / "feedback.sqlite3"
    with serving(index, feedback=file) as client:
        answer = asked(client, "Hello!")
    with sqlite3.connect(file) as connection:
        rows = connection.execute("SELECT answer_id FROM answers").fetchall()
    assert rows == [(answer["id"],)]
