"""Fixtures of what `written_service` needs: its documents' index, and a model server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.model_servers.scripted_server import ScriptedServer, openai_server
from tests.service.written_service import ingest_mill


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of the documents of `written_service`."""
    return ingest_mill(tmp_path_factory.mktemp("mill"))


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedServer]:
    """A model server that says what a test has written."""
    with openai_server() as server:
        yield server
