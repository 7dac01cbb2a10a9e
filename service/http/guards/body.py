"""How large a body may be, and how long it may take to come."""

import asyncio

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.http.problems import problem_response

_MOST_JSON = 4_000_000  # bytes: a question with the longest history
_SILENCE_S = 30.0  # between two pieces of a body
_UPLOAD = ("POST", "/v1/documents")


class BodyLimit:
    """Refuses a body larger than `most_upload` bytes, or than a question can be, and one that
    stops coming."""

    def __init__(self, app: ASGIApp, most_upload: int) -> None:
        self._app = app
        self._most_upload = most_upload

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        headers = Headers(scope=scope)
        is_upload = (scope["method"], scope["path"]) == _UPLOAD
        most = self._most_upload if is_upload else _MOST_JSON
        limit = "FOOTNOTE_MOST_UPLOAD_MEGABYTES" if is_upload else "the most that a question needs"
        detail = f"the body is larger than {most / 1e6:,.0f} MB ({limit})"
        length = headers.get("content-length", "")
        if length.isdigit() and int(length) > most:
            return await problem_response(413, detail)(scope, receive, send)
        received = 0
        is_whole = False

        async def counted() -> Message:
            nonlocal received, is_whole
            message = await (receive() if is_whole else _in_time(receive))
            received += len(message.get("body", b""))
            is_whole = not message.get("more_body", False)
            if received > most:
                raise HTTPException(413, detail)
            return message

        return await self._app(scope, counted, send)


async def _in_time(receive: Receive) -> Message:
    try:
        async with asyncio.timeout(_SILENCE_S):
            return await receive()
    except TimeoutError:
        raise HTTPException(408, "the rest of the body did not come in time") from None
