"""Questions put to chosen documents only."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from ingest.run import run
from ingest.settings import IngestSettings
from tests.conftest import serving
from tests.web.conftest import ask
from tests.web.documents_tab import box, open_documents, row

QUESTION = "How deep is the well?"
DEPTHS = {"Abbey": "twelve", "Brewery": "thirty", "Castle": "ninety"}


def ingest_wells(folder: Path, index: Path) -> None:
    for name, depth in DEPTHS.items():
        text = f"{name}\n\nThe well of the {name} is {depth} metres deep.\n"
        (folder / f"{name.lower()}.txt").write_text(text)
    run(IngestSettings(index=str(index)), [str(folder)])


@pytest.fixture(scope="module")
def wells(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    place = tmp_path_factory.mktemp("documents")
    ingest_wells(tmp_path_factory.mktemp("wells"), place / "index")
    with serving(place / "index", abstain_below="0", uploads=place / "uploads") as client:
        yield client


def asked_of(page: Page, question: str) -> Any:
    """Ask, and give the documents that the service was to answer from."""
    with page.expect_request("**/v1/ask") as asked:
        ask(page, question)
    expect(page.locator(".facts").last).to_be_visible()
    return (asked.value.post_data_json or {}).get("document_ids")


def id_of(client: httpx.Client, title: str) -> str:
    (found,) = client.get("/v1/documents", params={"q": title}).json()["documents"]
    return str(found["document_id"])


def test_an_answer_comes_from_the_chosen_document_alone(page: Page, wells: httpx.Client) -> None:
    open_documents(page, wells.base_url)
    scope = page.locator("#scope")
    expect(scope).to_have_text("All 3 documents")
    box(page, "Castle").check()
    expect(scope).to_have_text("Only in Castle")
    assert asked_of(page, QUESTION) == [id_of(wells, "Castle")]
    expect(page.locator(".statement").last).to_contain_text("ninety")
    expect(page.locator(".source-row-title")).to_have_text(["Castle"])
    page.locator("#scope").get_by_role("button", name="Ask all documents").click()
    expect(box(page, "Castle")).not_to_be_checked()
    assert asked_of(page, "How deep is the well of the Abbey?") is None


def test_several_are_chosen_and_let_go(page: Page, wells: httpx.Client) -> None:
    panel = open_documents(page, wells.base_url)
    scope = page.locator("#scope")
    box(page, "Abbey").check()
    box(page, "Brewery").check()
    expect(scope).to_have_text("Only in 2 of 3 documents")
    panel.get_by_role("button", name="Select all").click()
    expect(scope).to_have_text("Only in 3 documents")
    panel.get_by_role("button", name="Select none").click()
    expect(scope).to_have_text("All 3 documents")
    expect(panel.get_by_role("checkbox", checked=True)).to_have_count(0)


def test_those_a_search_found_are_added_to_the_chosen(page: Page, wells: httpx.Client) -> None:
    panel = open_documents(page, wells.base_url)
    box(page, "Abbey").check()
    panel.get_by_role("searchbox").fill("brew")
    expect(panel.locator(".documents-count")).to_have_text("1 of 3")
    panel.get_by_role("button", name="Select all").click()
    expect(page.locator("#scope")).to_have_text("Only in 2 of 3 documents")


def test_the_line_above_the_question_leads_to_the_documents(
    page: Page, wells: httpx.Client
) -> None:
    page.goto(str(wells.base_url))
    page.locator("#scope").get_by_role("button", name="All 3 documents").click()
    expect(box(page, "Abbey")).to_be_visible()


def test_chosen_documents_outlive_a_reload_as_long_as_they_are_there(
    page: Page, tmp_path: Path
) -> None:
    (tmp_path / "wells").mkdir()
    ingest_wells(tmp_path / "wells", tmp_path / "index")
    with serving(tmp_path / "index", uploads=tmp_path / "uploads") as client:
        open_documents(page, client.base_url)
        box(page, "Abbey").check()
        box(page, "Castle").check()
        page.reload()
        scope = page.locator("#scope")
        expect(scope).to_have_text("Only in 2 of 3 documents")
        client.delete(f"/v1/documents/{id_of(client, 'Abbey')}")
        page.reload()
        expect(scope).to_have_text("Only in Castle")
        client.delete(f"/v1/documents/{id_of(client, 'Castle')}")
        page.reload()
        expect(scope).to_have_text("1 document")
        page.goto("about:blank")  # it asks no service that has ended


def test_a_deleted_document_is_not_asked_and_is_again_when_it_is_back(
    page: Page, wells: httpx.Client
) -> None:
    open_documents(page, wells.base_url)
    box(page, "Abbey").check()
    box(page, "Brewery").check()
    row(page, "Abbey").get_by_role("button", name="Delete Abbey").click()
    expect(page.locator("#scope")).to_have_text("Only in Brewery")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#scope")).to_have_text("Only in 2 of 3 documents")
    expect(box(page, "Abbey")).to_be_checked()


def test_no_more_are_chosen_than_a_question_takes(page: Page, wells: httpx.Client) -> None:
    page.goto(str(wells.base_url))
    could = page.evaluate(
        """async () => {
          const { createScope } = await import("/static/documents/scope.js");
          const never = { isDeleted: () => false, onChange() {}, onGone() {} };
          const library = { total: 2000, state: "loading", ...never };
          const scope = createScope(document.createElement("div"), { library, onChoose() {} });
          const many = Array.from({ length: 1500 }, (_, i) => ({ document_id: `d${i}` }));
          const could = scope.set(many);
          const one = scope.toggle({ document_id: "one more", title: "One more" }, true);
          const answer = [could, one, scope.documentIds.length];
          scope.clear();
          return answer;
        }"""
    )
    assert could == [False, False, 1000]
