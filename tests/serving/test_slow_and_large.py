"""Requests that never end, and headers that are too large, are given up."""

import socket
from pathlib import Path

import httpx
import pytest

from service.http.guards import body
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
