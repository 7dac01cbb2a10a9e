"""Files of pages, as browsers like to get them: compressed, and a second time only if changed."""

import os

from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

_PAGES = ("/", "/docs", "/openapi.json")
_BELOW = ("/static/", "/documents/")


class WebFiles(StaticFiles):
    """Files of a folder, which a browser keeps, and asks for again with each use (304)."""

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["Cache-Control"] = "no-cache"
        return response


class CompressedPages:
    """Compresses pages and their files, and nothing else: streams of events must not wait, and
    most of who calls the rest is on this machine."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._compressed = GZipMiddleware(app)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_page = scope["type"] == "http" and (
            scope["path"] in _PAGES or scope["path"].startswith(_BELOW)
        )
        await (self._compressed if is_page else self._app)(scope, receive, send)
