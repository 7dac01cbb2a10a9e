"""A question that is limited to documents says so, and goes on doing so."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.conftest import serving
from tests.service.written_service import ingest_mill
from tests.web.test_conversation_kept import asked

MILL = "The Aune Mill"
HOLM = "Letters of Ida Holm"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with serving(ingest_mill(tmp_path_factory.mktemp("mill"))) as client:
        yield client


def test_a_turn_remembers_which_documents_were_asked(page: Page, client: httpx.Client) -> None:
    page.goto(str(client.base_url))
    page.get_by_role("tab", name="Documents").click()
    holm = page.locator("#documents-panel").get_by_role("checkbox", name=HOLM)
    holm.check()
    with page.expect_request("**/v1/ask") as first:
        asked(page, "Who built the mill?")
    (limit,) = (first.value.post_data_json or {})["document_ids"]
    expect(page.locator(".turn-scope")).to_have_text(f"Asked of {HOLM}")
    page.locator("#documents-panel").get_by_role("checkbox", name=MILL).check()
    asked(page, "Who wrote letters?")
    both = page.locator(".turn-scope").last
    expect(both.locator("summary")).to_have_text("Asked of 2 documents")
    both.locator("summary").click()
    expect(both.locator("li")).to_have_text([HOLM, MILL])
    page.get_by_role("button", name="Ask all documents").click()
    with page.expect_request("**/v1/ask") as third:
        asked(page, "When was the mill built?")
    assert "document_ids" not in (third.value.post_data_json or {})
    expect(page.locator(".turn-scope")).to_have_count(2)
    holm.check()
    page.get_by_role("button", name="Ask again").click()
    asked_again = page.locator(".turn").last
    expect(asked_again.locator(".turn-actions")).to_be_visible()
    expect(page.locator(".turn-scope")).to_have_count(2)  # asked again as it was
    page.get_by_role("button", name="Edit question").click()
    page.get_by_role("textbox", name="Question", exact=True).press("Enter")
    expect(page.locator(".turn-scope")).to_have_count(3)  # a new question, asked as is chosen now
    expect(asked_again.locator(".turn-actions")).to_be_visible()
    page.reload()
    expect(page.locator(".turn-scope").first).to_have_text(f"Asked of {HOLM}")
    titles = {
        one["document_id"]: one["title"] for one in client.get("/v1/documents").json()["documents"]
    }
    assert titles[limit] == HOLM
