"""A real Chroma server, which a test may end, hang and start again; a proxy that wants a token."""

import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx

_SOON_S = 60.0
_PASSED_ON = ("content-type", "accept")


class ChromaServer:
    """`chroma run` over a folder, at the same address whenever it is started."""

    def __init__(self, folder: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        place = ["--path", str(self.folder), "--host", "127.0.0.1", "--port", str(self.port)]
        self._process = subprocess.Popen(
            [str(Path(sys.executable).with_name("chroma")), "run", *place],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + _SOON_S
        while time.monotonic() < until:
            with suppress(httpx.TransportError):
                httpx.get(f"{self.address}/api/v2/heartbeat")
                return
            time.sleep(0.1)
        raise AssertionError(f"nothing answers at {self.address}")

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)
            self._process = None

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """It takes connections, and answers nothing."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)


@contextmanager
def chroma_server(folder: Path) -> Iterator[ChromaServer]:
    server = ChromaServer(folder)
    server.start()
    try:
        yield server
    finally:
        server.kill()


@contextmanager
def wanting_token(address: str, token: str) -> Iterator[str]:
    """The address of a proxy that passes on requests that have the token."""

    class Proxy(BaseHTTPRequestHandler):
        def _pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            if self.headers.get("authorization") != f"Bearer {token}":
                self._answer(401, b"<html>Who are you?</html>")
                return
            kept = {name: self.headers[name] for name in _PASSED_ON if name in self.headers}
            answer = httpx.request(
                self.command, address + self.path, content=body, headers=kept, timeout=30
            )
            self._answer(answer.status_code, answer.content)

        do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = _pass_on  # noqa: N815

        def _answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    proxy = ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    threading.Thread(target=proxy.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{proxy.server_port}"
    proxy.shutdown()
    proxy.server_close()


def cache_of(folder: Path, models: Path) -> str:
    """A cache of its own with the models, where a replica puts its full-text index."""
    folder.mkdir(parents=True)
    (folder / "models").symlink_to(models)
    return str(folder)
