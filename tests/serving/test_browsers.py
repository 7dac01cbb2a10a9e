"""What browsers send on behalf of pages: of other sites nothing is taken, whatever form it has."""

import httpx
import pytest

QUESTION = {"question": "Who is Chen Xu?"}
ELSEWHERE = "https://evil.example.org"


def refused(response: httpx.Response) -> bool:
    if response.status_code != 403:
        return False
    assert response.headers["content-type"] == "application/problem+json"
    return "are not allowed" in response.json()["detail"]


@pytest.mark.parametrize(
    "origin", [ELSEWHERE, "null", "http://[", "localhost", "http://localhost@evil.example.org", "x"]
)
def test_an_origin_of_elsewhere_is_refused(client: httpx.Client, origin: str) -> None:
    headers = {"Origin": origin}
    assert refused(client.post("/v1/ask", json=QUESTION, headers=headers))
    form = {"Content-Type": "text/plain"}
    assert refused(client.post("/v1/ask", content=b"{}", headers=headers | form))
    assert refused(client.get("/v1/search?q=labor", headers=headers))
    assert refused(client.options("/v1/ask", headers=headers))


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_another_page_only_fetches_is_refused(client: httpx.Client, site: str) -> None:
    image = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "no-cors"}
    assert refused(client.get("/v1/search?q=labor", headers=image))
    link = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "navigate"}
    assert client.get("/documents/any", headers=link).status_code == 200
    assert refused(client.post("/v1/ask", json=QUESTION, headers=link | {"Origin": ELSEWHERE}))


@pytest.mark.parametrize(
    "headers",
    [
        {},  # a program
        {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"},  # an address that was typed
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://answers.example.org"},  # by a proxy
    ],
)
def test_our_own_pages_and_programs_may(client: httpx.Client, headers: dict[str, str]) -> None:
    assert client.post("/v1/ask", json=QUESTION, headers=headers).status_code == 200
    assert client.get("/v1/search?q=labor", headers=headers).status_code == 200


def test_an_origin_of_ours_may_in_older_browsers_too(client: httpx.Client) -> None:
    host = f"LOCALHOST:{client.base_url.port}"
    headers = {"Origin": f"http://localhost:{client.base_url.port}", "Host": host}
    assert client.post("/v1/ask", json=QUESTION, headers=headers).status_code == 200


def test_a_websocket_is_no_way_around_the_guards(client: httpx.Client) -> None:
    upgrade = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }
    evil = client.get("/v1/search?q=labor", headers=upgrade | {"Host": "evil.example.org"})
    assert evil.status_code == 421
    assert client.get("/static/chat.js", headers=upgrade).status_code == 200
