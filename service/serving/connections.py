"""Connections with limits of time that the server's own have not: whoever reaches the service, with
a key or without, could hold as many of them as it may have open."""

import asyncio
from collections.abc import Callable
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

_HEADERS_S = 30.0  # for the headers of a request, from its first byte or the connection on
_UNREAD_S = 120.0  # for a client to read what waits for it


class Connection(H11Protocol):
    """By h11: httptools takes headers of any size. Is closed when headers do not come in time, and
    when its client does not read."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._headers_limit = _Limit(_HEADERS_S, transport.close)
        self._unread_limit = _Limit(_UNREAD_S, transport.abort)
        self._headers_limit.start()

    def connection_lost(self, exc: Exception | None) -> None:
        self._headers_limit.stop()
        self._unread_limit.stop()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        cycle: Any = self.cycle
        if cycle is not None and not cycle.response_complete:
            self._headers_limit.stop()
        else:  # headers that are not whole, or the rest of a body that was answered already
            self._headers_limit.start()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._unread_limit.start()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._unread_limit.stop()


class _Limit:
    """Does something after a time, unless it is stopped."""

    def __init__(self, seconds: float, then: Callable[[], None]) -> None:
        self._seconds = seconds
        self._then = then
        self._timer: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """From now, where it was not started."""
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(self._seconds, self._then)

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
