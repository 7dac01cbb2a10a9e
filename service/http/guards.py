"""What stands before every endpoint: the size of a body, and where a request comes from.

Pure ASGI middleware, so that bodies are counted as they come and streams are not held up.
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.http.problems import problem_response

_SAFE = ("GET", "HEAD", "OPTIONS")
_MOST_JSON = 4_000_000  # bytes: a question with the longest history


class BodyLimit:
    """Refuses a body larger than `most_upload` bytes, or than a question can be."""

    def __init__(self, app: ASGIApp, most_upload: int) -> None:
        self._app = app
        self._most_upload = most_upload

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        headers = Headers(scope=scope)
        is_upload = headers.get("content-type", "").startswith("multipart/")
        most = self._most_upload if is_upload else _MOST_JSON
        limit = "FOOTNOTE_MOST_UPLOAD_MEGABYTES" if is_upload else "the most that a question needs"
        detail = f"the body is larger than {most / 1e6:,.0f} MB ({limit})"
        length = headers.get("content-length", "")
        if length.isdigit() and int(length) > most:
            return await problem_response(413, detail)(scope, receive, send)
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > most:
                raise HTTPException(413, detail)
            return message

        return await self._app(scope, counted, send)


class SameOrigin:
    """Refuses what another site's page sends through a visitor's browser: it could upload
    documents to a service on the visitor's own machine."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in _SAFE:
            headers = Headers(scope=scope)
            origin = headers.get("origin")
            if origin and urlsplit(origin).netloc != headers.get("host", ""):
                refusal = problem_response(403, f"requests from pages of {origin} are not allowed")
                return await refusal(scope, receive, send)
        return await self._app(scope, receive, send)
