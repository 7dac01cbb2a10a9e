"""A real HTTP server that speaks a model server's protocol and says what a test has written.

with openai_server() as server:
    server.says("First. [1]", Reply(status=500), Reply(("Half", " of"), breaks_after=2))
"""

import json
import select
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.model_servers.protocols import (
    AnthropicProtocol,
    ModelProtocol,
    OllamaProtocol,
    OpenAIProtocol,
)
from tests.model_servers.reply import Reply, says

_LOOKS_EVERY_S = 0.01
_DRIPS_EVERY_S = 0.02


@dataclass(frozen=True)
class Request:
    path: str
    headers: Message
    body: dict[str, Any]
    at: float
    """When it came, in seconds of the monotonic clock."""


@dataclass
class ScriptedServer:
    protocol: ModelProtocol
    address: str = ""
    replies: list[Reply] = field(default_factory=lambda: [Reply()])
    requests: list[Request] = field(default_factory=list)
    """Those for completions."""
    dropped: threading.Event = field(default_factory=threading.Event)
    """Set when a client left while it was still being answered."""
    closing: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        """What `FOOTNOTE_MODEL_BASE_URL` wants."""
        return self.address + self.protocol.base

    @property
    def model(self) -> str:
        """What `FOOTNOTE_MODEL` wants."""
        return f"{self.protocol.provider}:tiny"

    @property
    def bodies(self) -> list[dict[str, Any]]:
        return [request.body for request in self.requests]

    def says(self, *replies: str | Reply) -> None:
        """One reply a request; the last one is repeated."""
        self.replies = [says(one) if isinstance(one, str) else one for one in replies]

    def take(self, request: Request) -> Reply:
        with self._lock:
            self.requests.append(request)
            return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]


@contextmanager
def scripted_server(protocol: ModelProtocol) -> Iterator[ScriptedServer]:
    """On a free port of this machine."""
    scripted = ScriptedServer(protocol)

    class Handler(_Answering):
        server_script = scripted

    listening = _Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=listening.serve_forever, args=(0.02,), daemon=True).start()
    scripted.address = f"http://127.0.0.1:{listening.server_port}"
    try:
        yield scripted
    finally:
        scripted.closing.set()
        listening.shutdown()
        listening.server_close()


def openai_server() -> AbstractContextManager[ScriptedServer]:
    return scripted_server(OpenAIProtocol())


def ollama_server() -> AbstractContextManager[ScriptedServer]:
    return scripted_server(OllamaProtocol())


def anthropic_server() -> AbstractContextManager[ScriptedServer]:
    return scripted_server(AnthropicProtocol())


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client may leave at any moment."""


class _Left(Exception):
    """The client has gone, or the server is to close."""


class _Answering(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_script: ScriptedServer

    def do_GET(self) -> None:
        self._other({})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        script = self.server_script
        if self.path.split("?")[0] != script.protocol.path:
            return self._other(body)
        reply = script.take(Request(self.path, self.headers, body, time.monotonic()))
        try:
            self._answer(reply, body)
        except (_Left, ConnectionError):
            self.close_connection = True
            if not script.closing.is_set():
                script.dropped.set()

    def _other(self, body: dict[str, Any]) -> None:
        answer = self.server_script.protocol.others(self.path, body)
        error = self.server_script.protocol.error(404, f"no {self.path} here")
        self._json(200 if answer else 404, json.dumps(answer or error))

    def _answer(self, reply: Reply, body: dict[str, Any]) -> None:
        protocol = self.server_script.protocol
        if reply.hangs == "before_headers":
            self._hang()
        if reply.hangs == "in_headers":
            self._drip("x-wait: 1\r\n", before="HTTP/1.1 200 OK\r\n")
        if reply.status != 200:
            error = json.dumps(protocol.error(reply.status, reply.error))
            self._json(reply.status, error if reply.raw is None else reply.raw, reply)
        elif reply.raw is not None:
            self._json(200, reply.raw, reply)
        elif not body.get("stream", protocol.provider == "ollama"):
            self._wait(reply.pause_s)
            whole = protocol.whole(body, "".join(reply.pieces), reply.finish)
            self._json(200, json.dumps(whole), reply)
        else:
            self._stream(reply, body)

    def _stream(self, reply: Reply, body: dict[str, Any]) -> None:
        protocol = self.server_script.protocol
        self._head(200, protocol.media_type, reply)
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        self._chunk(protocol.begin(body))
        while reply.drips:
            self._chunk(protocol.keep_alive)
            self._wait(_DRIPS_EVERY_S)
        for thought in reply.thoughts:
            self._chunk(protocol.thought(body, thought))
        if reply.hangs == "before_text":
            self._hang()
        if not self._pieces(reply, body):
            return
        if reply.hangs == "after_text":
            self._hang()
        self._chunk(protocol.end(body, reply.finish))
        self._chunk("", last=True)

    def _pieces(self, reply: Reply, body: dict[str, Any]) -> bool:
        """Whether the answer goes on to its end mark."""
        number = 0
        while True:
            if not self._goes_on(reply, number):
                return False
            if number >= len(reply.pieces) and not reply.endless:
                return True
            self._wait(reply.pause_s)
            piece = reply.pieces[number % len(reply.pieces)]
            self._chunk(self.server_script.protocol.piece(body, piece))
            number += 1

    def _goes_on(self, reply: Reply, number: int) -> bool:
        if number == reply.breaks_after:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return False
        if number == reply.stops_after:
            self._chunk("", last=True)
            return False
        if number == reply.error_after:
            self._chunk(self.server_script.protocol.failed(reply.error))
            self._chunk("", last=True)
            return False
        if number == reply.garbage_after:
            self._chunk(self.server_script.protocol.piece({"model": "tiny"}, "x").replace("}", ";"))
        return True

    def _json(self, status: int, text: str, reply: Reply | None = None) -> None:
        data = text.encode()
        self._head(status, "application/json", reply)
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _head(self, status: int, media_type: str, reply: Reply | None) -> None:
        self.send_response(status)
        self.send_header("content-type", media_type)
        for name, value in (reply.headers if reply else {}).items():
            self.send_header(name, value)

    def _chunk(self, text: str, last: bool = False) -> None:
        data = text.encode()
        if data or last:
            self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
            self.wfile.flush()

    def _drip(self, text: str, before: str) -> None:
        self.wfile.write(before.encode())
        while True:
            self.wfile.write(text.encode())
            self._wait(_DRIPS_EVERY_S)

    def _hang(self) -> None:
        self._wait(float("inf"))

    def _wait(self, seconds: float) -> None:
        """Raises _Left when the client goes meanwhile."""
        until = time.monotonic() + seconds
        while True:
            if self.server_script.closing.is_set() or self._client_left():
                raise _Left
            left = until - time.monotonic()
            if left <= 0:
                return
            self.server_script.closing.wait(min(left, _LOOKS_EVERY_S))

    def _client_left(self) -> bool:
        looking = select.poll()  # select takes no descriptor above 1023, and a long run has those
        looking.register(self.connection, select.POLLIN)
        return bool(looking.poll(0)) and not self.connection.recv(1, socket.MSG_PEEK)

    def log_message(self, *_: object) -> None:
        pass
