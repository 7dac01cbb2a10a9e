"""A server over a small library, and the official client of its `/mcp`."""

from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import httpx2
import pytest
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from mcp_types import CallToolResult, TextContent

from ingest.run import run
from ingest.settings import IngestSettings
from tests.conftest import serving
from tests.service.written_service import HOLM, MILL

KEY = "may-ask"
LETTERS = 104  # more than a page of resources
LONG = "\n\n".join(
    f"Entry {number}. On this day the keeper of the light wrote that the sea was 𝒸alm, that ship "
    f"{number} passed at noon, and that {number + 3} gulls sat on the rail." * 3
    for number in range(150)
)


@dataclass(frozen=True)
class Library:
    index: Path
    http: httpx.Client
    """Of a server that wants a key; it has one."""

    def connected(self, **options: Any) -> AbstractAsyncContextManager[Client]:
        return connected(self.http, key=KEY, **options)

    def documents(self) -> list[dict[str, Any]]:
        """All, as HTTP lists them."""
        listed = self.http.get("/v1/documents", params={"limit": 1000}).json()
        documents: list[dict[str, Any]] = listed["documents"]
        return documents

    def text(self, document_id: str) -> str:
        return str(self.http.get(f"/v1/documents/{document_id}").json()["text"])


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="package")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    place = tmp_path_factory.mktemp("library")
    documents = place / "documents"
    documents.mkdir()
    (documents / "mill.txt").write_text(MILL)
    (documents / "holm.txt").write_text(HOLM)
    (documents / "log.txt").write_text(f"The Log of the Light\n\n{LONG}\n")
    for number in range(LETTERS):
        (documents / f"letter-{number}.txt").write_text(f"Letter {number}\n\nDear {number}.\n")
    run(IngestSettings(index=str(place / "index")), [str(documents)])
    with serving(place / "index", api_keys=f"ask:{KEY}") as http:
        http.headers["Authorization"] = f"Bearer {KEY}"
        yield Library(place / "index", http)


@asynccontextmanager
async def connected(
    http: httpx.Client, key: str = "", path: str = "/mcp", mode: str = "auto"
) -> AsyncIterator[Client]:
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    async with httpx2.AsyncClient(headers=headers, timeout=30) as sender:
        transport = streamable_http_client(f"{http.base_url}{path}", http_client=sender)
        async with Client(transport, mode=mode) as client:
            yield client


def said(result: CallToolResult) -> str:
    """What there is to read."""
    assert all(isinstance(block, TextContent) for block in result.content)
    return "\n".join(block.text for block in result.content if isinstance(block, TextContent))
