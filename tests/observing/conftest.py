"""A service that logs as JSON, with a key, and documents for a language model."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.observing.observed_service import Log, logged_service
from tests.service.written_fixtures import index

__all__ = ["index"]

KEY = "a-key-that-asks"


@pytest.fixture(scope="module")
def observed(
    seeds_index: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[httpx.Client, Log]]:
    """A client with a key, and the log at info."""
    folder = tmp_path_factory.mktemp("observed")
    settings = {"api_keys": f"ask:{KEY}", "log_format": "json", "log_level": "info"}
    with logged_service(seeds_index, folder, **settings) as (client, log):
        client.headers["Authorization"] = f"Bearer {KEY}"
        yield client, log
