"""Which pages may send requests through a visitor's browser."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from service.http.problems import problem_response


class SameOrigin:
    """Refuses what another site's page sends or fetches: it could upload documents to a service on
    the visitor's own machine, or keep it busy. To follow a link to a page of ours is no such thing.

    Browsers say where a request is from (https://www.w3.org/TR/fetch-metadata/), older ones only
    its `Origin`; programs say neither.
    """

    def __init__(self, app: ASGIApp, others: Sequence[str] = ()) -> None:
        """`others`: origins that may."""
        self._app = app
        self._others = frozenset(others)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self._may(headers := Headers(scope=scope)):
            whose = f"pages of {headers['origin']}" if "origin" in headers else "other sites' pages"
            refusal = problem_response(403, f"requests from {whose} are not allowed")
            return await refusal(scope, receive, send)
        return await self._app(scope, receive, send)

    def _may(self, headers: Headers) -> bool:
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        if origin in self._others or site == "same-origin":
            return True
        if origin:
            return _host(origin) == headers.get("host", "").casefold()
        # Without an origin: an address that was typed, a link, or an image of any page.
        return site in (None, "none") or headers.get("sec-fetch-mode") == "navigate"


def _host(origin: str) -> str | None:
    """None for what has none, such as `null`."""
    try:
        return urlsplit(origin).netloc.casefold() or None
    except ValueError:
        return None
