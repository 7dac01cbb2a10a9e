"""`GET /v1/documents?q=`: documents by words of their titles and file names."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from ingest.run import run
from ingest.settings import IngestSettings
from tests.conftest import serving
from tests.service.uploading_files import upload

TEXTS = {
    "minutes/2023-march.txt": "Minutes of the Board\n\nThe board met in March of that year.\n",
    "minutes/2024-march.txt": "Minutes of the Board\n\nThe board met in March again.\n",
    "schools.txt": "Les Écoles de Besançon\n\nThe schools of the town are old.\n",
    "letters.txt": "Letters\n\nIda Holm wrote to her brother every week.\n",
    "copies/holm-papers.txt": "Letters\n\nIda Holm wrote to her brother every week.\n",
    "street.txt": "Die Hauptstraße\n\nThe main street is long.\n",
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    place = tmp_path_factory.mktemp("searching")
    for name, text in TEXTS.items():
        file = place / "documents" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    run(IngestSettings(index=str(place / "index")), [str(place / "documents")])
    with serving(place / "index", uploads=str(place / "uploads")) as client:
        yield client


def listed(client: httpx.Client, **query: Any) -> dict[str, Any]:
    response = client.get("/v1/documents", params=query)
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


def titles(client: httpx.Client, q: str) -> set[str]:
    return {one["title"] for one in listed(client, q=q)["documents"]}


@pytest.mark.parametrize(
    ("q", "title"),
    [
        ("ecoles", "Les Écoles de Besançon"),
        ("BESANÇON école", "Les Écoles de Besançon"),
        ("hauptSTRASSE", "Die Hauptstraße"),
        ("straße", "Die Hauptstraße"),
        ("holm-pap", "Letters"),
        ("scho", "Les Écoles de Besançon"),
    ],
)
def test_a_part_of_each_word_is_enough(service: httpx.Client, q: str, title: str) -> None:
    assert titles(service, q) == {title}


def test_every_word_must_be_there(service: httpx.Client) -> None:
    found = listed(service, q="board 2024")
    assert [one["source"] for one in found["documents"]] == ["minutes/2024-march.txt"]
    assert found["total"] == 1
    assert listed(service, q="board letters") == {"documents": [], "total": 0, "next_offset": None}
    assert titles(service, "schools of the town") == set()  # of the text, not of its name


def test_matching_documents_come_a_page_at_a_time(service: httpx.Client) -> None:
    first = listed(service, q="minutes", limit=1)
    assert (first["total"], first["next_offset"], len(first["documents"])) == (2, 1, 1)
    second = listed(service, q="minutes", limit=1, offset=1)
    assert (second["total"], second["next_offset"], len(second["documents"])) == (2, None, 1)
    assert first["documents"] != second["documents"]
    assert listed(service, q="minutes", offset=2)["documents"] == []


def test_space_is_no_word(service: httpx.Client) -> None:
    assert listed(service, q="  ") == listed(service)


def test_too_long_a_search_is_refused(service: httpx.Client) -> None:
    assert service.get("/v1/documents", params={"q": "a" * 201}).status_code == 422


def test_new_documents_are_found_and_are_said_to_be_uploaded(service: httpx.Client) -> None:
    assert titles(service, "lighthouse") == set()
    upload(service, ("lighthouse.txt", b"The lighthouse\n\nIt is 47 metres tall.\n"))
    (found,) = listed(service, q="lighthouse")["documents"]
    assert found["uploaded"]
    assert service.get(f"/v1/documents/{found['document_id']}").json()["uploaded"]
    assert {one["uploaded"] for one in listed(service, q="minutes")["documents"]} == {False}
    service.delete(f"/v1/documents/{found['document_id']}")
    assert titles(service, "lighthouse") == set()


def test_a_text_that_a_folder_has_too_is_not_gone_with_its_upload(service: httpx.Client) -> None:
    upload(service, ("again.txt", TEXTS["street.txt"].encode()))
    (found,) = listed(service, q="again")["documents"]
    assert (found["sources"], found["uploaded"]) == (["street.txt", "again.txt"], False)
