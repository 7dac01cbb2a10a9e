"""`transformers serve`, a real model server, with the same random model: nothing is scripted."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from service.language_models.language_model import LanguageModel
from service.language_models.providers import load_language_model
from service.settings import ServiceSettings
from tests.language_models.asking import MESSAGES, ask, limits

START_S = 120


@pytest.fixture(scope="module")
def address(tiny_model: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).parent / "transformers"), "serve", str(tiny_model)]
    process = subprocess.Popen(
        [*command, "--host", "127.0.0.1", "--port", str(port), "--device", "cpu"],
        env=os.environ | {"HF_HUB_OFFLINE": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        await_server(f"http://127.0.0.1:{port}/health", process)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        process.terminate()
        process.wait(timeout=30)


def await_server(url: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_S
    while time.monotonic() < until:
        assert process.poll() is None, "transformers serve ended at once"
        try:
            httpx.get(url, timeout=2)
        except httpx.TransportError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError("transformers serve did not start")


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
