"""Every way in which a language model fails ends in time, in a true answer or a clear error.

docs/models.md lists the same faults under the same names.
"""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import httpx
import pytest

from service.assembly import Assembly
from tests.conftest import ROOT, serving
from tests.model_servers.reply import Reply, says, words
from tests.model_servers.scripted_server import ScriptedServer
from tests.service.written_service import BUILT, WHO, WordSupport, ask, events, numbers

LIMIT_S = 20.0
SHORT_LIMIT_S = 2.0  # of a service whose model does not come to an end
SLACK_S = 10.0
GERMAN = "Die Mühle wurde im neunzehnten Jahrhundert von einem Müller aus der Stadt gebaut [1]. "
GIBBERISH = "zorp [[ 12]x %% blee]\n\n##\n-- [0] 】【3】 vrum.vrum,, [7-2] ï¿½\x00 qa [1]"


@dataclass(frozen=True)
class Fault:
    reply: Reply
    notice: str
    """Of the answer that is quoted instead."""
    status: int = 200
    """Without a fallback; 200 for an abstention that has the notice."""
    detail: str = ""
    takes_all_time: bool = False


def broken(status: int, **headers: str) -> Reply:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(status=status, headers=named)


TOO_LATE = ("did not answer within 2 seconds", 504, "in time", True)
FAULTS = {
    "no answer before the headers": Fault(Reply(hangs="before_headers"), *TOO_LATE),
    "no answer after the headers": Fault(Reply(hangs="before_text"), *TOO_LATE),
    "nothing but signs of life": Fault(Reply(drips=True), *TOO_LATE),
    "401": Fault(broken(401), "did not accept the key", 502, "FOOTNOTE_MODEL_API_KEY"),
    "404": Fault(broken(404), "does not have the model", 502, "tiny"),
    "429 with a long Retry-After": Fault(
        broken(429, Retry_After="30"), "has had too many requests", 503, "30"
    ),
    "500": Fault(broken(500), "had an error", 502, "500"),
    "malformed JSON": Fault(
        Reply(raw='{"choices": [{"me'), "sent something that is no answer", 502
    ),
    "a stream that breaks off": Fault(
        Reply(words("Ida Holm built the mill [1"), breaks_after=3), "answer broke off", 502
    ),
    "a stream that stops without its end": Fault(
        Reply(words("Ida Holm built the mill [1"), stops_after=3), "answer broke off", 502
    ),
    "an empty answer": Fault(Reply(), "gave an empty answer"),
    "no citations": Fault(
        says("The mill is of marble. It has nine wheels."), "did not say which sentences"
    ),
    "citations that do not exist": Fault(
        says("The mill is of marble [77]. It has nine wheels [99]."), "did not say which sentences"
    ),
    "nothing that is supported": Fault(
        says("The mill is of marble [1]."), "could be verified in the documents"
    ),
    "the same sentence without end": Fault(
        Reply(words("The mill is of marble [1]. "), endless=True), "repeated itself without end"
    ),
    "one sentence without end": Fault(
        Reply(("of marble and ",), endless=True), "repeated itself without end"
    ),
    "blanks without end": Fault(Reply(("\n ",), endless=True), *TOO_LATE),
    "another language": Fault(says(GERMAN), "in another language than the documents"),
    "gibberish": Fault(says(GIBBERISH), "could be verified in the documents"),
}
"""Each repeated for as long as the service asks."""
NAMES = pytest.mark.parametrize("name", FAULTS)


@pytest.fixture(scope="module", autouse=True)
def words_support() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Assembly, "support_checker", lambda _: WordSupport())
        yield


Ask = Callable[[bool, bool], httpx.Client]


@pytest.fixture(scope="module")
def services(index: Path, server: ScriptedServer) -> Iterator[Ask]:
    """A client of a service, made once: with a fallback or without, with a short limit or not."""
    with ExitStack() as stack:

        @cache
        def service(fallback: bool, short: bool) -> httpx.Client:
            settings = settings_of(server, SHORT_LIMIT_S if short else LIMIT_S)
            off = {} if fallback else {"fallback": "off"}
            client = stack.enter_context(serving(index, **settings, **off))
            server.says("NO ANSWER")
            client.post("/v1/ask", json={"question": WHO})  # the first question takes longer
            return client

        yield service


def settings_of(server: ScriptedServer, limit_s: float = LIMIT_S) -> dict[str, object]:
    return {
        "model": server.model,
        "model_base_url": server.url,
        "model_timeout_seconds": limit_s,
        "model_retries": 1,
    }


@pytest.fixture
def client(services: Ask) -> httpx.Client:
    return services(True, False)


@pytest.fixture
def strict(services: Ask) -> httpx.Client:
    """Of a service without a fallback."""
    return services(False, False)


def works(client: httpx.Client, server: ScriptedServer) -> None:
    """Failures in a row are counted over the tests of one service: this ends the row."""
    server.says("NO ANSWER")
    client.post("/v1/ask", json={"question": WHO})
    server.dropped.clear()


