"""`python -m service check`: whether the language model answers, streams and cites."""

import re
from collections.abc import Iterator

import pytest

from service.__main__ import main
from tests.model_servers.reply import Reply, says
from tests.model_servers.scripted_server import ScriptedServer, openai_server

GOOD = "The lighthouse of Brimholm is 47 metres tall. [2]"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ScriptedServer]:
    with openai_server() as made:
        monkeypatch.setenv("FOOTNOTE_MODEL", made.model)
        monkeypatch.setenv("FOOTNOTE_MODEL_BASE_URL", made.url)
        monkeypatch.setenv("FOOTNOTE_MODEL_API_KEY", "sk-hush")
        monkeypatch.setenv("FOOTNOTE_MODEL_RETRIES", "0")
        yield made


def verdicts(printed: str) -> dict[str, str]:
    return dict(re.findall(r"^(\S.*?)\s{2,}(ok|FAILS)\b", printed, re.MULTILINE))


def test_a_good_model_passes_every_point(
    server: ScriptedServer, capsys: pytest.CaptureFixture[str]
) -> None:
    server.says(GOOD)
    assert main(["check"]) == 0
    printed = capsys.readouterr().out
    assert verdicts(printed) == dict.fromkeys(
        ["loads", "verifies", "is reached", "answers", "streams", "cites"], "ok"
    )
    assert GOOD in printed
    assert re.search(r"context +8192 tokens, 700", printed)
    assert re.search(r"verifies +ok .* with trained", printed)
    assert re.search(r"tokenizer +an estimate", printed)
    (body,) = server.bodies
    assert "[1] The lighthouse of Brimholm was built in 1871." in body["messages"][-1]["content"]


@pytest.mark.parametrize(
    ("reply", "point", "words"),
    [
        (Reply((GOOD,)), "streams", "all came at once"),
        (says("It is 47 metres tall."), "cites", "no sentence ends with a number"),
        (says("It is 47 metres tall. [7]"), "cites", "[7], of which not all exist"),
        (says("It is 47 metres tall. [1]"), "cites", "[1], but it is [2] that answers"),
        (Reply((GOOD,), finish="length"), "answers", "stopped at 700 tokens"),
        (Reply(()), "answers", "the answer is empty"),
        (Reply(status=401), "answers", "refused the API key"),
        (Reply(status=404), "answers", "has no model tiny"),
        (Reply(("It is",), breaks_after=1), "answers", "broke off"),
    ],
    ids=[
        *("at once", "uncited", "no such sentence", "another", "cut off"),
        *("empty", "key", "model", "broken off"),
    ],
)
def test_a_point_that_fails_is_told(
    server: ScriptedServer,
    capsys: pytest.CaptureFixture[str],
    reply: Reply,
    point: str,
    words: str,
) -> None:
    server.says(reply)
    assert main(["check"]) == 1
    printed = capsys.readouterr().out
    assert [name for name, verdict in verdicts(printed).items() if verdict == "FAILS"] == [point]
    assert words in printed
    assert "sk-hush" not in printed


def test_a_server_that_is_away_is_told(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FOOTNOTE_MODEL_BASE_URL", "http://127.0.0.1:9/v1")
    assert main(["check"]) == 1
    printed = capsys.readouterr().out
    assert verdicts(printed)["is reached"] == "FAILS"
    assert "answers" not in verdicts(printed)


def test_a_checker_that_cannot_be_had_is_told(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FOOTNOTE_SUPPORT", "docs")
    server.says(GOOD)
    assert main(["check"]) == 2
    assert "FOOTNOTE_SUPPORT" in capsys.readouterr().err


def test_the_default_engine_needs_no_model(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert "needs no language model" in capsys.readouterr().out


def test_wrong_settings_are_told_apart_from_a_model_that_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FOOTNOTE_MODEL", "openai-like:tiny")
    assert main(["check"]) == 2
    assert "FOOTNOTE_MODEL_BASE_URL" in capsys.readouterr().err
