"""Errors as RFC 9457 problem details, each with a `detail` a person understands."""

import logging
import math
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.types import Receive, Scope, Send

from ingest.errors import (
    DocumentNotFound,
    FootnoteError,
    IndexBusy,
    IndexMismatch,
    IndexMissing,
    IndexUnreachable,
    ModelError,
)
from service.feedback.problems import AnswerNotFound, FeedbackUnavailable, NothingRemembered
from service.http.allowed_methods import allowed_methods
from service.http.openai.errors import OpenAIProblem, speaks_openai
from service.http.schemas import Problem
from service.http.turns import Overloaded, Stopping
from service.language_models.failures import FailureKind, ModelFailure
from service.uploading.files import (
    UploadRefused,
    UploadsFull,
    UploadsUnwritable,
    not_received,
)
from service.uploading.jobs import JobNotFound

_log = logging.getLogger("footnote")
_STATUS: dict[type[FootnoteError], HTTPStatus] = {
    DocumentNotFound: HTTPStatus.NOT_FOUND,
    JobNotFound: HTTPStatus.NOT_FOUND,
    UploadRefused: HTTPStatus.UNPROCESSABLE_ENTITY,
    UploadsUnwritable: HTTPStatus.SERVICE_UNAVAILABLE,
    UploadsFull: HTTPStatus.INSUFFICIENT_STORAGE,
    IndexBusy: HTTPStatus.CONFLICT,
    IndexMissing: HTTPStatus.SERVICE_UNAVAILABLE,
    IndexMismatch: HTTPStatus.SERVICE_UNAVAILABLE,
    IndexUnreachable: HTTPStatus.SERVICE_UNAVAILABLE,
    Overloaded: HTTPStatus.SERVICE_UNAVAILABLE,
    Stopping: HTTPStatus.SERVICE_UNAVAILABLE,
    ModelError: HTTPStatus.SERVICE_UNAVAILABLE,
    AnswerNotFound: HTTPStatus.NOT_FOUND,
    NothingRemembered: HTTPStatus.CONFLICT,
    FeedbackUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
}
_FAILURES: dict[FailureKind, HTTPStatus] = {
    "unreachable": HTTPStatus.SERVICE_UNAVAILABLE,
    "timeout": HTTPStatus.GATEWAY_TIMEOUT,
    "bad_key": HTTPStatus.BAD_GATEWAY,
    "no_model": HTTPStatus.BAD_GATEWAY,
    "rate_limited": HTTPStatus.SERVICE_UNAVAILABLE,
    "server_error": HTTPStatus.BAD_GATEWAY,
    "malformed": HTTPStatus.BAD_GATEWAY,
    "broke_off": HTTPStatus.BAD_GATEWAY,
    "resting": HTTPStatus.SERVICE_UNAVAILABLE,
}
_NOT_FOUND = "there is nothing at this path: /docs lists what there is"
_UNEXPECTED = "Something went wrong inside the service; its log says what."


def problem_of(error: Exception) -> Problem:
    """The problem that an error of the project, or any other, is shown as."""
    status = _status(error)
    if status:
        return Problem(title=status.phrase, status=status, detail=_sentence(str(error)))
    _log.error("unexpected error", exc_info=error)
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    return Problem(title=status.phrase, status=status, detail=_UNEXPECTED)


def _status(error: Exception) -> HTTPStatus | None:
    if isinstance(error, ModelFailure):
        return _FAILURES[error.kind]
    return next((status for kind, status in _STATUS.items() if isinstance(error, kind)), None)


def problem_response(
    status: int, detail: str, headers: dict[str, str] | None = None
) -> JSONResponse:
    """A problem outside of any endpoint."""
    phrase = HTTPStatus(status).phrase
    return ProblemResponse(Problem(title=phrase, status=status, detail=_sentence(detail)), headers)


def install(app: FastAPI) -> None:
    """Make every error of the application a problem."""
    app.add_exception_handler(FootnoteError, _on_error)
    app.add_exception_handler(Exception, _on_error)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(RequestValidationError, _on_invalid)


async def _on_error(_: Request, error: Exception) -> JSONResponse:
    problem = problem_of(error)
    waits = getattr(error, "retry_after_s", None)
    if waits is None or problem.status != HTTPStatus.SERVICE_UNAVAILABLE:
        return ProblemResponse(problem)
    return ProblemResponse(problem, {"Retry-After": str(math.ceil(waits))})


async def _on_http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    if isinstance(error.__cause__, OSError):
        return await _on_error(request, not_received(error.__cause__))
    status = HTTPStatus(error.status_code)
    detail = error.detail
    headers = dict(error.headers or {})
    if status is HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = allowed_methods(request)
        detail = f"this path takes {headers['Allow']}, not {request.method}"
    elif detail == status.phrase:  # nobody said more
        detail = _NOT_FOUND if status is HTTPStatus.NOT_FOUND else status.description or detail
    problem = Problem(title=status.phrase, status=status, detail=_sentence(detail))
    return ProblemResponse(problem, headers)


async def _on_invalid(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    malformed = first["type"] == "json_invalid"
    status = HTTPStatus.BAD_REQUEST if malformed else HTTPStatus.UNPROCESSABLE_ENTITY
    detail = (
        f"The body is not valid JSON: {first.get('ctx', {}).get('error', first['msg'])}"
        if malformed
        else what_is_wrong(error.errors(), outer=1)
    )
    problem = Problem(title=status.phrase, status=status, detail=_sentence(detail))
    field = ".".join(str(part) for part in first["loc"][1:])
    return ProblemResponse(problem, param=None if malformed else field or None)


def what_is_wrong(errors: Sequence[Any], outer: int = 0) -> str:
    """What pydantic found, as a sentence. `outer`: how many parts of a field's place are not the
    sender's business, at its front."""
    return _sentence("; ".join(_describe(error, error["loc"][outer:]) for error in errors[:5]))


# What pydantic calls an error, and what a person would; the braces are of the error's context.
_MEANINGS = {
    "extra_forbidden": "is not a known field",
    "missing": "is missing",
    "string_too_short": "is empty",
    "string_too_long": "is longer than {max_length} characters",
    "string_type": "must be text",
    "string_unicode": "holds half a character, which is no text",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_parsing_size": "is too large",
    "list_type": "must be a list",
    "too_short": "must have at least {min_length} entry if it is given",
    "too_long": "must have at most {max_length} entries",
    "literal_error": "must be {expected}",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "model_attributes_type": "must be a JSON object, sent with content-type application/json",
}


def _describe(error: Any, loc: Sequence[Any]) -> str:
    place = ".".join(str(part) for part in loc)
    subject = f"the field {place}" if place else "the body"
    if error["type"] not in _MEANINGS:
        return f"{subject}: {error['msg']}"
    return f"{subject} {_MEANINGS[error['type']].format_map(error.get('ctx', {}))}"


def _sentence(text: str) -> str:
    text = text.strip()
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?", "`")) else text + "."


class ProblemResponse(JSONResponse):
    """A problem, for OpenAI's clients with what they read of an error."""

    media_type = "application/problem+json"

    def __init__(
        self, problem: Problem, headers: dict[str, str] | None = None, param: str | None = None
    ) -> None:
        """`param`: the field that is wrong."""
        super().__init__(problem.model_dump(), problem.status, headers)
        self._problem = problem
        self._param = param

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if speaks_openai(scope["path"]):
            told = OpenAIProblem.of(self._problem, self._param)
            self.body = self.render(told.model_dump())
            self.headers["content-length"] = str(len(self.body))
        await super().__call__(scope, receive, send)
