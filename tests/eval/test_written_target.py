"""Runs over a service with a language model record its prompts and its notices."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from eval.cases.case import Case
from eval.targets.in_process import InProcess
from eval.targets.service_url import ServiceUrl
from service.assembly import Assembly
from service.settings import ServiceSettings
from tests.conftest import serving
from tests.model_servers.reply import Reply
from tests.model_servers.scripted_server import ScriptedServer, openai_server
from tests.service.written_service import BUILT, WHO, WordSupport, ingest_mill

CASE = Case(id="who", question=WHO, facts=(("Ida Holm",),))


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ingest_mill(tmp_path_factory.mktemp("mill"))


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ScriptedServer]:
    monkeypatch.setattr(Assembly, "support_checker", lambda _: WordSupport())
    with openai_server() as server:
        yield server


def settings_of(server: ScriptedServer) -> dict[str, object]:
    return {
        "model": server.model,
        "model_base_url": server.url,
        "model_api_key": "not to be told",
        "model_retries": 0,
    }


def test_a_run_in_process_records_model_and_prompts(index: Path, server: ScriptedServer) -> None:
    more = {**settings_of(server), "support_threshold": 0.7}
    settings = ServiceSettings(index=str(index), **more)  # type: ignore[arg-type]
    target = InProcess(Assembly(settings))
    recorded = target.settings()
    assert recorded["model"] == server.model
    assert recorded["prompts"] == "answer 1, answer-again 1, rewrite-question 1"
    assert recorded["model_temperature"] == "0.0"
    assert (recorded["support"], recorded["support_threshold"]) == ("trained", "0.7")
    assert "not to be told" not in str(recorded)
    server.says("Ida Holm built the mill.")
    (citation,) = target.ask(CASE).citations
    assert (citation.cited_text, citation.support) == (BUILT, 0.95)


def test_a_run_with_a_judge_records_its_prompts(
    index: Path, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    settings = ServiceSettings(index=str(index), support="judge", **settings_of(server))  # type: ignore[arg-type]
    assembly = Assembly(settings)
    prompts = assembly.support_checker().prompts
    assert prompts
    assert prompts.items() <= assembly.answerer().prompts.items()
    server.says("NO ANSWER")
    assert assembly.answerer().ask(WHO).prompts == {"answer": "1"}
    server.says("Ida Holm built the mill.", '{"verdict": "supported"}')
    answer = assembly.answerer().ask(WHO)
    assert answer.statements
    assert answer.prompts == {"answer": "1", **prompts}


def test_a_run_in_process_without_a_model_records_no_prompts(index: Path) -> None:
    target = InProcess(Assembly(ServiceSettings(index=str(index))))
    assert not {"prompts", "model_temperature"} & target.settings().keys()


def test_a_run_over_http_records_what_the_answers_tell(index: Path, server: ScriptedServer) -> None:
    with serving(index, **settings_of(server)) as client:
        target = ServiceUrl(str(client.base_url))
        assert target.settings() == {"model": "unknown"}
        server.says("Ida Holm built the mill.", Reply(status=500))
        assert target.ask(CASE).notice is None
        assert target.settings() == {"model": server.model, "prompts": "answer 1"}
        notice = target.ask(CASE).notice
        assert notice is not None
        assert "had an error" in notice
        assert target.model == f"{server.model}, extractive"
