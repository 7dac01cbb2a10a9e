"""Refusals, as OpenAI's client raises them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from openai import AuthenticationError, InternalServerError, Omit, RateLimitError

from tests.conftest import serving
from tests.openai.conftest import openai_client
from tests.openai.conversations import CONVERSATIONS

HELLO = CONVERSATIONS["a greeting"]


@pytest.fixture(scope="module")
def guarded(seeds_index: Path) -> Iterator[httpx.Client]:
    """With keys, and a rate."""
    keys = "ask:one,ask:two,ask:three"
    with serving(seeds_index, api_keys=keys, rate_limit="3/second") as client:
        yield client


@pytest.mark.parametrize("sent", [Omit(), "Bearer wrong", "wrong"], ids=["none", "wrong", "odd"])
def test_a_wrong_key(guarded: httpx.Client, sent: Any) -> None:
    headers = {"Authorization": sent}
    with (
        openai_client(guarded) as openai,
        pytest.raises(AuthenticationError, match="FOOTNOTE_API_KEYS") as refused,
    ):
        openai.chat.completions.create(model="any", messages=HELLO, extra_headers=headers)
    assert refused.value.code == "invalid_api_key"


def test_a_right_key(guarded: httpx.Client) -> None:
    with openai_client(guarded, "one") as openai:
        assert openai.chat.completions.create(model="any", messages=HELLO).choices
        assert openai.models.list().data


def test_too_many_requests(guarded: httpx.Client) -> None:
    with openai_client(guarded, "two") as openai, pytest.raises(RateLimitError) as refused:
        [openai.models.list() for _ in range(20)]
    assert refused.value.code == "rate_limit_exceeded"
    assert int(refused.value.response.headers["retry-after"]) >= 1


def test_the_clients_own_retries_wait_as_they_are_told(guarded: httpx.Client) -> None:
    with openai_client(guarded, "three", retries=5) as openai:
        for _ in range(6):
            assert openai.models.list().data


def test_a_service_without_an_index(tmp_path: Path) -> None:
    with (
        serving(tmp_path / "none") as client,
        openai_client(client) as openai,
        pytest.raises(InternalServerError, match="python -m ingest") as refused,
    ):
        openai.chat.completions.create(model="any", messages=HELLO)
    assert refused.value.status_code == 503
    assert refused.value.type == "server_error"
