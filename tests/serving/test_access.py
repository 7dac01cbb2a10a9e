"""Keys and their roles, rates, origins and names, before any endpoint."""

import asyncio
import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from limits.aio.storage import MemoryStorage

from service.api_keys import find_key, parse_keys
from service.http.guards import rates
from service.http.guards.access import _address
from service.rate_limits import rate_storage
from service.settings import ServiceSettings
from tests.conftest import serving

ASK, MANAGE = "a-key-that-asks", "a-key-that-manages"
KEYS = f"ask:{ASK}, manage:{MANAGE}"
QUESTION = {"question": "Who is Chen Xu?"}


@pytest.fixture(scope="module")
def guarded(seeds_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A service with two keys."""
    uploads = tmp_path_factory.mktemp("uploads")
    with serving(seeds_index, api_keys=KEYS, uploads=str(uploads)) as client:
        yield client


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


REQUESTS = [
    # method, path, body, status for the role ask, for manage
    ("POST", "/v1/ask", QUESTION, 200, 200),
    ("GET", "/v1/search?q=labor", None, 200, 200),
    ("GET", "/v1/documents", None, 200, 200),
    ("GET", "/v1/documents/none", None, 404, 404),
    ("GET", "/v1/no-such-endpoint", None, 404, 404),
    ("DELETE", "/v1/documents/none", None, 403, 404),
    ("POST", "/v1/documents", None, 403, 422),
    ("GET", "/v1/jobs/none", None, 403, 404),
]


@pytest.mark.parametrize(("method", "path", "body", "ask", "manage"), REQUESTS)
def test_a_role_may_do_what_it_may(
    guarded: httpx.Client, method: str, path: str, body: object, ask: int, manage: int
) -> None:
    def status(headers: dict[str, str]) -> int:
        response = guarded.request(method, path, json=body, headers=headers)
        if response.status_code in (401, 403):
            assert response.headers["content-type"] == "application/problem+json"
        return response.status_code

    assert status({}) == 401
    assert status(bearer("another")) == 401
    assert status({"Authorization": "Basic " + ASK}) == 401
    assert status(bearer(ASK)) == status({"X-API-Key": ASK}) == ask
    assert status(bearer(MANAGE)) == status({"x-api-key": MANAGE}) == manage


def test_a_refusal_says_how_to_be_let_in(guarded: httpx.Client) -> None:
    response = guarded.post("/v1/ask", json=QUESTION)
    assert response.headers["www-authenticate"] == "Bearer"
    assert "Authorization: Bearer KEY" in response.json()["detail"]
    refused = guarded.delete("/v1/documents/none", headers=bearer(ASK)).json()["detail"]
    assert "manage" in refused
    assert ASK not in refused


def test_nothing_of_a_large_upload_is_read_from_who_has_no_key(guarded: httpx.Client) -> None:

    headers = {"Expect": "100-continue", "Content-Length": "1000000"}
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    address = (guarded.base_url.host, guarded.base_url.port or 0)
    with socket.create_connection(address, timeout=20) as connection:
        request = f"POST /v1/documents HTTP/1.1\r\nHost: localhost\r\n{head}\r\n"
        connection.sendall(request.encode())
        assert connection.recv(100).startswith(b"HTTP/1.1 401")


@pytest.mark.parametrize(
    "path", ["/", "/docs", "/documents/any", "/static/chat.js", "/healthz", "/readyz"]
)
def test_pages_and_signs_of_life_need_no_key(guarded: httpx.Client, path: str) -> None:
    assert guarded.get(path).status_code == guarded.head(path).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        *(
            "//v1/documents",
            "/v1//documents",
            "/V1/documents",
            "/v1/documents/",
            "/v1/documents%2f",
        ),
        *("/static/../v1/documents", "/documents/..%2fv1/documents", "/documents/../v1/documents"),
        *("/healthz/../v1/documents", "/v1/documents;/static/", "/static/..%2f..%2fapi_keys.py"),
        *("http://localhost/v1/documents", "/v1/documents?/static/", "/%2e%2e/v1/documents"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS", "DELETE"])
def test_no_spelling_of_a_path_gets_in_without_a_key(
    guarded: httpx.Client, method: str, path: str
) -> None:
    """Sent as it stands: clients would tidy it up."""
    address = (guarded.base_url.host, guarded.base_url.port or 0)
    with socket.create_connection(address, timeout=20) as connection:
        connection.sendall(f"{method} {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        assert connection.recv(12) in (b"HTTP/1.1 401", b"HTTP/1.1 404", b"HTTP/1.1 405")


def test_a_file_of_the_pages_may_only_be_read(guarded: httpx.Client) -> None:
    response = guarded.post("/static/chat.js")
    assert (response.status_code, response.headers["allow"]) == (405, "GET, HEAD")


def test_with_keys_the_service_may_be_called_by_any_name(guarded: httpx.Client) -> None:
    headers = bearer(ASK) | {"Host": "answers.example.org"}
    assert guarded.get("/v1/documents", headers=headers).status_code == 200


def test_without_keys_a_name_of_elsewhere_is_refused(client: httpx.Client) -> None:
    for host in ("evil.example.org", "127.0.0.1.evil.example.org", "", "[", "localhost@evil"):
        response = client.get("/v1/documents", headers={"Host": host})
        assert response.status_code == 421, host
        assert "FOOTNOTE_ALLOWED_HOSTS" in response.json()["detail"]
    for host in ("localhost", "LOCALHOST:1", "127.0.0.1:8000", "[::1]:80"):
        assert client.get("/v1/documents", headers={"Host": host}).status_code == 200, host
    assert client.get("/healthz", headers={"Host": "10.0.0.7"}).status_code == 200


def test_pages_of_elsewhere_may_neither_read_nor_write(client: httpx.Client) -> None:
    origin = {"Origin": "https://evil.example.org"}
    assert client.post("/v1/ask", json=QUESTION, headers=origin).status_code == 403
    response = client.get("/v1/documents", headers=origin)
    assert "access-control-allow-origin" not in response.headers
    preflight = origin | {"Access-Control-Request-Method": "POST"}
    assert client.options("/v1/ask", headers=preflight).status_code >= 400


def test_origins_that_are_named_may_and_others_not(seeds_index: Path) -> None:
    ours, theirs = {"Origin": "https://ours.example.org"}, {"Origin": "https://theirs.example.org"}
    settings = {"cors_origins": ours["Origin"], "api_keys": KEYS, "rate_limit": "3/hour"}
    with serving(seeds_index, **settings) as client:
        asked = {
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization, content-type, x-stainless-lang",
        }
        preflight = client.options("/v1/ask", headers=ours | asked)
        assert preflight.status_code == 200
        assert preflight.headers["access-control-allow-origin"] == ours["Origin"]
        allowed = client.post("/v1/ask", json=QUESTION, headers=ours | bearer(ASK))
        assert allowed.status_code == 200
        assert allowed.headers["access-control-allow-origin"] == ours["Origin"]
        refused = client.post("/v1/ask", json=QUESTION, headers=ours)
        assert refused.status_code == 401
        assert refused.headers["access-control-allow-origin"] == ours["Origin"]
        assert client.options("/v1/ask", headers=theirs | asked).status_code == 400
        assert client.post("/v1/ask", json=QUESTION, headers=theirs).status_code == 403


def test_who_asks_too_often_waits_and_others_do_not(seeds_index: Path) -> None:
    with serving(seeds_index, api_keys=KEYS, rate_limit="3/hour") as client:
        for _ in range(3):
            assert client.get("/v1/documents", headers=bearer(ASK)).status_code == 200
        response = client.post("/v1/ask", json=QUESTION, headers=bearer(ASK))
        assert response.status_code == 429
        assert 0 < int(response.headers["retry-after"]) <= 3600
        assert response.headers["retry-after"] in response.json()["detail"]
        assert client.get("/v1/documents", headers=bearer(MANAGE)).status_code == 200
        guesses = [client.get("/v1/documents", headers=bearer(str(n))) for n in range(4)]
        assert [guess.status_code for guess in guesses] == [401, 401, 401, 429]
        assert client.get("/").status_code == client.get("/readyz").status_code == 200


def test_without_keys_an_address_is_counted(seeds_index: Path) -> None:
    with serving(seeds_index, rate_limit="2/hour; 9/day") as client:
        statuses = [client.get("/v1/documents").status_code for _ in range(3)]
        assert statuses == [200, 200, 429]


def test_an_address_of_version_six_is_counted_with_its_network() -> None:
    def counted(address: str) -> str:
        return _address({"client": (address, 1)})

    assert counted("2001:db8::1") == counted("2001:db8::ffff:1:2:3") != counted("2001:db8:0:1::1")
    assert counted("::ffff:192.0.2.1") == counted("192.0.2.1") == "192.0.2.1"
    assert counted("fe80::1%eth0") == "fe80::/64"
    assert counted("testclient") == "testclient"
    assert _address({"client": None}) == "unknown"


def test_a_storage_that_hangs_does_not_hold_up_the_service(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rates, "_COUNTING_S", 0.1)
    monkeypatch.setattr(MemoryStorage, "acquire_entry", lambda *_: asyncio.sleep(60))
    assert asyncio.run(rates.Rates("1/minute", "memory://").seconds_to_wait("anyone")) is None


def test_a_storages_password_is_not_told() -> None:
    with pytest.raises(ValueError, match="redis") as refused:
        rate_storage("redis://:hunter2@localhost:port")
    assert "hunter2" not in str(refused.value)
    assert "coredis" not in str(refused.value)  # what `limits` would want by itself
    given = ServiceSettings(rate_limit_storage="memory://?password=hunter2")
    assert "hunter2" not in repr(given)


@pytest.mark.parametrize(
    "text", ["secret-word", "ask:", "read:secret-word", "ask:secret-word,,", "ask:secret word"]
)
def test_keys_that_cannot_be_read_are_refused_and_not_told(text: str) -> None:
    with pytest.raises(ValueError, match=r"entry [12]") as refused:
        parse_keys(text)
    assert "secret" not in str(refused.value)


def test_a_key_is_kept_as_its_hash() -> None:
    keys = parse_keys(f"{KEYS},ask:with:colons")
    assert ASK not in repr(keys)
    assert [key.role for key in keys] == ["ask", "manage", "ask"]
    assert find_key(keys, "with:colons") is keys[2]
    assert find_key(keys, "with") is find_key(keys, "") is None
    assert parse_keys("") == ()
    with pytest.raises(ValueError, match="another role"):
        parse_keys(f"ask:{ASK},manage:{ASK}")
