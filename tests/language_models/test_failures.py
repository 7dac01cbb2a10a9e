"""However a server fails, it is one kind of failure, in one line, without the key."""

import socket

import pytest

from service.language_models.failures import FailureKind
from tests.language_models.asking import KEY, ask, model_at
from tests.model_servers.reply import Reply
from tests.model_servers.scripted_server import ScriptedServer

PIECES = ("It is", " 47", " metres.")
WHOLE = "".join(PIECES)
FAILURES: dict[str, tuple[Reply, FailureKind, str, str]] = {
    # what the server does: its reply, the kind of failure, the text before it, words of the line
    "refuses the key": (Reply(status=401, error=KEY), "bad_key", "", "FOOTNOTE_MODEL_API_KEY"),
    "forbids it": (Reply(status=403), "bad_key", "", "403"),
    "has no such model": (Reply(status=404), "no_model", "", "has no model tiny"),
    "is busy": (Reply(status=429), "rate_limited", "", "no more requests"),
    "fails": (Reply(status=500, error=f"no room {KEY}"), "server_error", "", "no room ***"),
    "is overloaded": (Reply(status=529), "server_error", "", "529"),
    "refuses the request": (Reply(status=400, error="too long"), "malformed", "", "too long"),
    "sends no JSON": (Reply(raw="{nonsense"), "malformed", "", "not answer with a chat completion"),
    "sends a page": (Reply(raw="<html>Hello</html>"), "malformed", "", "chat completion"),
    "sends other JSON": (Reply(raw='{"hello": 1}'), "malformed", "", "chat completion"),
    "sends no JSON midway": (Reply(PIECES, garbage_after=1), "malformed", "It is", "JSON"),
    "breaks off at once": (Reply(PIECES, breaks_after=0), "malformed", "", "broke off"),
    "breaks off midway": (Reply(PIECES, breaks_after=2), "broke_off", "It is 47", "broke off"),
    "ends at once": (Reply(PIECES, stops_after=0), "malformed", "", "nothing in it"),
    "ends midway": (Reply(PIECES, stops_after=2), "broke_off", "It is 47", "broke off"),
    "is cut off": (
        Reply(PIECES, finish="length"),
        "broke_off",
        "It is 47 metres.",
        "at 700 tokens",
    ),
    "filters": (Reply(PIECES, finish="content_filter"), "broke_off", WHOLE, "filter"),
    "fails at once": (Reply(PIECES, error_after=0), "server_error", "", "the model is asleep"),
    "fails midway": (Reply(PIECES, error_after=2), "broke_off", "It is 47", "the model is asleep"),
}


@pytest.mark.parametrize("does", FAILURES)
def test_each_failure_is_told_in_one_line(server: ScriptedServer, does: str) -> None:
    reply, kind, text, words = FAILURES[does]
    server.says(reply)
    outcome = ask(model_at(server))
    said = str(outcome.failure)
    assert (outcome.kind, outcome.text) == (kind, text), said
    assert words in said
    assert "\n" not in said
    assert server.address in said
    assert KEY not in said
    assert KEY not in repr(outcome.failure.__cause__ if outcome.failure else "")


def test_what_is_cut_off_before_any_text_is_no_answer(server: ScriptedServer) -> None:
    server.says(Reply((" ",), finish="length"))
    outcome = ask(model_at(server))
    assert (outcome.kind, outcome.text) == ("malformed", "")
    assert "FOOTNOTE_MODEL_MOST_TOKENS" in str(outcome.failure)


def test_no_server_is_named_with_what_to_do(server: ScriptedServer) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{nobody.getsockname()[1]}/v1"
        outcome = ask(model_at(server, model_base_url=address))
    assert outcome.kind == "unreachable"
    assert "is it running" in str(outcome.failure)


def test_a_server_that_takes_no_connection_is_not_waited_for(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider = server.protocol.provider.replace("-", "_")
    monkeypatch.setattr(f"service.language_models.{provider}.CONNECT_S", 0.3)
    with socket.socket() as full, socket.socket() as first, socket.socket() as second:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        for waiting in (first, second):  # as many as the system lets wait
            waiting.setblocking(False)
            waiting.connect_ex(full.getsockname())
        address = f"http://127.0.0.1:{full.getsockname()[1]}/v1"
        outcome = ask(model_at(server, model_base_url=address), seconds=20)
    assert outcome.kind == "unreachable"


def test_a_missing_model_of_ollama_names_the_command_that_gets_it(server: ScriptedServer) -> None:
    server.says(Reply(status=404))
    told = "ollama pull tiny" in str(ask(model_at(server)).failure)
    assert told == (server.protocol.provider == "ollama")


def test_without_a_key_it_says_that_the_server_wants_one(server: ScriptedServer) -> None:
    server.says(Reply(status=401))
    failure = ask(model_at(server, model_api_key="")).failure
    assert "wants an API key" in str(failure)


def test_a_user_and_password_in_the_address_are_not_shown(server: ScriptedServer) -> None:
    server.says(Reply(status=500))
    address = server.url.replace("http://", "http://me:hush-hush@")
    failure = ask(model_at(server, model_base_url=address)).failure
    assert "127.0.0.1" in str(failure)
    assert "hush-hush" not in str(failure)
