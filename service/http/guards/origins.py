"""Which pages may send requests through a visitor's browser."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from service.http.problems import problem_response

_SAFE = ("GET", "HEAD", "OPTIONS")


class SameOrigin:
    """Refuses what another site's page sends: it could upload documents to a service on the
    visitor's own machine."""

    def __init__(self, app: ASGIApp, others: Sequence[str] = ()) -> None:
        """`others`: origins that may."""
        self._app = app
        self._others = frozenset(others)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in _SAFE:
            headers = Headers(scope=scope)
            origin = headers.get("origin")
            if origin and not self._may(origin, headers.get("host", "")):
                refusal = problem_response(403, f"requests from pages of {origin} are not allowed")
                return await refusal(scope, receive, send)
        return await self._app(scope, receive, send)

    def _may(self, origin: str, host: str) -> bool:
        return origin in self._others or urlsplit(origin).netloc == host
