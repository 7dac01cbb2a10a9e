"""What stands before `/mcp`: keys, hosts, methods and bodies."""

import asyncio
from pathlib import Path

import httpx
import pytest
from mcp import MCPError

from service.http.app import create_app
from service.settings import ServiceSettings
from tests.conftest import serving
from tests.mcp.conftest import Library, connected, said

LIST = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
JSON = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}


@pytest.mark.parametrize("key", ["", "another"])
def test_a_key_is_needed(library: Library, key: str) -> None:
    headers = JSON | ({"Authorization": f"Bearer {key}"} if key else {"Authorization": ""})
    response = library.http.post("/mcp", json=LIST, headers=headers)
    assert response.status_code == 401
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.anyio
async def test_the_client_does_not_get_in_without_one(library: Library) -> None:
    with pytest.raises(ExceptionGroup) as raised:
        async with connected(library.http) as client:
            await client.list_tools()
    assert raised.group_contains(MCPError)


def test_the_key_may_come_in_either_header(library: Library) -> None:
    headers = JSON | {"Authorization": "", "X-API-Key": "may-ask"}
    response = library.http.post("/mcp/", json=LIST, headers=headers)
    assert [tool["name"] for tool in response.json()["result"]["tools"]]


def test_a_name_of_ours_is_a_name_for_the_sdk(tmp_path: Path) -> None:
    with serving(tmp_path / "none", allowed_hosts="answers.example.org") as http:
        for host, status in (("answers.example.org", 200), ("127.0.0.1", 421)):
            response = http.post("/mcp", json=LIST, headers=JSON | {"Host": host})
            assert response.status_code == status


def test_a_page_that_may_call_the_service_may_speak_mcp(tmp_path: Path) -> None:
    origin = "https://inspector.example.org"
    asked = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type,mcp-method,mcp-name,mcp-protocol-version",
    }
    with serving(tmp_path / "none", cors_origins=origin) as http:
        assert http.options("/mcp", headers=asked).status_code == 200
        response = http.post("/mcp", json=LIST, headers=JSON | {"Origin": origin})
    assert response.headers["access-control-allow-origin"] == origin


@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT"])
def test_there_is_no_session_to_open_or_end(library: Library, method: str) -> None:
    response = library.http.request(method, "/mcp", headers={"Accept": "text/event-stream"})
    assert response.status_code == 405
    assert response.headers["allow"] == "POST"
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"{", JSON, 400),
        (b"[]", JSON, 400),
        (b"\xff", JSON, 400),
        (b"{}", JSON | {"Content-Type": "text/plain"}, 415),
        (b"{}", JSON | {"Accept": "text/html"}, 406),
        (b" " * 4_100_000, JSON, 413),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "' + b"[" * 5000 + b'"}', JSON, 200),
    ],
)
def test_a_body_that_is_none_is_refused(
    library: Library, body: bytes, headers: dict[str, str], status: int
) -> None:
    response = library.http.post("/mcp", content=body, headers=headers)
    assert response.status_code == status, response.text
    assert "Traceback" not in response.text


def test_an_application_can_be_started_again(tmp_path: Path) -> None:
    app = create_app(ServiceSettings(index=str(tmp_path / "none")))

    async def ask() -> int:
        transport = httpx.ASGITransport(app)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url="http://localhost") as client,
        ):
            return (await client.post("/mcp", json=LIST, headers=JSON)).status_code

    assert [asyncio.run(ask()) for _ in range(2)] == [200, 200]


@pytest.mark.anyio
async def test_while_there_is_no_index_it_says_so(tmp_path: Path) -> None:
    with serving(tmp_path / "none") as http:
        async with connected(http) as client:
            result = await client.call_tool("ask", {"question": "Who?"})
            assert result.is_error
            assert "no index" in said(result)
            assert "\n" not in said(result)
            with pytest.raises(Exception, match="no index"):
                await client.list_resources()
