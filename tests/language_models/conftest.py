"""Language models at scripted servers: the client libraries and the network are real."""

from collections.abc import Iterator

import pytest

from tests.model_servers.protocols import AnthropicProtocol, OllamaProtocol, OpenAIProtocol
from tests.model_servers.scripted_server import ScriptedServer, scripted_server


@pytest.fixture(
    params=[OpenAIProtocol, OllamaProtocol, AnthropicProtocol], ids=lambda p: p.provider
)
def server(request: pytest.FixtureRequest) -> Iterator[ScriptedServer]:
    """A server of each protocol in turn."""
    with scripted_server(request.param()) as made:
        yield made
