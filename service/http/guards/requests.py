"""How many requests are open at once."""

from starlette.types import ASGIApp, Receive, Scope, Send

from service.http.problems import problem_response
from service.observing.metrics import REFUSALS

_ALWAYS = ("/healthz",)


class MostRequests:
    """Refuses requests while `most` are open, streams included."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app = app
        self._most = most
        self._open = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in _ALWAYS:
            return await self._app(scope, receive, send)
        if self._open >= self._most:
            detail = f"{self._most} requests are open already (FOOTNOTE_MOST_REQUESTS): ask again"
            REFUSALS.labels("requests").inc()
            refusal = problem_response(503, detail, {"Retry-After": "1"})
            return await refusal(scope, receive, send)
        self._open += 1
        try:
            return await self._app(scope, receive, send)
        finally:
            self._open -= 1
