"""`GET /v1/access`: what a key may do, and how much the service takes."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from ingest.readers import known_suffixes
from service.settings import MOST_QUESTION
from tests.conftest import serving


def test_without_keys_everyone_may_do_everything(client: httpx.Client) -> None:
    told = client.get("/v1/access").json()
    assert (told["key_needed"], told["role"], told["may_upload"]) == (False, "manage", True)


@pytest.fixture(scope="module")
def guarded(seeds_index: Path) -> Iterator[httpx.Client]:
    with serving(
        seeds_index, api_keys="ask:asks, manage:manages", most_upload_megabytes=3
    ) as client:
        yield client


@pytest.mark.parametrize(
    ("key", "role", "may"), [("asks", "ask", False), ("manages", "manage", True)]
)
def test_a_key_is_told_its_role(guarded: httpx.Client, key: str, role: str, may: bool) -> None:
    told = guarded.get("/v1/access", headers={"X-API-Key": key}).json()
    assert (told["key_needed"], told["role"], told["may_upload"]) == (True, role, may)


@pytest.mark.parametrize("path", ["/v1/access", "/v1/suggestions"])
def test_nothing_is_told_without_a_key(guarded: httpx.Client, path: str) -> None:
    assert guarded.get(path).status_code == 401
    assert guarded.get(path, headers={"X-API-Key": "asks"}).status_code == 200


def test_the_limits_are_those_that_hold(guarded: httpx.Client) -> None:
    key = {"X-API-Key": "manages"}
    told = guarded.get("/v1/access", headers=key).json()
    assert told["file_types"] == known_suffixes()
    assert told["most_question_characters"] == MOST_QUESTION
    for length, status in ((MOST_QUESTION, 200), (MOST_QUESTION + 1, 422)):
        asked = guarded.post("/v1/ask", json={"question": "a" * length}, headers=key)
        assert asked.status_code == status
    too_large = {"files": ("a.txt", b"a" * (told["most_upload_bytes"] + 1))}
    assert guarded.post("/v1/documents", files=too_large, headers=key).status_code == 413
