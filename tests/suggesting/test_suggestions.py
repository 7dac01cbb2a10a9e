"""`GET /v1/suggestions`: every question was answered from its document before it is offered."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from ingest.run import run
from ingest.settings import IngestSettings
from service.assembly import Assembly
from service.settings import ServiceSettings
from service.suggesting import Suggester
from tests.conftest import serving
from tests.service.uploading_files import upload
from tests.suggesting.collection import (
    ASKING,
    BREAD,
    GERMAN,
    GERMAN_FAQ,
    MILL,
    MINUTES,
    POLICY,
    write,
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("suggesting")
    others = {"bread": BREAD, "minutes": MINUTES, "german": GERMAN, "asking": ASKING}
    documents = write(place / "documents", mill=MILL, policy=POLICY, **others)
    run(IngestSettings(index=str(place / "index")), [str(documents)])
    return place / "index"


@pytest.fixture(scope="module")
def service(index: Path) -> Iterator[httpx.Client]:
    with serving(index) as client:
        yield client


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A service that has no index until the first upload."""
    place = tmp_path_factory.mktemp("empty")
    with serving(place / "index", uploads=str(place / "uploads")) as client:
        yield client


def suggested(client: httpx.Client, **query: Any) -> list[dict[str, str]]:
    response = client.get("/v1/suggestions", params=query)
    assert response.status_code == 200, response.text
    found: list[dict[str, str]] = response.json()["suggestions"]
    return found


def ids(client: httpx.Client) -> dict[str, str]:
    listed = client.get("/v1/documents").json()["documents"]
    return {one["source"]: one["document_id"] for one in listed}


def test_each_is_answered_from_the_document_it_was_made_of(service: httpx.Client) -> None:
    found = suggested(service, limit=12)
    assert len(found) > 4
    for one in found:
        answer = service.post("/v1/ask", json={"question": one["question"]}).json()
        assert answer["kind"] == "answer", one
        assert answer["confidence"] > 0.75, one
        assert one["document_id"] in {cited["document_id"] for cited in answer["citations"]}


def test_what_another_document_answers_is_not_offered(service: httpx.Client) -> None:
    asking = ids(service)["asking.md"]
    assert asking not in {one["document_id"] for one in suggested(service, limit=12)}


def test_what_is_not_answered_surely_is_not_offered(index: Path) -> None:
    answerer = Assembly(ServiceSettings(index=str(index))).answerer()
    assert Suggester(answerer, 0.5).suggest(4)
    assert Suggester(answerer, 0.9999).suggest(4) == ()


def test_they_are_questions_that_stand_alone(service: httpx.Client) -> None:
    for one in suggested(service, limit=12):
        assert re.fullmatch(r"[A-Z][^?]+\?", one["question"])
        assert 4 <= len(one["question"].split()) <= 16
        assert not re.search(r"\b(?:he|she|it|they|this|these)\b", one["question"])


def test_they_are_of_different_documents(service: httpx.Client) -> None:
    found = suggested(service)
    assert len(found) == len({one["document_id"] for one in found}) == 4


def test_they_are_the_same_as_long_as_the_index_is(service: httpx.Client) -> None:
    assert suggested(service) == suggested(service)


def test_of_chosen_documents_only(service: httpx.Client) -> None:
    known = ids(service)
    found = suggested(service, document_ids=[known["mill.txt"], "unknown"])
    assert {one["document_id"] for one in found} == {known["mill.txt"]}
    assert "When was the Aune mill built?" in {one["question"] for one in found}
    assert suggested(service, document_ids=["unknown"]) == []
    assert suggested(service, document_ids=[known["german.txt"]]) == []


def test_no_more_than_wanted(service: httpx.Client) -> None:
    assert len(suggested(service, limit=1)) == 1
    for query in ({"limit": 0}, {"limit": 13}, {"document_ids": ["x"] * 21}):
        assert service.get("/v1/suggestions", params=query).status_code == 422


def test_without_documents_there_are_none_and_new_ones_are_seen(empty: httpx.Client) -> None:
    assert empty.get("/v1/suggestions").status_code == 503
    upload(empty, ("faq.md", GERMAN_FAQ.encode()))  # with a question that nothing answers
    assert [one["question"] for one in suggested(empty)] == ["Was kostet der Eintritt?"]
    upload(empty, ("mill.txt", MILL.encode()))
    assert "The Aune Mill" in {one["document_title"] for one in suggested(empty)}
    for document_id in ids(empty).values():
        assert empty.delete(f"/v1/documents/{document_id}").status_code == 204
    assert suggested(empty) == []
