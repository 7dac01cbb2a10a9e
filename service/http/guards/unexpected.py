"""Errors that nobody expected, answered as problems."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.http.problems import ProblemResponse, problem_of


class Unexpected:
    """Stands further in than what adds headers: the framework's own last resort stands before all
    of it, and its answer would have none of them."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        begun = False

        async def noted(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, noted)
        except Exception as error:
            if begun:
                raise
            await ProblemResponse(problem_of(error))(scope, receive, send)
