"""Settings to a language model, and wrong ones to one clear line."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ingest.errors import FootnoteError, ModelError, SettingsError
from ingest.settings import load_settings
from service.language_models.providers import load_language_model
from service.settings import ServiceSettings
from tests.language_models.asking import ask, model_at
from tests.model_servers.protocols import CONTEXT_TOKENS, OllamaProtocol
from tests.model_servers.reply import Reply
from tests.model_servers.scripted_server import (
    ScriptedServer,
    anthropic_server,
    ollama_server,
    openai_server,
)

ADDRESS = "http://127.0.0.1:9/v1"
WRONG: list[tuple[dict[str, Any], str]] = [
    ({"model": "gpt"}, "FOOTNOTE_MODEL: must be extractive, or one of openai-like:MODEL, ollama:"),
    ({"model": "ollama:"}, "FOOTNOTE_MODEL: must be extractive"),
    ({"model": "openai-like:gpt"}, "FOOTNOTE_MODEL_BASE_URL: openai-like needs the address"),
    ({"model": "ollama:x", "model_base_url": "127.0.0.1"}, "must begin with http://"),
    ({"model": "ollama:x", "model_base_url": "http://127.0.0.1:port"}, "cannot be used"),
    ({"model": "anthropic:x"}, "FOOTNOTE_MODEL_API_KEY: anthropic needs a key"),
    ({"model": "local:/nowhere"}, "FOOTNOTE_MODEL: there is no folder /nowhere"),
    ({"model": "local:docs"}, "FOOTNOTE_MODEL: docs cannot be loaded as a transformers model"),
    (
        {"model": "ollama:x", "model_tokenizer": "/nowhere"},
        "FOOTNOTE_MODEL_TOKENIZER: there is no file /nowhere",
    ),
    (
        {"model": "ollama:x", "model_tokenizer": "README.md"},
        "FOOTNOTE_MODEL_TOKENIZER: README.md is no tokenizer",
    ),
    ({"model": "ollama:x", "model_context_tokens": 10}, "FOOTNOTE_MODEL_CONTEXT_TOKENS"),
    ({"fallback": "maybe"}, "FOOTNOTE_FALLBACK"),
]


@pytest.mark.parametrize(("settings", "words"), WRONG)
def test_a_wrong_setting_is_told_in_one_line(settings: dict[str, Any], words: str) -> None:
    with pytest.raises(FootnoteError) as raised:
        load_language_model(load_settings(ServiceSettings, **settings))
    assert words in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("provider", ["ollama", "anthropic"])
def test_a_missing_extra_is_named_with_its_command(
    provider: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (f"llama_index.llms.{provider}", "service.language_models.anthropic_llm"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(ModelError, match=rf"pip install -e '\.\[{provider}\]'"):
        load_language_model(ServiceSettings(model=f"{provider}:x", model_api_key="k"))


def test_the_key_is_never_shown() -> None:
    settings = ServiceSettings(model="anthropic:x", model_api_key="sk-hush\nhush")
    assert "hush" not in f"{settings} {settings!r} {settings.model_dump()}"
    with pytest.raises(SettingsError) as raised:
        load_language_model(settings)
    assert "FOOTNOTE_MODEL_API_KEY" in str(raised.value)
    assert "hush" not in str(raised.value)


def test_keys_in_the_environment_that_are_not_ours_stay_there(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY"):
        monkeypatch.setenv(name, "sk-of-another-service")
    server.says("Yes.")
    assert ask(model_at(server, model_api_key="")).text == "Yes."
    assert "another-service" not in str(server.requests[0].headers)


def test_ollama_says_how_much_a_model_reads_and_is_told_what_to_set_aside() -> None:
    with ollama_server() as server:
        server.says("Yes.")
        model = model_at(server)
        assert model.context_tokens == 8192
        ask(model)
        assert model.context_tokens == CONTEXT_TOKENS
        ask(model)
        assert [body["options"]["num_ctx"] for body in server.bodies] == [8192, CONTEXT_TOKENS]
        model = model_at(server)
        model.warm_up()
        assert model.context_tokens == CONTEXT_TOKENS
        assert model_at(server, model_context_tokens=1024).context_tokens == 1024


def test_an_ollama_that_is_away_at_first_is_asked_for_its_context_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with ollama_server() as server:
        server.says("Yes.")
        with monkeypatch.context() as away:
            away.setattr(OllamaProtocol, "others", lambda *_: None)
            model = model_at(server)
            model.warm_up()
            ask(model)
            assert model.context_tokens == 8192
        ask(model)
        assert model.context_tokens == CONTEXT_TOKENS


def test_an_ollama_that_does_not_tell_its_context_is_asked_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def others(_: OllamaProtocol, path: str, body: object) -> dict[str, Any]:
        asked.append(path)
        return {"model_info": {}}

    monkeypatch.setattr(OllamaProtocol, "others", others)
    with ollama_server() as server:
        server.says("Yes.")
        model = model_at(server)
        model.warm_up()
        ask(model)
        assert (model.context_tokens, asked) == (8192, ["/api/show"])


def test_of_a_large_context_ollama_is_asked_for_a_part(monkeypatch: pytest.MonkeyPatch) -> None:
    about = {"model_info": {"qwen3.context_length": 262144}}
    monkeypatch.setattr(OllamaProtocol, "others", lambda *_: about)
    with ollama_server() as server:
        model = model_at(server)
        model.warm_up()
        assert model.context_tokens == 8192


def test_an_answer_may_have_half_of_a_small_context() -> None:
    with openai_server() as server:
        assert model_at(server).most_tokens == 700
        assert model_at(server, model_context_tokens=600).most_tokens == 300


def test_what_an_answer_may_have_is_what_the_server_is_asked_for(server: ScriptedServer) -> None:
    server.says("Yes.")
    model = model_at(server, model_context_tokens=4096, model_most_tokens=4096)
    ask(model)
    (body,) = server.bodies
    options = body.get("options", body)
    assert options.get("num_predict", options.get("max_tokens")) == model.most_tokens == 2048


def test_warming_up_imports_what_the_first_answer_needs() -> None:
    code = (
        "import sys\n"
        "from service.language_models.providers import load_language_model\n"
        "from service.settings import ServiceSettings\n"
        f"settings = ServiceSettings(model='openai-like:x', model_base_url='{ADDRESS}')\n"
        "load_language_model(settings).warm_up()\n"
        "assert 'openai.resources.chat.completions' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_tokens_are_estimated_too_high_or_counted(tiny_model: Path) -> None:
    text = "Internationalisation of 12345 words, 北京 too."
    with openai_server() as server:
        estimated = model_at(server).count_tokens(text)
        assert 12 <= estimated <= 40
        assert model_at(server).count_tokens("") == 0
        folder = model_at(server, model_tokenizer=str(tiny_model))
        file = model_at(server, model_tokenizer=str(tiny_model / "tokenizer.json"))
        assert folder.count_tokens(text) == file.count_tokens(text) > estimated


def test_a_server_that_shows_its_end_in_one_way_only_is_understood() -> None:
    with openai_server() as server:
        start = '{"choices": [{"index": 0, "delta": {"content": "Yes."}'
        server.says(
            Reply(raw=f"data: {start}}}]}}\n\ndata: [DONE]\n\n"),
            Reply(raw=f'data: {start}, "finish_reason": "stop"}}]}}\n\n'),
            Reply(raw=f"data: {start}}}]}}\n\n"),
        )
        model = model_at(server)
        assert [ask(model).kind for _ in range(3)] == [None, None, "broke_off"]


def test_a_model_that_llamaindex_has_no_name_of_is_asked_all_the_same() -> None:
    with anthropic_server() as server:
        server.says("Yes.")
        assert ask(model_at(server)).text == "Yes."
        known = model_at(server, model="anthropic:claude-3-haiku-20240307")
        assert known.context_tokens > 100_000
