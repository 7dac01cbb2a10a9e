"""`/mcp`: MCP over streamable HTTP, each request by itself, so that any worker can answer it."""

import logging

import anyio
from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.assembly import Assembly
from service.http.problems import problem_response
from service.http.questions import Questions

_PATHS = ("/mcp", "/mcp/")  # a redirect from one to the other would lose the body


def install(app: FastAPI, assembly: Assembly, questions: Questions) -> None:
    endpoint = McpEndpoint(assembly, questions, app.version)
    app.router.routes.extend(
        Route(path, endpoint, name="mcp", include_in_schema=False) for path in _PATHS
    )


class McpEndpoint:
    """The SDK is imported with the first request: it takes longer than an answer does."""

    def __init__(self, assembly: Assembly, questions: Questions, version: str) -> None:
        self._version = version
        self._assembly = assembly
        self._questions = questions
        self._serve: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = _refusal(scope)
        if refusal is not None:
            return await refusal(scope, receive, send)
        try:
            body = await Request(scope, receive).body()
        except ClientDisconnect:
            return None
        if self._serve is None:
            self._serve = await run_in_threadpool(self._serving)
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(_end_when_gone, receive, tasks.cancel_scope)
            await self._serve(scope, _holding(body), send)
            tasks.cancel_scope.cancel()
        return None

    def _serving(self) -> ASGIApp:
        from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

        from service.mcp_server.server import make_server
        from service.mcp_server.tool import Parts

        # It says at each request that it starts and stops.
        logging.getLogger("mcp.server.streamable_http_manager").setLevel(logging.WARNING)
        server = make_server(Parts(self._assembly, self._questions), self._version)

        async def serve(scope: Scope, receive: Receive, send: Send) -> None:
            # A manager for each request: nothing outlives it, in whatever loop and thread it runs.
            # JSON, for its event streams end the moment that the process is told to stop.
            manager = StreamableHTTPSessionManager(server, stateless=True, json_response=True)
            async with manager.run():
                await manager.handle_request(scope, receive, send)

        return serve


def _refusal(scope: Scope) -> Response | None:
    if scope["method"] != "POST":
        detail = "MCP clients send POST requests to this address; there is no session to keep open"
        return problem_response(405, detail, {"Allow": "POST"})
    if not Headers(scope=scope).get("content-type", "").lower().startswith("application/json"):
        return problem_response(415, "the body must be JSON, sent as application/json")
    return None


def _holding(body: bytes) -> Receive:
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        if not messages:
            await anyio.sleep_forever()
        return messages.pop()

    return receive


async def _end_when_gone(receive: Receive, scope: anyio.CancelScope) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    scope.cancel()
