"""The page of a service that wants a key asks for it, and keeps it while the tab is open."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.conftest import serving
from tests.web.conftest import ask, marked

KEY = "the-key-of-the-page"
WHO = "Who released the report on forced labor in Xinjiang and Tibet?"


@pytest.fixture(scope="module")
def guarded(seeds_index: Path) -> Iterator[httpx.Client]:
    with serving(seeds_index, api_keys=f"ask:{KEY}") as client:
        yield client


def test_the_page_asks_once_and_again_when_the_key_is_refused(
    page: Page, guarded: httpx.Client
) -> None:
    page.goto(str(guarded.base_url))
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("kept while this tab is open")
    page.locator("#api-key").fill("a-wrong-key")
    page.keyboard.press("Enter")
    expect(dialog).to_contain_text("not accepted")
    page.locator("#api-key").fill(KEY)
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(page.locator(".scope-text")).to_have_text("1 document")
    ask(page, WHO)
    page.locator("button.footnote").first.click()
    assert marked(page)
    page.reload()
    expect(page.locator(".scope-text")).to_have_text("1 document")
    expect(dialog).to_have_count(0)


def test_without_a_key_the_page_says_what_is_missing(page: Page, guarded: httpx.Client) -> None:
    page.goto(f"{guarded.base_url}/documents/any?start=1&end=2")
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator(".error-message")).to_contain_text("A key is needed to ask questions")


def test_a_key_given_later_brings_what_was_refused_before(
    page: Page, guarded: httpx.Client
) -> None:
    page.goto(str(guarded.base_url))
    page.wait_for_load_state("networkidle")  # all that wants the key has asked for it
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator("#welcome")).to_contain_text("A key is needed")
    expect(page.get_by_role("dialog")).to_have_count(0)
    ask(page, WHO)
    page.locator("#api-key").fill(KEY)
    page.keyboard.press("Enter")
    expect(page.locator("button.footnote").first).to_be_visible()
    expect(page.locator(".scope-text")).to_have_text("1 document")


def test_a_key_that_cannot_be_sent_is_not_accepted(page: Page, guarded: httpx.Client) -> None:
    page.goto(str(guarded.base_url))
    page.locator("#api-key").fill("\N{KEY}")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("not accepted")
    expect(page.locator("#connection")).to_be_hidden()
