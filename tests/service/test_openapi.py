"""The OpenAPI document tells what stands before every endpoint."""

from pathlib import Path
from typing import Any

import pytest

from service.http.app import create_app
from service.http.openai.bodies import ChatCompletionBody
from service.http.openapi import TAGS
from service.http.schemas import AskBody
from service.settings import ServiceSettings

OPEN = {"/healthz", "/readyz"}


@pytest.fixture(params=["", "ask:a,manage:b"], ids=["open", "keys"])
def keys(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def operations(tmp_path: Path, keys: str) -> dict[tuple[str, str], dict[str, Any]]:
    """By method and path."""
    settings = ServiceSettings(index=str(tmp_path), api_keys=keys)
    document = create_app(settings).openapi()
    assert ("securitySchemes" in document["components"]) == bool(keys)
    return {
        (method, path): operation
        for path, item in document["paths"].items()
        for method, operation in item.items()
    }


def test_what_needs_a_key_says_so(
    operations: dict[tuple[str, str], dict[str, Any]], keys: str
) -> None:
    for (_, path), operation in operations.items():
        needs_key = bool(keys) and path not in OPEN
        assert ("security" in operation) == needs_key, path
        assert "401" in operation["responses"] or not needs_key, path


def test_a_newcomer_is_told_what_each_is_for(
    operations: dict[tuple[str, str], dict[str, Any]],
) -> None:
    groups = {tag["name"] for tag in TAGS}
    for (_, path), operation in operations.items():
        assert set(operation["tags"]) <= groups and operation["tags"], path
        assert operation["description"], path
        for parameter in operation.get("parameters", []):
            assert parameter.get("description") or parameter["in"] == "path", parameter["name"]


@pytest.mark.parametrize("body", [AskBody, ChatCompletionBody])
def test_a_proposed_body_is_accepted(body: type[AskBody] | type[ChatCompletionBody]) -> None:
    schema = body.model_json_schema()
    for example in schema["examples"]:
        body.model_validate(example)
    described = [name for name, field in schema["properties"].items() if "description" in field]
    assert {"document_ids"} < set(described)


def test_every_error_is_a_problem(operations: dict[tuple[str, str], dict[str, Any]]) -> None:
    for (method, path), operation in operations.items():
        for status, response in operation["responses"].items():
            if status >= "400":
                assert list(response["content"]) == ["application/problem+json"], (path, status)
        if path not in OPEN:
            assert {"403", "421", "429", "503"} <= set(operation["responses"]), path
        if method == "post":
            assert {"400", "408", "413", "422"} <= set(operation["responses"]), path
