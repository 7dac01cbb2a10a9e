"""A language model as engine, behind the same endpoint: what it wrote and was verified."""

import time
from collections.abc import Iterator

import httpx
import pytest
from openai import APIError, InternalServerError, OpenAI

from tests.model_servers.reply import Reply
from tests.model_servers.scripted_server import ScriptedServer, openai_server
from tests.openai.conftest import openai_client
from tests.openai.conversations import SAY_NOTHING_CITED, system, user
from tests.service.written_service import (
    BUILT,
    SOLD,
    WHO,
    ingest_mill,
    numbers,
    prompt_of,
    word_checked,
)

SOON_S = 20.0
ASKED = [user(WHO)]


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedServer]:
    with openai_server() as server:
        yield server


@pytest.fixture(scope="module")
def service(
    tmp_path_factory: pytest.TempPathFactory, server: ScriptedServer
) -> Iterator[httpx.Client]:
    """Works on one question at a time, and has none wait."""
    index = ingest_mill(tmp_path_factory.mktemp("mill"))
    with word_checked(
        index, server, fallback="off", concurrent_answers=1, waiting_answers=0
    ) as client:
        yield client


@pytest.fixture
def mill(service: httpx.Client, server: ScriptedServer) -> Iterator[OpenAI]:
    server.says("NO ANSWER")
    service.post("/v1/ask", json={"question": WHO})  # ends a row of failures
    server.dropped.clear()
    server.requests.clear()
    with openai_client(service) as made:
        yield made


def two_statements(service: httpx.Client, server: ScriptedServer) -> tuple[str, str]:
    """As a model writes them."""
    found = numbers(service, server, WHO)
    return f"Ida Holm built the mill [{found[BUILT]}].\n", f"{SOLD} [{found[SOLD]}]."


def test_a_written_answer_is_told_whole_and_streamed(
    mill: OpenAI, service: httpx.Client, server: ScriptedServer
) -> None:
    server.says("".join(two_statements(service, server)))
    whole = mill.chat.completions.create(model="any", messages=ASKED).model_dump()
    content = whole["choices"][0]["message"]["content"]
    assert content == f"Ida Holm built the mill. [1] {SOLD} [2]"
    assert [citation["cited_text"] for citation in whole["citations"]] == [BUILT, SOLD]
    assert whole["model"] == whole["footnote"]["model"] == server.model
    stream = mill.chat.completions.create(model="any", messages=ASKED, stream=True)
    pieces = [choice.delta.content for chunk in stream for choice in chunk.choices]
    assert [piece for piece in pieces if piece] == [
        "Ida Holm built the mill. [1]",
        f" {SOLD} [2]",
    ]


def test_a_system_message_does_not_reach_the_model(mill: OpenAI, server: ScriptedServer) -> None:
    server.requests.clear()
    mill.chat.completions.create(model="any", messages=ASKED)
    without = prompt_of(server)
    mill.chat.completions.create(model="any", messages=[system(SAY_NOTHING_CITED), *ASKED])
    assert prompt_of(server).count(WHO) == without.count(WHO)
    assert "pirate" not in prompt_of(server)


def test_a_statement_is_sent_while_the_model_writes_on_and_leaving_stops_it(
    mill: OpenAI, service: httpx.Client, server: ScriptedServer
) -> None:
    first, second = two_statements(service, server)
    server.says(Reply((first, second[:9]), hangs="after_text"))
    server.dropped.clear()
    with mill.chat.completions.create(model="any", messages=ASKED, stream=True) as stream:
        pieces = (choice.delta.content for chunk in stream for choice in chunk.choices)
        assert next(piece for piece in pieces if piece) == "Ida Holm built the mill. [1]"
        assert not server.dropped.is_set()
    assert server.dropped.wait(SOON_S)


def test_a_failure_in_mid_stream_is_raised_by_the_client(
    mill: OpenAI, service: httpx.Client, server: ScriptedServer
) -> None:
    server.says(Reply(status=401))
    stream = mill.chat.completions.create(model="any", messages=ASKED, stream=True)
    with pytest.raises(APIError, match="wants an API key") as failed:
        list(stream)
    assert failed.value.type == "server_error"
    body = {"messages": ASKED, "stream": True}
    lines = service.post("/v1/chat/completions", json=body).text.strip().splitlines()
    assert lines[-1].startswith('data: {"error":{')


def test_a_failure_before_is_a_status(mill: OpenAI, server: ScriptedServer) -> None:
    server.says(Reply(status=401))
    with pytest.raises(InternalServerError, match="wants an API key") as failed:
        mill.chat.completions.create(model="any", messages=ASKED)
    assert failed.value.status_code == 502


@pytest.mark.parametrize("streamed", [False, True], ids=["whole", "streamed"])
def test_too_many_questions_at_once_are_refused_and_may_be_retried(
    mill: OpenAI, service: httpx.Client, server: ScriptedServer, streamed: bool
) -> None:
    server.says(Reply(hangs="before_text"))
    with mill.chat.completions.create(model="any", messages=ASKED, stream=True):
        until = time.monotonic() + SOON_S
        while not server.requests and time.monotonic() < until:
            time.sleep(0.01)
        with pytest.raises(InternalServerError, match="More is being asked") as refused:
            mill.chat.completions.create(model="any", messages=ASKED, stream=streamed)
        assert refused.value.status_code == 503
        assert refused.value.response.headers["retry-after"]
    assert server.dropped.wait(SOON_S)
    server.says("NO ANSWER")
    patient = mill.with_options(max_retries=2)
    assert patient.chat.completions.create(model="any", messages=ASKED).choices
