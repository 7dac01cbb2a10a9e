"""`/v1/documents`: a list in pages, and each document with its canonical text."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from ingest.index import Index
from ingest.index.opening import open_index
from ingest.run import run
from ingest.settings import IngestSettings
from tests.conftest import serving

LONG = " ".join(
    f"Row {row} of the orchard has {row % 7} apple trees and one well." for row in range(60)
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index over five small documents in a folder and one below it."""
    folder = tmp_path_factory.mktemp("notes")
    (folder / "more").mkdir()
    (folder / "long.txt").write_text(f"Orchard Rows\n\n{LONG}\n")
    (folder / "odd.md").write_text("# Ünïcode \U0001f34e\n\n\U0001f34e\U0001f34e e\u0301 שלום.\n")
    for name in ("a.txt", "b.txt", "more/a.txt"):
        (folder / name).write_text(f"Notes of {name}\n\nIt is about apples in {name}.\n")
    made = tmp_path_factory.mktemp("documents") / "index"
    run(IngestSettings(index=str(made)), [str(folder)])
    return made


@pytest.fixture(scope="module")
def index(place: Path) -> Index:
    return open_index(str(place))


@pytest.fixture(scope="module")
def server(place: Path) -> Iterator[httpx.Client]:
    with serving(place) as server:
        yield server


def pages(server: httpx.Client, limit: int) -> Iterator[dict[str, Any]]:
    offset: int | None = 0
    while offset is not None:
        page = server.get("/v1/documents", params={"limit": limit, "offset": offset}).json()
        yield page
        offset = page["next_offset"]


@pytest.mark.parametrize("limit", [1, 2, 5, 100])
def test_pages_walk_through_all_documents_once(server: httpx.Client, limit: int) -> None:
    walked = list(pages(server, limit))
    assert {page["total"] for page in walked} == {5}
    assert len(walked) == -(-5 // limit)
    sources = [document["source"] for page in walked for document in page["documents"]]
    assert sorted(sources) == ["a.txt", "b.txt", "long.txt", "more/a.txt", "odd.md"]


def test_a_page_past_the_end_is_empty(server: httpx.Client) -> None:
    page = server.get("/v1/documents?offset=5").json()
    assert page == {"documents": [], "total": 5, "next_offset": None}


def test_a_document_has_its_text_and_the_right_counts(server: httpx.Client, index: Index) -> None:
    (page,) = pages(server, 100)
    for listed in page["documents"]:
        whole = server.get(f"/v1/documents/{listed['document_id']}").json()
        text = index.document(listed["document_id"]).text
        record = index.records([listed["document_id"]])[listed["document_id"]]
        assert whole == listed | {"text": text}
        assert listed["characters"] == len(text)
        assert listed["passages"] == len(index.passages_of(record))
    assert max(document["passages"] for document in page["documents"]) > 1


def test_a_document_is_listed_by_its_own_title(server: httpx.Client) -> None:
    (page,) = pages(server, 100)
    titles = {document["source"]: document["title"] for document in page["documents"]}
    assert titles["odd.md"] == "Ünïcode \U0001f34e"
    assert titles["long.txt"] == "Orchard Rows"