@NAMES
def test_a_fault_ends_in_a_quoted_answer_that_says_why(
    services: Ask, server: ScriptedServer, name: str
) -> None:
    client = services(True, FAULTS[name].takes_all_time)
    works(client, server)
    server.says(FAULTS[name].reply)
    started = time.monotonic()
    told = events(client, WHO)
    assert time.monotonic() - started < SHORT_LIMIT_S + SLACK_S
    answer = told[-1][1]
    assert [statement["text"] for statement in answer["statements"]] == [BUILT]
    assert answer["citations"][0]["cited_text"] == BUILT
    assert [data["text"] for event, data in told if event == "statement"] == [BUILT]
    assert answer["model"] == "extractive"
    assert FAULTS[name].notice in answer["notice"]
    assert answer["notice"].endswith("so this answer is quoted from the documents instead.")
    if FAULTS[name].reply.endless:
        assert server.dropped.wait(20)


@NAMES
def test_without_a_fallback_a_fault_is_an_error_or_an_abstention(
    services: Ask, server: ScriptedServer, name: str
) -> None:
    fault = FAULTS[name]
    strict = services(False, fault.takes_all_time)
    works(strict, server)
    server.says(fault.reply)
    started = time.monotonic()
    response = strict.post("/v1/ask", json={"question": WHO})
    assert time.monotonic() - started < SHORT_LIMIT_S + SLACK_S
    assert response.status_code == fault.status, response.text
    body = response.json()
    if fault.status == 200:
        assert body["abstained"]
        assert fault.notice in body["notice"]
        assert body["notice"].endswith("so there is no answer.")
    else:
        assert response.headers["content-type"] == "application/problem+json"
        assert fault.detail in body["detail"]
        assert "\n" not in body["detail"]
        assert response.headers.get("retry-after") == ("30" if fault.status == 503 else None)


def test_a_stream_tells_an_error_as_its_last_event(
    strict: httpx.Client, server: ScriptedServer
) -> None:
    works(strict, server)
    server.says(broken(401))
    told = events(strict, WHO)
    assert [name for name, _ in told] == ["passages", "error"]
    assert told[-1][1]["status"] == 502


@pytest.mark.parametrize(
    "fault",
    [
        {"breaks_after": 9},
        {"stops_after": 9},
        {"error_after": 9},
        {"garbage_after": 9},
        {"hangs": "after_text"},  # in a service with a short limit
    ],
    ids=lambda fault: next(iter(fault)),
)
@pytest.mark.parametrize("fallback", [True, False], ids=["extractive", "off"])
def test_what_was_verified_before_a_fault_stays_and_is_said_to_be_incomplete(
    services: Ask, server: ScriptedServer, fault: dict[str, object], fallback: bool
) -> None:
    asked = services(fallback, "hangs" in fault)
    number = numbers(asked, server, WHO)[BUILT]
    said = f"Ida Holm built the mill [{number}]. It has three"
    server.says(Reply(words(said), **fault))  # type: ignore[arg-type]
    answer = ask(asked, WHO)
    assert [one["text"] for one in answer["statements"]] == ["Ida Holm built the mill."]
    assert answer["model"] == server.model
    assert answer["notice"].endswith("so this answer may be incomplete.")


def test_no_connection(index: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    address = {"model": "openai-like:tiny", "model_base_url": f"http://127.0.0.1:{port}/v1"}
    with serving(index, **address, model_retries=0) as client:
        answer = ask(client, WHO)
        assert "could not be reached" in answer["notice"]
        assert [one["text"] for one in answer["statements"]] == [BUILT]
    with serving(index, **address, model_retries=0, fallback="off") as client:
        response = client.post("/v1/ask", json={"question": WHO})
        assert response.status_code == 503
        assert str(port) in response.json()["detail"]


def test_a_model_that_keeps_failing_is_left_alone(index: Path, server: ScriptedServer) -> None:
    settings = settings_of(server) | {"model_retries": 0}
    with serving(index, **settings) as client:
        server.says(broken(500))
        notices = [ask(client, WHO)["notice"] for _ in range(8)]
    assert "had an error" in notices[0]
    assert "left alone for a while" in notices[-1]


def test_429_with_a_short_retry_after_is_waited_for(
    client: httpx.Client, server: ScriptedServer
) -> None:
    number = numbers(client, server, WHO)[BUILT]
    server.says(broken(429, Retry_After="1"), f"Ida Holm built it [{number}].")
    answer = ask(client, WHO)
    assert [one["text"] for one in answer["statements"]] == ["Ida Holm built it."]
    assert answer["notice"] is None


@pytest.mark.parametrize("mark", ["", " [99]"])
def test_a_true_sentence_without_a_citation_that_exists_is_cited(
    client: httpx.Client, server: ScriptedServer, mark: str
) -> None:
    works(client, server)
    server.says(f"Ida Holm built the Aune mill{mark}.")
    answer = ask(client, WHO)
    assert answer["citations"][0]["cited_text"] == BUILT
    assert answer["notice"] is None


def test_a_fault_where_the_documents_have_no_answer_either(
    client: httpx.Client, server: ScriptedServer
) -> None:
    works(client, server)
    server.says(broken(500))
    answer = ask(client, "Who won the chess olympiad of Manila?")
    assert answer["abstained"]
    assert answer["notice"].endswith("no sentence of the documents answers by itself.")


@pytest.mark.parametrize("name", [*FAULTS, "no connection"])
def test_the_documentation_names_the_fault(name: str) -> None:
    assert f"| {name} |" in (ROOT / "docs" / "models.md").read_text("utf-8")
