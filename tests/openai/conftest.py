"""Real clients of OpenAI's protocol, of the server over seeds/."""

from collections.abc import Iterator

import httpx
import pytest
from openai import OpenAI


def openai_client(client: httpx.Client, api_key: str = "any", retries: int = 0) -> OpenAI:
    """OpenAI's own client of the server that `client` is of."""
    return OpenAI(base_url=base_url(client), api_key=api_key, max_retries=retries, timeout=30)


def base_url(client: httpx.Client) -> str:
    """What programs for OpenAI's protocol are told."""
    return f"{str(client.base_url).rstrip('/')}/v1"


@pytest.fixture(scope="module")
def openai(client: httpx.Client) -> Iterator[OpenAI]:
    with openai_client(client) as made:
        yield made
