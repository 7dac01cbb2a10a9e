"""A question is one trace, from the request to the language model's server, without texts."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.conftest import ROOT, started
from tests.model_servers.reply import Reply
from tests.model_servers.scripted_server import ScriptedServer, openai_server
from tests.observing.observed_service import logged_service
from tests.observing.trace_receiver import TraceReceiver, trace_receiver

WHO = "Who built the Aune mill?"
RIGHT = "The Aune mill was built in 1898 by Ida Holm. [1]"
Traced = tuple[httpx.Client, TraceReceiver, ScriptedServer]


def named(request_id: str) -> dict[str, str]:
    return {"X-Request-ID": request_id}


@pytest.fixture(scope="module")
def traced(index: Path) -> Iterator[Traced]:
    with (
        pytest.MonkeyPatch.context() as patch,
        trace_receiver() as receiver,
        openai_server() as model,
    ):
        patch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.address)
        patch.setenv("OTEL_BSP_SCHEDULE_DELAY", "100")
        settings = {"model": model.model, "model_base_url": model.url, "model_retries": "0"}
        with started(index, traces="otlp", **settings) as (_, client):
            yield client, receiver, model


def test_a_question_is_one_trace(traced: Traced) -> None:
    client, receiver, model = traced
    model.says(RIGHT)
    answer = client.post("/v1/ask", json={"question": WHO}, headers=named("one")).json()
    trace = receiver.trace("one")
    stages = [trace[f"footnote.{stage}"] for stage in ("retrieve", "answer", "verify")]
    assert (trace.root.name, trace.root.service) == ("POST /v1/ask", "footnote")
    assert {stage.parent for stage in stages} == {trace.root.id}
    retrieve, drafting, verify = (stage.attributes for stage in stages)
    assert retrieve["footnote.passages"] == str(len(answer["passages"]))
    assert drafting["footnote.answer_id"] == answer["id"]
    assert verify["footnote.statements"] == str(len(answer["statements"])) == "1"
    assert trace["POST"].attributes["http.url"].startswith(model.url)  # by httpx


def test_llamaindex_tells_of_retrieval_and_of_the_model(traced: Traced) -> None:
    client, receiver, model = traced
    model.says(RIGHT)
    client.post("/v1/ask", json={"question": WHO, "stream": True}, headers=named("told"))
    trace = receiver.trace("told")
    assert trace["OpenAILike.astream_chat"]
    assert int(trace["footnote.retrieve"].events["RetrievalEndEvent"]["nodes"]) > 0
    assert int(trace.events["LLMChatStartEvent"]["messages"]) > 0
    assert "LLMChatEndEvent" in trace.events
    assert not [name for name in trace.events if "InProgress" in name]


def test_a_failure_of_the_model_is_a_failed_span(traced: Traced) -> None:
    client, receiver, model = traced
    model.says(Reply(status=500))
    client.post("/v1/ask", json={"question": WHO}, headers=named("failed"))
    trace = receiver.trace("failed")
    assert trace["POST"].has_failed and not trace.root.has_failed  # it was quoted instead
    assert "ExceptionEvent" in trace.events


def test_no_text_is_in_any_span(traced: Traced) -> None:
    client, receiver, model = traced
    model.says(RIGHT, Reply(status=500))
    client.post("/v1/ask", json={"question": WHO})
    client.post("/v1/ask", json={"question": WHO})
    client.get("/healthz")
    client.get("/metrics")
    client.get("/v1/search", params={"q": WHO}, headers=named("searched"))
    trace = receiver.trace("searched")
    assert trace.root.attributes["http.target"] == "/v1/search"
    assert trace["footnote.retrieve"].parent == trace.root.id
    assert not [span for span in receiver.spans if "health" in span.name or "metrics" in span.name]
    for text in (b"Aune", b"Holm", b"built"):
        assert all(text not in body for body in receiver.bodies)


def test_what_was_not_sent_is_sent_at_the_end(seeds_index: Path, tmp_path: Path) -> None:
    with logged_service(seeds_index, tmp_path, traces="console") as (client, log):
        client.get("/v1/documents")
    assert '"name": "GET /v1/documents"' in log.text


def test_without_the_extra_the_start_stops_with_one_line(tmp_path: Path) -> None:
    """As it is where the instrumentation is not installed."""
    program = (
        "import sys; sys.modules['opentelemetry.instrumentation.fastapi'] = None\n"
        "from service.__main__ import main\n"
        "sys.exit(main(['--port', '0']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={"FOOTNOTE_TRACES": "console", "FOOTNOTE_INDEX": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert "FOOTNOTE_TRACES=console" in line and ".[traces]" in line


def test_off_imports_no_instrumentation() -> None:
    program = (
        "import sys, service.http.app\n"
        "from service.settings import ServiceSettings\n"
        "service.http.app.create_app(ServiceSettings())\n"
        "print([m for m in sys.modules if m.startswith(('opentelemetry.inst', 'llama_index'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.stdout.strip() == "[]", done.stderr
