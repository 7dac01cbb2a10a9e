"""Invariant 6 in a browser: text of documents and questions is shown, never run."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Page, expect

from ingest.run import run
from ingest.settings import IngestSettings
from tests.conftest import serving
from tests.web.conftest import answer_to, ask, marked

ATTACK = "<img src=x onerror=alert(1)> <script>alert(2)</script>"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A server over a document with markup in its title and text, and emoji before it."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "attack.md").write_text(
        f"# Notes <b>on</b> `{ATTACK}`\n\nSmiles \U0001f600 \U0001f600 stand at the gate.\n\n"
        f"The password of the archive is `{ATTACK}` and nothing else.\n"
    )
    place = tmp_path_factory.mktemp("hostile-index") / "index"
    run(IngestSettings(index=str(place)), [str(folder)])
    with serving(place) as client:
        yield client


def test_markup_in_a_document_and_a_question_is_text(page: Page, hostile: httpx.Client) -> None:
    question = f"What is the password of the archive? {ATTACK}"
    page.goto(str(hostile.base_url))
    page.get_by_role("tab", name="Documents").click()
    expect(page.locator(".document-title")).to_contain_text("<script>")
    ask(page, question)
    expect(page.locator(".asked")).to_have_text(question)
    expect(page.locator(".statement").first).to_contain_text(ATTACK)
    page.locator("button.footnote").first.click()
    assert ATTACK in marked(page)
    assert page.locator("img, #turns script, #source-panel script").count() == 0


def test_markup_in_a_title_is_text_in_the_list_of_documents(
    page: Page, hostile: httpx.Client
) -> None:
    page.goto(str(hostile.base_url))
    ask(page, "Which documents do you have?")
    expect(page.locator(".reply")).to_contain_text("<script>")
    assert page.locator("img, #turns script").count() == 0


def test_words_behind_emoji_are_marked_exactly(page: Page, hostile: httpx.Client) -> None:
    (citation,) = answer_to(hostile, "What is the password of the archive?")["citations"]
    span = f"start={citation['start_char_index']}&end={citation['end_char_index']}"
    page.goto(f"{hostile.base_url}/documents/{citation['document_id']}?{span}")
    assert marked(page) == citation["cited_text"]
    assert page.locator("img, #source-text script").count() == 0


def test_pages_forbid_what_is_not_theirs(client: httpx.Client) -> None:
    for path in ("/", "/documents/any", "/static/chat.js", "/v1/documents"):
        response = client.get(path)
        policy = response.headers["content-security-policy"].split("; ")
        assert response.status_code == 200
        assert {"default-src 'self'", "base-uri 'none'", "frame-ancestors 'none'"} <= set(policy)
        assert "unsafe" not in response.headers["content-security-policy"]
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["referrer-policy"] == "no-referrer"
