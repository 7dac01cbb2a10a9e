"""The OpenAPI document, with what holds for every endpoint: what stands before them all may answer
in their place, and every error is a problem."""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI

from service.http.guards.roles import role_needed
from service.http.openai.errors import TAG, OpenAIProblem, speaks_openai
from service.http.schemas import Problem
from service.settings import ServiceSettings

DESCRIPTION = """
Ask at `POST /v1/ask`: every sentence of an answer has footnotes to the exact words of a document.
`text[start_char_index:end_char_index]` of `GET /v1/documents/{document_id}` is a footnote's
`cited_text`; offsets count Unicode code points. Every error is a problem (RFC 9457) whose `detail`
says what to do. A key, where the service wants one, goes into "Authorize".
"""
TAGS = [
    {"name": "Answers", "description": "Questions, and passages without an answer."},
    {"name": "Documents", "description": "What answers are made from, and uploads of it."},
    {"name": "Feedback", "description": "What people think of answers."},
    {"name": TAG, "description": "For clients and front ends that know it."},
    {"name": "Operation", "description": "Signs of life, and figures."},
]
_SCHEMES = {
    "bearer": {"type": "http", "scheme": "bearer"},
    "header": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
}
_GUARDED = {
    403: "The key has not the role that this needs, or a page of another site asks.",
    421: "The service is not called by this name.",
    429: "Too many requests.",
    503: "The service cannot answer this now.",
}
_WITH_KEYS = {401: "A key is needed."}
_WITH_BODY = {
    400: "The body is not what its content type says.",
    408: "The body did not come in time.",
    413: "The body is too large.",
}
_RETRY_AFTER = {
    "Retry-After": {
        "description": "Seconds to wait.",
        "schema": {"type": "integer", "minimum": 1},
    }
}
# OpenAPI before 3.2 has the schema of a stream describe each of its events.
_EVENT = {
    "type": "object",
    "properties": {
        "event": {"type": "string"},
        "data": {"type": "string", "contentMediaType": "application/json"},
    },
    "required": ["data"],
}
_METHODS = ("get", "post", "delete")


def install(app: FastAPI, settings: ServiceSettings) -> None:
    with_keys = bool(settings.api_keys.get_secret_value())
    make = app.openapi

    def made() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _completed(make(), with_keys)
        return app.openapi_schema

    app.openapi = made  # type: ignore[method-assign] # FastAPI says to do so


def _completed(document: dict[str, Any], with_keys: bool) -> dict[str, Any]:
    components = document["components"]
    for unused in ("HTTPValidationError", "ValidationError"):
        components["schemas"].pop(unused, None)
    if with_keys:
        components["securitySchemes"] = _SCHEMES
    for path, method, operation in _operations(document):
        statuses: dict[int, str] = {}
        if role_needed(method.upper(), path):
            statuses = _GUARDED | (_WITH_KEYS if with_keys else {})
            if with_keys:
                operation["security"] = [{name: []} for name in _SCHEMES]
        if "requestBody" in operation:
            statuses |= _WITH_BODY
        for status, description in statuses.items():
            operation["responses"].setdefault(str(status), {"description": description})
        _as_problems(path, operation["responses"])
        _as_events(operation["responses"])
    return document


def _operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in document["paths"].items():
        for method in _METHODS:
            if method in item:
                yield path, method, item[method]


def _as_problems(path: str, responses: dict[str, Any]) -> None:
    model = OpenAIProblem if speaks_openai(path) else Problem
    schema = {"$ref": f"#/components/schemas/{model.__name__}"}
    for status, response in responses.items():
        if int(status) >= 400:
            response["content"] = {"application/problem+json": {"schema": schema}}
        if status in ("429", "503"):
            response["headers"] = _RETRY_AFTER


def _as_events(responses: dict[str, Any]) -> None:
    for response in responses.values():
        content = response.get("content", {})
        if "text/event-stream" in content:
            content["text/event-stream"] = {"schema": _EVENT}
