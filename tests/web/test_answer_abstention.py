"""What stands in place of an answer: the closest passages, and the way into their documents."""

import httpx
from playwright.sync_api import Page, expect

from tests.web.conftest import answer_to, ask, marked

UNKNOWN = "What is the population of Xinjiang?"


def test_passages_open_in_the_panel_and_are_stepped_through(
    page: Page, client: httpx.Client
) -> None:
    passages = answer_to(client, UNKNOWN)["passages"]
    assert len(passages) > 1
    page.goto(str(client.base_url))
    ask(page, UNKNOWN)
    cards = page.locator(".passage-link")
    expect(cards).to_have_count(len(passages))
    cards.first.click()
    expect(page.locator("mark.current").first).to_be_in_viewport()
    assert marked(page) == passages[0]["text"]
    expect(page.locator("#source-name")).not_to_be_empty()
    page.get_by_role("button", name="Next passage").click()
    expect(page.locator("#citation-position")).to_have_text(f"2 of {len(passages)}")
    expect(cards.nth(1)).to_have_attribute("aria-current", "true")
    assert marked(page) == passages[1]["text"]
    page.keyboard.press("Escape")
    expect(cards.nth(1)).to_be_focused()


def test_a_passage_may_be_opened_in_a_tab_of_its_own(page: Page, client: httpx.Client) -> None:
    passage = answer_to(client, UNKNOWN)["passages"][0]
    page.goto(str(client.base_url))
    ask(page, UNKNOWN)
    with page.context.expect_page() as opened:
        page.locator(".passage-link").first.click(modifiers=["Control"])
    assert marked(opened.value) == passage["text"]
    expect(page.locator("#source-panel")).to_be_hidden()


def test_the_part_most_like_the_question_comes_first(page: Page, client: httpx.Client) -> None:
    text = "The ferry is red. It was painted twice. The ferry sails at nine from the old pier. "
    text += "Nobody knows why it does, and the port office has lost the papers that would say so. "
    text += "A second boat is wanted by all."
    question = "When does the ferry sail from the pier?"
    page.goto(str(client.base_url))
    start = page.evaluate(
        "async ([text, question]) =>"
        " (await import('/static/answer/closest-words.js')).startOfClosest(text, question)",
        [text, question],
    )
    assert text[start:].startswith("The ferry sails at nine")
