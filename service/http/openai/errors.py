"""Errors as OpenAI's clients read them, beside what RFC 9457 has."""

from http import HTTPStatus
from typing import Any

from pydantic import BaseModel

from service.http.schemas import Problem

TAG = "OpenAI's protocol"
"""What its endpoints are grouped under in the OpenAPI document."""
_TYPES = {
    HTTPStatus.UNAUTHORIZED: "authentication_error",
    HTTPStatus.FORBIDDEN: "permission_error",
    HTTPStatus.TOO_MANY_REQUESTS: "rate_limit_error",
}
_CODES = {
    HTTPStatus.UNAUTHORIZED: "invalid_api_key",
    HTTPStatus.NOT_FOUND: "model_not_found",
    HTTPStatus.TOO_MANY_REQUESTS: "rate_limit_exceeded",
}


class OpenAIError(BaseModel):
    message: str
    type: str
    param: str | None
    """The field that is wrong."""
    code: str | None


class OpenAIProblem(Problem):
    """A problem whose detail OpenAI's clients show too."""

    error: OpenAIError

    @classmethod
    def of(cls, problem: Problem, param: str | None = None) -> "OpenAIProblem":
        status = HTTPStatus(problem.status)
        error = OpenAIError(
            message=problem.detail,
            type=_TYPES.get(status, "server_error" if status >= 500 else "invalid_request_error"),
            param=param,
            code=_CODES.get(status),
        )
        return cls(**problem.model_dump(), error=error)


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What OpenAPI is told of these statuses."""
    return {status: {"model": OpenAIProblem} for status in statuses}


def speaks_openai(path: str) -> bool:
    """Whether who asks for it is a client of OpenAI's protocol."""
    return path in ("/v1/chat/completions", "/v1/models") or path.startswith("/v1/models/")
