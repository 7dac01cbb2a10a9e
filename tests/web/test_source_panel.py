"""The panel beside an answer: its steps, its link, a document that comes late, changes or goes."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.conftest import Ingest, serving
from tests.web.conftest import answer_to, ask, marked

REQUEST = "Summarise the article"
TEXT = "**/v1/documents/*"
WORDS = "The fox sleeps by the old river."


@pytest.fixture
def answered(page: Page, client: httpx.Client) -> Page:
    page.goto(str(client.base_url))
    ask(page, REQUEST)
    expect(page.locator(".facts")).to_be_visible()
    return page


@pytest.fixture
def fox(page: Page, folder: Path, ingest: Ingest) -> Iterator[Path]:
    """The file of a document that an answer on the page rests on."""
    file = folder / "fox.txt"
    file.write_text("Fox Notes\n\n" + WORDS + "\n")
    with serving(ingest(folder).location, abstain_below="0") as client:
        page.goto(str(client.base_url))
        with page.expect_response(TEXT):  # fetched ahead
            ask(page, "Where does the fox sleep?")
        expect(page.locator(".facts")).to_be_visible()
        yield file


def test_stepping_keeps_the_focus_and_marks_all_citations(
    answered: Page, client: httpx.Client
) -> None:
    citations = answer_to(client, REQUEST)["citations"]
    assert len(citations) > 2
    answered.locator(".footnote").first.click()
    expect(answered.locator("#source-title")).to_be_focused()
    for number, citation in enumerate(citations[1:], 2):
        answered.keyboard.press("ArrowRight")
        expect(answered.locator("#citation-position")).to_have_text(f"{number} of {len(citations)}")
        expect(answered.locator("mark.current").first).to_be_in_viewport()
        assert marked(answered) == citation["cited_text"]
        expect(answered.locator("#source-title")).to_be_focused()
    indexes = {mark.get_attribute("data-index") for mark in answered.locator("mark").all()}
    assert indexes >= {str(citation["index"]) for citation in citations}
    expect(answered.locator("#source-strip .tick")).to_have_count(len(citations))
    back = answered.get_by_role("button", name="Previous citation")
    back.focus()
    answered.keyboard.press("Enter")
    expect(back).to_be_focused()
    answered.keyboard.press("Escape")
    expect(answered.locator(".footnote").nth(-2)).to_be_focused()


def test_the_link_that_is_copied_shows_the_same_words(answered: Page, client: httpx.Client) -> None:
    answered.context.grant_permissions(["clipboard-read", "clipboard-write"])
    answered.locator(".footnote").last.click()
    words = marked(answered)
    answered.get_by_role("button", name="Copy link").click()
    expect(answered.locator("#copied")).to_have_text("Link copied")
    link = answered.evaluate("navigator.clipboard.readText()")
    assert link.startswith(f"{client.base_url}/documents/")
    answered.goto(link)
    expect(answered.locator("mark.current").first).to_be_in_viewport()
    assert marked(answered) == words


def test_a_link_is_copied_where_the_browser_keeps_its_clipboard(
    page: Page, client: httpx.Client
) -> None:
    page.add_init_script("delete Navigator.prototype.clipboard")  # as over http from elsewhere
    page.goto(str(client.base_url))
    ask(page, REQUEST)
    page.locator(".footnote").first.click()
    copy = page.get_by_role("button", name="Copy link")
    copy.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#copied")).to_have_text("Link copied")
    expect(copy).to_be_focused()
    page.locator("#question").focus()
    page.keyboard.press("Control+v")
    href = page.locator("#open-source-page").get_attribute("href")
    expect(page.locator("#question")).to_have_value(f"{client.base_url}{href}")


def test_the_cited_words_are_shown_before_the_document_is_there(
    page: Page, client: httpx.Client
) -> None:
    held: list[Route] = []
    page.route(TEXT, lambda route: held.append(route))
    page.goto(str(client.base_url))
    ask(page, REQUEST)
    page.locator(".footnote").first.click()
    words = answer_to(client, REQUEST)["citations"][0]["cited_text"]
    expect(page.locator("#source-text")).to_contain_text("Loading the rest of the document")
    assert marked(page) == words
    for route in held:
        route.continue_()
    expect(page.locator("#source-text")).not_to_contain_text("Loading")
    expect(page.locator("#source-text")).to_contain_text("Coerced labor")
    expect(page.locator("mark.current").first).to_be_in_viewport()
    assert marked(page) == words


def test_a_document_is_there_before_the_click(page: Page, client: httpx.Client) -> None:
    page.goto(str(client.base_url))
    with page.expect_response(TEXT) as ahead:
        ask(page, REQUEST)
    expect(page.locator(".facts")).to_be_visible()
    ahead.value.finished()
    page.route(TEXT, lambda route: None)  # nothing more is answered
    page.locator(".footnote").first.click()
    expect(page.locator("mark.current").first).to_be_in_viewport()
    expect(page.locator("#source-text p")).not_to_have_count(1)


def test_words_that_a_changed_document_no_longer_has_are_shown_as_they_were_cited(
    page: Page, fox: Path, ingest: Ingest
) -> None:
    fox.write_text("Fox Notes\n\nThe cat dozes in a warm kitchen.\n")
    ingest(fox.parent)
    page.locator(".footnote").first.click()
    expect(page.locator("#source-notice")).to_contain_text("no longer has these words")
    assert marked(page) == WORDS
    expect(page.locator("#open-source-page")).to_have_attribute("href", re.compile(r"^[^?]+$"))


def test_words_that_moved_in_a_changed_document_are_marked_where_they_stand(
    page: Page, fox: Path, ingest: Ingest
) -> None:
    fox.write_text(f"Fox Notes \N{FOX FACE}\n\nThe badger digs at night.\n\n{WORDS}\n")
    ingest(fox.parent)
    page.locator(".footnote").first.click()
    expect(page.locator("#source-notice")).to_contain_text("marked where they stand now")
    expect(page.locator("#source-text")).to_contain_text("The badger digs")
    assert marked(page) == WORDS
    page.goto(page.locator("#open-source-page").evaluate("link => link.href"))
    assert marked(page) == WORDS


def test_words_that_stand_twice_in_a_changed_document_are_not_guessed_at(
    page: Page, fox: Path, ingest: Ingest
) -> None:
    fox.write_text(f"Fox Notes, again\n\n{WORDS} {WORDS}\n")
    ingest(fox.parent)
    page.locator(".footnote").first.click()
    expect(page.locator("#source-notice")).to_contain_text("has changed")
    assert marked(page) == WORDS
    expect(page.locator("#source-text p:visible")).to_have_count(1)


def test_a_document_that_is_gone_leaves_the_words_as_they_were_cited(
    browser: Browser, folder: Path, ingest: Ingest
) -> None:
    (folder / "fox.txt").write_text("Fox Notes\n\nThe fox sleeps by the old river.\n")
    (folder / "cat.txt").write_text("Cat Notes\n\nThe cat dozes in a warm kitchen.\n")
    page = browser.new_page()  # that may complain of a 404
    with serving(ingest(folder).location, abstain_below="0") as client:
        page.goto(str(client.base_url))
        ask(page, "Where does the fox sleep?")
        words = page.locator(".footnote").first
        expect(words).to_be_visible()
        (folder / "fox.txt").unlink()
        ingest(folder, prune=True)
        words.click()
        expect(page.locator("#source-notice")).to_contain_text("no longer in the collection")
        assert marked(page) == WORDS
    page.close()


def test_an_answer_that_was_kept_can_be_looked_into(page: Page, fox: Path, ingest: Ingest) -> None:
    page.reload()
    expect(page.locator(".facts")).to_be_visible()
    page.locator(".footnote").first.click()
    expect(page.locator("mark.current").first).to_be_in_viewport()
    assert marked(page) == WORDS
    expect(page.locator("#source-notice")).to_be_hidden()


def test_a_document_from_right_to_left_runs_so(page: Page, client: httpx.Client) -> None:
    page.goto(str(client.base_url))
    directions = page.evaluate(
        """async () => {
          const { renderText } = await import("/static/source/source-view.js");
          const box = document.getElementById("source-text");
          document.getElementById("source-panel").hidden = false;
          renderText(box, "متحف القهوة في المدينة.\\n\\nThe museum.", []);
          return [...box.querySelectorAll("p")].map((one) => getComputedStyle(one).direction);
        }"""
    )
    assert directions == ["rtl", "ltr"]
