"""The chat page and the source page in a real browser."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.conftest import Ingest, serving

WHO = "Who released the report on forced labor in Xinjiang and Tibet?"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails the test for a console error or a request to elsewhere."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda r: None if "//127.0.0.1:" in r.url else complaints.append(f"asked {r.url}"),
    )
    yield page
    page.close()
    assert complaints == []


def ask(page: Page, question: str) -> None:
    page.fill("#question", question)
    page.click("#ask")


def marked(page: Page) -> str:
    page.locator("mark.current").first.wait_for()
    return "".join(piece.text_content() or "" for piece in page.locator("mark.current").all())


def test_a_footnote_opens_the_source_at_the_very_words(page: Page, client: httpx.Client) -> None:
    cited = client.post("/v1/ask", json={"question": WHO}).json()["citations"]
    page.goto(str(client.base_url))
    ask(page, WHO)
    expect(page.locator(".statement").first).to_contain_text("Tomoya Obokata")
    expect(page.locator("button.footnote")).to_have_count(len(cited))
    for number, citation in enumerate(cited):
        page.locator("button.footnote").nth(number).click()
        expect(page.locator("#source-panel")).to_be_visible()
        expect(page.locator("mark.current").first).to_be_in_viewport()
        assert marked(page) == citation["cited_text"]


def test_the_source_page_marks_the_same_words(page: Page, client: httpx.Client) -> None:
    citation = client.post("/v1/ask", json={"question": WHO}).json()["citations"][-1]
    span = f"start={citation['start_char_index']}&end={citation['end_char_index']}"
    page.goto(f"{client.base_url}/documents/{citation['document_id']}?{span}")
    expect(page.locator("mark#cited")).to_be_in_viewport()
    assert (
        "".join(m.text_content() or "" for m in page.locator("mark").all())
        == (citation["cited_text"])
    )


def test_a_phone_shows_the_answer_and_its_source(browser: Browser, client: httpx.Client) -> None:
    phone = browser.new_page(viewport={"width": 390, "height": 844})
    phone.goto(str(client.base_url))
    ask(phone, WHO)
    phone.locator("button.footnote").first.click()
    expect(phone.locator("mark.current").first).to_be_in_viewport()
    wider = phone.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert not wider
    phone.close()


def test_an_abstention_shows_the_closest_passages(page: Page, client: httpx.Client) -> None:
    page.goto(str(client.base_url))
    ask(page, "What is the population of Xinjiang?")
    abstention = page.locator(".abstention")
    expect(abstention).to_contain_text("did not find")
    assert abstention.locator("details").count() > 0
    assert page.locator("button.footnote").count() == 0


def test_a_follow_up_says_how_it_was_understood(page: Page, client: httpx.Client) -> None:
    page.goto(str(client.base_url))
    ask(page, "Who is the foreign ministry spokesperson of China?")
    expect(page.locator(".statement").first).to_be_visible()
    ask(page, "Whom did he criticize?")
    expect(page.get_by_text("Understood as")).to_be_visible()


def test_markup_in_a_document_and_a_question_is_text(
    page: Page, folder: Path, ingest: Ingest
) -> None:
    attack = "<img src=x onerror=alert(1)> <script>alert(2)</script>"
    (folder / "attack.txt").write_text(
        f"Notes\n\nThe password of the archive is {attack} and nothing else.\n"
    )
    page.on("dialog", lambda dialog: pytest.fail(f"script ran: {dialog.message}"))
    with serving(ingest(folder).location) as client:
        page.goto(str(client.base_url))
        ask(page, f"What is the password of the archive? {attack}")
        expect(page.locator(".statement").first).to_contain_text("<script>")
        page.locator("button.footnote").first.click()
        assert attack in marked(page)
        assert page.locator("img[src=x]").count() == 0


def test_pages_forbid_what_is_not_theirs(client: httpx.Client) -> None:
    for path in ("/", "/documents/any", "/static/chat.js"):
        response = client.get(path)
        assert response.status_code == 200
        assert "default-src 'self'" in response.headers["content-security-policy"]
        assert response.headers["x-content-type-options"] == "nosniff"
