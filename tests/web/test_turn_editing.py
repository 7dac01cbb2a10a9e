"""The last question asked in other words, and questions that the service refuses."""

import re
from pathlib import Path

import httpx
from playwright.sync_api import Browser, Page, expect

from tests.conftest import serving
from tests.web.conftest import answer_to, ask

WHO = "Who released the report on forced labor in Xinjiang and Tibet?"
CHEN = "Who is Chen Xu?"


def finished(page: Page, turns: int) -> None:
    expect(page.locator(".turn-actions")).to_have_count(turns)
    expect(page.locator("#ask")).to_be_visible()


def test_the_last_question_is_asked_in_other_words(page: Page, client: httpx.Client) -> None:
    page.goto(str(client.base_url))
    ask(page, WHO)
    finished(page, 1)
    ask(page, "Who is Wang?")
    finished(page, 2)
    page.locator("button.footnote").first.click()
    edit = page.get_by_role("button", name="Edit question")
    expect(edit).to_have_count(1)  # an earlier one has answers that rest on it
    edit.click()
    field = page.get_by_role("textbox", name="Question", exact=True)
    expect(field).to_be_focused()
    expect(field).to_have_value("Who is Wang?")
    field.press("Escape")
    expect(field).to_have_count(0)
    expect(edit).to_be_focused()
    expect(page.locator("#source-panel")).to_be_visible()  # which Escape would close
    expect(page.locator(".asked").last).to_have_text("Who is Wang?")
    edit.press("Enter")
    field.fill(CHEN)
    with page.expect_request("**/v1/ask") as asked:
        field.press("Enter")
    body = asked.value.post_data_json or {}
    assert body["question"] == CHEN
    assert [turn["content"] for turn in body["history"]] == [WHO, answer_to(client, WHO)["answer"]]
    finished(page, 2)
    expect(page.locator(".asked")).to_have_text([WHO, CHEN])
    page.reload()
    expect(page.locator(".asked")).to_have_text([WHO, CHEN])


def test_the_key_edits_the_last_question(page: Page, client: httpx.Client) -> None:
    page.goto(str(client.base_url))
    ask(page, WHO)
    finished(page, 1)
    page.locator("h1").click()
    page.keyboard.press("e")
    field = page.get_by_role("textbox", name="Question", exact=True)
    expect(field).to_be_focused()
    field.fill("   ")
    page.keyboard.press("Enter")
    expect(field).to_be_visible()  # an empty question is none
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator(".asked")).to_have_text([WHO])


def test_a_question_too_long_is_to_be_changed(browser: Browser, client: httpx.Client) -> None:
    page = browser.new_page()  # whose console may tell of the 422
    page.goto(str(client.base_url))
    ask(page, WHO)
    finished(page, 1)
    page.get_by_role("button", name="Edit question").click()
    field = page.get_by_role("textbox", name="Question", exact=True)
    field.fill("why " * 600)
    field.press("Enter")
    told = page.locator(".turn .error-message")
    expect(told).to_contain_text("longer than 2000 characters")
    expect(told.get_by_role("button")).to_have_text(["Edit question"])
    told.get_by_role("button").click()
    field.fill(CHEN)
    page.get_by_role("button", name="Ask", exact=True).first.click()
    finished(page, 1)
    page.close()


def test_one_who_asks_too_often_is_told_when_it_works_again(
    browser: Browser, seeds_index: Path
) -> None:
    page = browser.new_page()  # whose console may tell of the 429
    page.clock.install()
    with serving(seeds_index, rate_limit="20/hour") as client:
        page.goto(str(client.base_url))
        page.wait_for_load_state("networkidle")
        while client.get("/v1/documents").status_code != 429:
            pass
        ask(page, WHO)
        told = page.locator(".turn .error-message")
        expect(told).to_contain_text("Too many requests in a short time.")
        again = told.locator(".retry")
        expect(again).to_have_text(re.compile(r"^Try again in [\d,]+ seconds$"))
        expect(again).to_be_disabled()
        page.clock.fast_forward("01:00:00")
        expect(again).to_have_text("Try again")
        with page.expect_request("**/v1/ask"):
            again.click()
    page.close()
