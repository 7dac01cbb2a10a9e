"""`transformers serve`, a real model server, with the same random model: nothing is scripted."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.language_models.language_model import LanguageModel
from service.language_models.providers import load_language_model
from service.settings import ServiceSettings
from tests.language_models.asking import MESSAGES, ask, limits
from tests.model_servers.transformers_server import transformers_server


@pytest.fixture(scope="module")
def address(tiny_model: Path) -> Iterator[str]:
    with transformers_server(tiny_model) as address:
        yield address


@pytest.fixture
def model(address: str, tiny_model: Path) -> LanguageModel:
    return load_language_model(
        ServiceSettings(
            model=f"openai-like:{tiny_model}",
            model_base_url=address,
            model_most_tokens=24,
            model_tokenizer=str(tiny_model),
        )
    )


def test_it_streams_gibberish_to_its_end(model: LanguageModel) -> None:
    outcome = ask(model, seconds=60)
    assert outcome.kind in (None, "broke_off")  # as the server says that its tokens ran out
    assert len(outcome.pieces) > 1
    assert 0 < model.count_tokens(outcome.text) <= 3 * 24


def test_leaving_early_leaves_the_server_usable(model: LanguageModel) -> None:
    stream = model.stream(MESSAGES, limits(60))
    assert next(stream)
    stream.close()  # type: ignore[attr-defined]
    assert ask(model, seconds=60).text


def test_a_model_that_it_does_not_have_is_a_failure(address: str) -> None:
    settings = ServiceSettings(
        model="openai-like:nobody/nothing", model_base_url=address, model_retries=0
    )
    outcome = ask(load_language_model(settings), seconds=60)
    assert outcome.failure
    assert outcome.text == ""
