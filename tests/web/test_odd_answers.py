"""Answers of another shape than the service's, and parts of the page that cannot be fetched."""

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, Route, expect

from tests.web.conftest import ask
from tests.web.made_answers import answer, statement
from tests.web.test_conversation_kept import asked, more

CHEN = "Who is Chen Xu?"
WANG = "Who is Wang Wenbin?"
Change = Callable[[dict[str, Any]], object]


def streams(page: Page, event: str, data: object) -> None:
    """Every question gets this one event."""
    body = f"event: {event}\ndata: {json.dumps(data)}\n\n"
    headers = {"Content-Type": "text/event-stream"}
    page.route("**/v1/ask", lambda route: route.fulfill(headers=headers, body=body))


CHANGES: list[Change] = [
    lambda made: made.clear(),
    lambda made: made.pop("statements"),
    lambda made: made.pop("citations"),
    lambda made: made.update(answer=None),
    lambda made: made.update(standalone_question=5),
    lambda made: made.update(notice={"a": 1}),
    lambda made: made["statements"][0].update(attribution=5),
    lambda made: made["citations"][0].pop("cited_text"),
]
SENTENCES: list[object] = [{}, {"text": 5, "citations": []}, {"citations": []}, None]


def test_answers_of_another_shape_end_and_spoil_nothing(page: Page, client: httpx.Client) -> None:
    page.goto(str(client.base_url))
    asked(page, CHEN)
    for i, change in enumerate(CHANGES, 1):
        made = answer([statement("It is so.")])
        change(made)
        streams(page, "done", made)
        ask(page, WANG)
        expect(page.locator(".error-message")).to_have_count(i)
        expect(page.locator("#ask")).to_be_visible()
    page.reload()
    expect(page.locator(".asked")).to_have_text([CHEN] + len(CHANGES) * [WANG])


def test_sentences_of_another_shape_spoil_nothing(page: Page, client: httpx.Client) -> None:
    page.goto(str(client.base_url))
    asked(page, CHEN)
    for i, sentence in enumerate(SENTENCES, 1):
        streams(page, "statement", sentence)
        ask(page, WANG)
        expect(page.locator(".error-message")).to_have_count(i)
    page.reload()
    expect(page.locator(".asked")).to_have_text([CHEN] + len(SENTENCES) * [WANG])


def test_what_is_no_answer_of_the_service_is_told_of(page: Page, client: httpx.Client) -> None:
    page.route("**/v1/documents?*", lambda route: route.fulfill(body="<h1>Log in</h1>"))
    page.goto(str(client.base_url))
    expect(page.locator("#welcome")).to_contain_text("cannot be read")


@pytest.mark.parametrize("action", ["Copy answer with footnotes", "Export"])
def test_a_part_that_cannot_be_fetched_is_told_of(
    page: Page, client: httpx.Client, action: str
) -> None:
    page.route("**/conversation-markdown.js", _missing)
    page.goto(str(client.base_url))
    asked(page, CHEN)
    if action == "Export":
        more(page, CHEN, action)
    else:
        page.get_by_role("button", name=action).click()
    expect(page.locator(".toast")).to_contain_text("could not be")


def test_a_second_question_waits_until_the_first_can_be_asked(
    page: Page, client: httpx.Client
) -> None:
    held: list[Route] = []
    page.route("**/turn-view.js", lambda route: held.append(route))
    page.goto(str(client.base_url))
    ask(page, CHEN)
    field = page.locator("#question")
    field.fill(WANG)
    field.press("Enter")
    expect(field).to_have_value(WANG)
    page.locator("#stop").click()
    expect(field).to_have_value(f"{CHEN}\n{WANG}")
    field.fill(WANG)
    field.press("Enter")
    held[0].continue_()
    expect(page.locator(".turn-actions")).to_have_count(1)
    expect(page.locator(".asked")).to_have_text([WANG])


def test_the_link_to_the_question_leaves_the_conversation_open(
    page: Page, client: httpx.Client
) -> None:
    page.goto(str(client.base_url))
    asked(page, CHEN)
    address = page.url
    page.locator(".skip-link").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#question")).to_be_focused()
    expect(page.locator(".asked")).to_have_text([CHEN])
    page.evaluate("location.hash = '#turns'")
    page.evaluate("new Promise((then) => setTimeout(then, 50))")
    expect(page.locator(".asked")).to_have_text([CHEN])
    page.goto(address)
    expect(page.locator(".asked")).to_have_text([CHEN])


def test_a_name_given_up_leaves_no_mark_of_answering(page: Page, client: httpx.Client) -> None:
    held: list[Route] = []
    page.route("**/v1/ask", lambda route: held.append(route))
    page.goto(str(client.base_url))
    ask(page, CHEN)
    expect(page.locator(".answering")).to_have_count(1)
    page.locator(".conversation-link").focus()
    page.keyboard.press("F2")
    held[0].continue_()
    expect(page.locator(".turn-actions")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator(".answering")).to_have_count(0)
    expect(page.locator(".conversation-link")).to_be_focused()


def test_what_is_edited_meanwhile_stays(page: Page, client: httpx.Client) -> None:
    held: list[Route] = []
    page.goto(str(client.base_url))
    asked(page, CHEN)
    page.get_by_role("button", name="Edit question").click()
    field = page.get_by_role("textbox", name="Question", exact=True)
    field.fill("Who else?")
    page.route("**/v1/ask", lambda route: held.append(route))
    ask(page, WANG)
    field.press("Enter")
    expect(field).to_have_value("Who else?")
    expect(field).to_be_focused()
    held[0].continue_()
    expect(page.locator("#ask")).to_be_visible()
    page.unroute("**/v1/ask")
    field.press("Enter")
    expect(page.locator(".asked")).to_have_text(["Who else?", WANG])
    expect(page.locator(".turn-actions")).to_have_count(2)


def test_an_emoji_counts_as_the_service_counts_it(page: Page, client: httpx.Client) -> None:
    page.goto(str(client.base_url))
    page.fill("#question", "\N{SNAKE}" * 2000)
    expect(page.locator("#characters-left")).to_have_text("0 characters left")
    expect(page.locator("#ask")).to_be_enabled()


def _missing(route: Route) -> None:
    route.fulfill(content_type="text/javascript", body="throw new Error('gone')")
