"""Requests that never end, and headers that are too large, are given up."""

import socket
import time
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from service.answering.answerer import Answerer
from service.http.guards import body
from service.serving import connections, server
from tests.conftest import serving

SOON_S = 20.0
HEAD = b"POST /v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"


def connected(client: httpx.Client) -> socket.socket:
    return socket.create_connection((client.base_url.host, client.base_url.port or 0), SOON_S)


def test_a_body_that_stops_coming_is_given_up(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "_SILENCE_S", 0.3)
    with serving(index) as client, connected(client) as connection:
        connection.sendall(HEAD + b'Content-Length: 50\r\n\r\n{"question"')
        assert connection.recv(1000).startswith(b"HTTP/1.1 408")


def test_headers_without_end_are_refused(client: httpx.Client) -> None:
    answer = b""
    with connected(client) as connection:
        connection.sendall(HEAD)
        try:
            for number in range(100):
                connection.sendall(b"X-%d: %s\r\n" % (number, b"a" * 100_000))
            answer = connection.recv(100)
        except (ConnectionResetError, BrokenPipeError):
            return  # the service hung up
    assert answer.startswith(b"HTTP/1.1 4") or answer == b""


def test_a_body_of_unknown_length_is_bounded_too(client: httpx.Client) -> None:
    with connected(client) as connection:
        connection.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
        piece = b"%x\r\n%s\r\n" % (500_000, b" " * 500_000)
        answer = b""
        try:
            for _ in range(10):
                connection.sendall(piece)
        except (ConnectionResetError, BrokenPipeError):
            pass  # it answered without reading the rest
        answer = connection.recv(1000)
    assert answer.startswith(b"HTTP/1.1 413")


@pytest.mark.parametrize("sent", [b"", b"GET /healthz HT"])
@pytest.mark.parametrize("before", [b"", b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"])
def test_headers_that_stop_coming_are_given_up(
    index: Path, monkeypatch: pytest.MonkeyPatch, before: bytes, sent: bytes
) -> None:
    monkeypatch.setattr(connections, "_HEADERS_S", 0.5)
    monkeypatch.setattr(server, "_KEEP_ALIVE_S", 1)
    with serving(index) as client, connected(client) as connection:
        if before:
            connection.sendall(before)
            assert connection.recv(1000).startswith(b"HTTP/1.1 200")
        connection.sendall(sent)
        assert connection.recv(1000) == b""


def test_an_answer_may_take_longer_than_headers(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "_HEADERS_S", 0.2)

    def search(*_: object) -> list[object]:
        time.sleep(0.6)
        return []

    monkeypatch.setattr(Answerer, "search", search)
    with serving(index) as client:
        assert client.get("/v1/search?q=mill").status_code == 200


def test_the_rest_of_a_body_that_was_refused_is_not_waited_for(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "_HEADERS_S", 0.5)
    with serving(index, api_keys="ask:key") as client, connected(client) as connection:
        connection.sendall(HEAD + b"Content-Length: 1000000\r\n\r\n")
        assert connection.recv(1000).startswith(b"HTTP/1.1 401")
        with pytest.raises((ConnectionResetError, BrokenPipeError)):
            send_on(connection)


def send_on(connection: socket.socket) -> None:
    until = time.monotonic() + SOON_S
    while time.monotonic() < until:
        connection.sendall(b" ")
        time.sleep(0.05)


def test_who_reads_nothing_of_an_answer_is_given_up(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "_UNREAD_S", 0.5)
    asked = b"GET /static/swagger/swagger-ui-bundle.js HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with serving(index, most_requests=4) as client, ExitStack() as slow:
        for _ in range(4):
            unread = socket.socket()
            unread.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            unread.connect((client.base_url.host, client.base_url.port or 0))
            slow.enter_context(unread).sendall(asked * 20)
        until = time.monotonic() + SOON_S
        while client.get("/").status_code != 200:
            assert time.monotonic() < until
            time.sleep(0.05)


def test_what_is_sent_as_a_form_may_be_no_larger_than_another_question(
    client: httpx.Client,
) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=a"}
    for path in ("/v1/ask", "/v1/chat/completions", "/v1/feedback"):
        response = client.post(path, content=b" " * 4_100_000, headers=headers)
        assert response.status_code == 413


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/chat/completions", b'{"messages":[%s0]}' % (b"0," * 1_900_000)),
        ("/v1/chat/completions", b'{"messages":[%s0]}' % (b'{"role":"user"},' * 240_000)),
        (
            "/v1/chat/completions",
            b'{"messages":[{"role":"user","content":[%s0]}]}' % (b"0," * 1_900_000),
        ),
        ("/v1/ask", b'{"question":"Who?"%s}' % b"".join(b',"%x":0' % n for n in range(350_000))),
        ("/v1/ask", b"[" * 3_900_000),
        ("/v1/ask", b'{"question":%s}' % (b"9" * 3_900_000)),
        ("/v1/ask", b'{"question":"Who?","history":[%s0]}' % (b"0," * 1_900_000)),
    ],
    ids=["messages", "empty messages", "parts", "fields", "depth", "digits", "turns"],
)
def test_a_body_of_a_million_mistakes_costs_little(
    client: httpx.Client, path: str, body: bytes
) -> None:
    at = time.monotonic()
    response = client.post(path, content=body, headers={"Content-Type": "application/json"})
    assert response.status_code in (400, 422)
    assert len(response.text) < 1000
    assert time.monotonic() - at < 4  # to list them took half a minute, and gigabytes
