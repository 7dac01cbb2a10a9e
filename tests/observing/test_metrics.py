"""`GET /metrics`, as Prometheus reads it."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from service.observing.exposition import Sizes, forget_the_dead, size_metrics
from service.observing.metrics import REGISTRY
from tests.conftest import serving
from tests.model_servers.reply import Reply
from tests.model_servers.scripted_server import openai_server
from tests.observing.observed_service import logged_service
from tests.observing.scraping import Scrape

ANSWERED = "Who released the report on forced labor in Xinjiang and Tibet?"
REFUSALS = "footnote_refusals_total"
UNANSWERED = "Who won the 2022 World Cup?"


@pytest.fixture(scope="module")
def plain(seeds_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A service as it is by default, whose log is silent."""
    folder = tmp_path_factory.mktemp("plain")
    with logged_service(seeds_index, folder, uploads=str(folder)) as (client, log):
        yield client
    assert log.text == ""


def test_answers_are_counted(plain: httpx.Client) -> None:
    before = Scrape(plain)
    answer = plain.post("/v1/ask", json={"question": ANSWERED}).json()
    plain.post("/v1/ask", json={"question": ANSWERED, "stream": True})
    plain.post("/v1/ask", json={"question": UNANSWERED})
    plain.post("/v1/ask", json={"question": "Hello!"})
    after = Scrape(plain)

    def more(name: str, **labels: str) -> float:
        return after.value(name, **labels) - before.value(name, **labels)

    for kind, count in (("answer", 2), ("abstention", 1), ("reply", 1)):
        assert more("footnote_answers_total", kind=kind, model="extractive") == count
    assert more("footnote_statements_total") == 2 * len(answer["statements"])
    assert more("footnote_citations_total") == 2 * len(answer["citations"])
    for stage in ("retrieve", "answer", "verify", "total"):
        assert more("footnote_answer_stage_duration_seconds_count", stage=stage) == 4
    taken = more("footnote_answer_stage_duration_seconds_sum", stage="total")
    assert taken >= answer["timings_ms"]["total"] / 1000
    assert more("footnote_cache_lookups_total", cache="ranker", outcome="hit") > 0
    assert more("footnote_cache_lookups_total", cache="ranker", outcome="miss") > 0
    assert more("footnote_http_requests_total", method="POST", route="/v1/ask", status="200") == 4
    assert after.value("footnote_questions", state="running") == 0


def test_routes_are_templates_and_methods_are_known_ones(plain: httpx.Client) -> None:
    for number in range(3):
        plain.get(f"/v1/documents/unknown-{number}")
        plain.get(f"/unknown-{number}")
        plain.request(f"ODD{number}", "/v1/ask")
        plain.get("/mcp")
    scrape = Scrape(plain)
    requests = "footnote_http_requests_total"
    route = "/v1/documents/{document_id}"
    assert scrape.value(requests, method="GET", route=route, status="404") == 3
    assert scrape.value(requests, method="GET", route="none", status="404") == 3
    assert scrape.value(requests, method="GET", route="/mcp", status="405") == 3
    assert scrape.total(requests, method="other") == 3
    count = "footnote_http_request_duration_seconds_count"
    assert scrape.value(count, method="GET", route=route) == 3


def test_the_index_and_the_process_are_measured(plain: httpx.Client, seeds_index: Path) -> None:
    documents = plain.get("/v1/documents").json()
    scrape = Scrape(plain)
    assert scrape.value("footnote_index_up") == 1
    assert scrape.value("footnote_index_documents") == documents["total"]
    passages = sum(document["passages"] for document in documents["documents"])
    assert scrape.value("footnote_index_passages") == passages
    assert ("footnote_ingest_jobs" in scrape.names()) is True
    assert scrape.value("process_resident_memory_bytes") > 1e7


def test_openmetrics_for_who_wants_it(plain: httpx.Client) -> None:
    response = plain.get("/metrics", headers={"Accept": "application/openmetrics-text"})
    assert response.headers["content-type"].startswith("application/openmetrics-text")
    assert response.text.endswith("# EOF\n")


def test_no_index_fails_no_scrape(tmp_path: Path, seeds_index: Path) -> None:
    place = tmp_path / "index"
    with serving(place, uploads=tmp_path / "uploads") as client:
        scrape = Scrape(client)
        assert scrape.value("footnote_index_up") == 0
        assert "footnote_index_documents" not in scrape.names()
        shutil.copytree(seeds_index, place)
        assert Scrape(client).value("footnote_index_up") == 1


def test_refusals_are_counted_by_reason(seeds_index: Path) -> None:
    keys = {"api_keys": "ask:asks,manage:manages", "rate_limit": "5/hour"}
    with serving(seeds_index, **keys) as client:
        before = Scrape(client, "manages")
        client.get("/v1/documents")
        client.delete("/v1/documents/x", headers={"X-API-Key": "asks"})
        for _ in range(6):
            client.get("/v1/documents/x", headers={"X-API-Key": "asks"})
        after = Scrape(client, "manages")
    told = {
        reason: after.value(REFUSALS, reason=reason) - before.value(REFUSALS, reason=reason)
        for reason in ("key", "role", "rate", "overload")
    }
    assert told == {"key": 1, "role": 1, "rate": 2, "overload": 0}


def test_a_failing_model_is_counted_until_it_is_left_alone(index: Path) -> None:
    """In this process, where other tests have counted too."""
    with openai_server() as server:
        server.says(Reply(status=500))
        settings = {"model": server.model, "model_base_url": server.url, "model_retries": 0}
        with serving(index, **settings) as client:
            before = Scrape(client)
            for _ in range(7):
                client.post("/v1/ask", json={"question": "Who built the Aune mill?"})
            after = Scrape(client)
    failures = "footnote_language_model_failures_total"

    def more(kind: str) -> float:
        return after.value(failures, kind=kind) - before.value(failures, kind=kind)

    assert more("server_error") == 5
    assert more("resting") == 2
    assert after.value("footnote_language_model_open_circuits") == 1


def test_too_much_at_once_is_counted(seeds_index: Path) -> None:
    limits = {"concurrent_answers": 1, "waiting_answers": 0}
    with serving(seeds_index, **limits) as client, ThreadPoolExecutor(8) as threads:
        before = Scrape(client)

        def ask(number: int) -> int:
            body = {"question": f"Who released report {number} on forced labor?"}
            return client.post("/v1/ask", json=body).status_code

        refused = list(threads.map(ask, range(40))).count(503)
        assert refused
        after = Scrape(client)
    assert after.value(REFUSALS, reason="overload") - before.value(REFUSALS, reason="overload") == (
        refused
    )


def test_a_worker_that_died_has_no_questions(tmp_path: Path) -> None:
    ended = subprocess.Popen(["true"])
    ended.wait()
    files = [tmp_path / f"gauge_livesum_{pid}.db" for pid in (ended.pid, os.getpid())]
    counts = tmp_path / f"counter_{ended.pid}.db"
    for file in (*files, counts):
        file.write_bytes(b"")
    forget_the_dead(tmp_path)
    assert [file.exists() for file in (*files, counts)] == [False, True, True]


def test_names_are_as_prometheus_has_them() -> None:
    families = [*REGISTRY.collect(), *size_metrics(Sizes())]
    for family in families:
        assert family.name.startswith("footnote_")
        assert family.documentation.endswith(".")
        assert not family.name.endswith(("_total", "_count", "_ms", "_milliseconds"))
