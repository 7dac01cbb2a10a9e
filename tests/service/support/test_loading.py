"""The settings choose the support checker."""

from pathlib import Path

import pytest

from ingest.errors import ModelError, SettingsError
from ingest.settings import load_settings
from service.answering.support import load_support
from service.answering.support.judge import JudgeChecker
from service.answering.support.nli import EntailmentChecker
from service.answering.support.verdict import Evidence
from service.language_models.providers import load_language_model
from service.settings import ServiceSettings
from tests.language_models.asking import model_at
from tests.model_servers.scripted_server import openai_server
from tests.service.cross_encoders import saved_cross_encoder


def test_a_folder_is_a_cross_encoder_and_its_threshold_counts(tmp_path: Path) -> None:
    folder = saved_cross_encoder(tmp_path)
    for threshold, supported in ((0.0, True), (1.0, False)):
        settings = ServiceSettings(support=folder, support_threshold=threshold)
        checker = load_support(settings, None)
        assert isinstance(checker, EntailmentChecker)
        (verdict,) = checker.check("The lamp is old.", [Evidence("It is an old lamp.")])
        assert verdict.supported == supported


def test_a_judge_needs_a_model() -> None:
    settings = ServiceSettings(support="judge")
    with pytest.raises(ModelError, match=r"no language model is set: set FOOTNOTE_MODEL"):
        load_support(settings, None)
    with openai_server() as server:
        checker = load_support(settings, model_at(server))
    assert isinstance(checker, JudgeChecker)


def test_a_local_model_cannot_judge_what_it_is_writing(tiny_model: Path) -> None:
    local = load_language_model(ServiceSettings(model=f"local:{tiny_model}"))
    with pytest.raises(ModelError, match=r"one text at a time .* FOOTNOTE_SUPPORT to trained") as e:
        load_support(ServiceSettings(support="judge"), local)
    assert "\n" not in str(e.value)


def test_a_wrong_name_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(ModelError, match=r"'some/model' cannot be loaded.*set FOOTNOTE_SUPPORT"):
        load_support(ServiceSettings(support="some/model"), None)


@pytest.mark.parametrize("threshold", ["1.5", "-1", "much"])
def test_a_wrong_threshold_is_refused(threshold: str) -> None:
    with pytest.raises(SettingsError, match="FOOTNOTE_SUPPORT_THRESHOLD"):
        load_settings(ServiceSettings, support_threshold=threshold)


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ServiceSettings().support == "trained"
    assert ServiceSettings().support_threshold is None
    monkeypatch.setenv("FOOTNOTE_SUPPORT", "judge")
    monkeypatch.setenv("FOOTNOTE_SUPPORT_THRESHOLD", "0.7")
    assert (ServiceSettings().support, ServiceSettings().support_threshold) == ("judge", 0.7)
