"""A line to a service that can be cut and mended, to see what a page makes of it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import httpx


@dataclass
class Line:
    """Hands bytes on between a port of its own and the service's."""

    service: tuple[str, int]
    address: str = ""
    is_cut: bool = False
    _open: list[socket.socket] = field(default_factory=list)

    def cut(self) -> None:
        """What is under way breaks off, and nobody gets through."""
        self.is_cut = True
        for one in self._open:
            _close(one)
        self._open.clear()

    def mend(self) -> None:
        self.is_cut = False

    def accept(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return  # closed
            if self.is_cut:
                _close(near)
                continue
            far = socket.create_connection(self.service)
            self._open += [near, far]
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=_hand_on, args=(one, other), daemon=True).start()


@contextmanager
def cut_line(client: httpx.Client) -> Iterator[Line]:
    """A line to the service of a client."""
    line = Line((client.base_url.host, client.base_url.port or 80))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        line.address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        threading.Thread(target=line.accept, args=(listener,), daemon=True).start()
        yield line
        line.cut()


def _hand_on(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while data := one.recv(65536):
            other.sendall(data)
    _close(one)
    _close(other)


def _close(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()
