"""What is counted, and logged at info, of each request."""

import logging
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.observing.metrics import HTTP_REQUESTS, HTTP_SECONDS

_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_OTHER = "other"
_NO_ROUTE = "none"
_BROKEN_OFF = 500  # where nothing was sent

_log = logging.getLogger("footnote.requests")


class ObservedRequests:
    """Stands before all that may refuse a request."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        started = time.perf_counter()
        above = scope.get("root_path", "")
        status = _BROKEN_OFF

        async def seen(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            return await self._app(scope, receive, seen)
        finally:
            _tell(scope, status, _route(scope, above), time.perf_counter() - started)


def _tell(scope: Scope, status: int, route: str, seconds: float) -> None:
    method = scope["method"] if scope["method"] in _METHODS else _OTHER
    HTTP_REQUESTS.labels(method, route, str(status)).inc()
    HTTP_SECONDS.labels(method, route).observe(seconds)
    if _log.isEnabledFor(logging.INFO):
        told = {
            "method": scope["method"],
            "path": scope["path"],  # without the query, which may be a question
            "status": status,
            "ms": round(1000 * seconds, 1),
            "who": scope.get("state", {}).get("who") or f"address {_address(scope)}",
        }
        _log.info("request", extra=told)


def _address(scope: Scope) -> str:
    return str(scope["client"][0]) if scope.get("client") else "unknown"


def _route(scope: Scope, above: str) -> str:
    """The template of the path: not the path itself, of which there are any number."""
    template = getattr(scope.get("route"), "path", None)  # which the framework's own routes tell
    mounted = scope.get("root_path", "").removeprefix(above)
    is_fixed = "endpoint" in scope and not scope.get("path_params")
    return str(template or mounted or (scope["path"] if is_fixed else _NO_ROUTE))
