"""Conversations are kept in the browser: opened again, renamed, deleted, in several tabs."""

import json
import re
from typing import Literal

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.web.accessibility import violations
from tests.web.conftest import ask, marked

WHO = "Who released the report on forced labor in Xinjiang and Tibet?"
RELEASED = "^Who released the report on .*…$"
CHEN = "Who is Chen Xu?"


def asked(page: Page, question: str) -> None:
    """Asks, and waits until the answer is there."""
    before = page.locator(".turn-actions").count()
    ask(page, question)
    expect(page.locator(".turn-actions")).to_have_count(before + 1)


def rows(page: Page) -> Locator:
    return page.locator(".conversation-title")


def more(page: Page, title: str, action: str) -> None:
    page.locator(".conversation-row", has_text=title).locator(".conversation-more").click()
    page.locator(".conversation-action", has_text=action).locator("visible=true").click()


def begin(page: Page) -> None:
    page.locator(".begin-conversation").click()
    expect(page.locator(".turn")).to_have_count(0)


def test_a_reload_shows_the_conversation_again(page: Page, client: httpx.Client) -> None:
    page.goto(str(client.base_url))
    expect(page.locator(".no-conversations")).to_be_visible()
    asked(page, "Who is the foreign ministry spokesperson of China?")
    asked(page, "What is the population of Xinjiang?")
    statements = page.locator(".statement").all_text_contents()
    passages = page.locator(".abstention blockquote").all_text_contents()
    assert statements
    assert passages
    page.reload()
    expect(page.locator(".statement")).to_have_text(statements)
    expect(page.locator(".abstention blockquote")).to_have_text(passages)
    expect(page.locator("#welcome")).to_be_hidden()
    page.locator("button.footnote").first.click()
    assert marked(page)
    with page.expect_request("**/v1/ask") as request:
        ask(page, "Whom did he criticize?")
    history = (request.value.post_data_json or {})["history"]
    assert [turn["role"] for turn in history] == ["user", "assistant"] * 2
    expect(page.locator(".turn-actions")).to_have_count(3)


def test_one_opens_another_and_goes_back_and_forward(page: Page, client: httpx.Client) -> None:
    page.goto(str(client.base_url))
    asked(page, WHO)
    begin(page)
    asked(page, CHEN)
    expect(rows(page)).to_have_text([CHEN, re.compile(RELEASED)])  # the last used first
    expect(page.locator("[aria-current=page]")).to_have_text(CHEN)
    rows(page).last.click()
    expect(page.locator(".asked")).to_have_text([WHO])
    expect(page.locator("[aria-current=page]")).to_have_text(re.compile(RELEASED))
    page.go_back()
    expect(page.locator(".asked")).to_have_text([CHEN])
    page.go_back()
    expect(page.locator(".asked")).to_have_text([WHO])
    page.go_forward()
    expect(page.locator(".asked")).to_have_text([CHEN])


def test_a_name_is_changed_in_place(page: Page, client: httpx.Client) -> None:
    page.goto(str(client.base_url))
    asked(page, WHO)
    more(page, "Who released", "Rename")
    name = page.get_by_role("textbox", name="Name of the conversation")
    expect(name).to_be_focused()
    name.fill("Something else")
    name.press("Escape")
    expect(rows(page)).to_have_text([re.compile(RELEASED)])
    page.locator(".conversation-link").press("F2")
    name.fill("<b>Labor</b> & reports")
    name.press("Enter")
    expect(rows(page)).to_have_text(["<b>Labor</b> & reports"])
    expect(page.locator(".conversation-link")).to_be_focused()
    asked(page, CHEN)
    begin(page)
    rows(page).dblclick()
    expect(name).to_have_value("<b>Labor</b> & reports")
    name.press("Enter")
    page.reload()
    expect(rows(page)).to_have_text(["<b>Labor</b> & reports"])
    expect(page.locator(".asked")).to_have_text([WHO, CHEN])


def test_what_was_deleted_can_be_brought_back(page: Page, client: httpx.Client) -> None:
    page.goto(str(client.base_url))
    asked(page, WHO)
    begin(page)
    asked(page, CHEN)
    more(page, CHEN, "Delete")
    expect(page.locator(".turn")).to_have_count(0)
    expect(rows(page)).to_have_count(1)
    expect(page.locator(".conversation-link")).to_be_focused()
    page.get_by_role("button", name="Undo").click()
    expect(rows(page)).to_have_count(2)
    expect(page.locator(".asked")).to_have_text([CHEN])
    more(page, CHEN, "Delete")
    page.reload()
    expect(rows(page)).to_have_count(1)


def test_all_are_deleted_only_when_that_is_confirmed(page: Page, client: httpx.Client) -> None:
    page.goto(str(client.base_url))
    asked(page, WHO)
    begin(page)
    asked(page, CHEN)
    remove = page.get_by_role("button", name="Delete all conversations")
    dialog = page.get_by_role("dialog", name="Delete 2 conversations?")
    remove.click()
    dialog.get_by_role("button", name="Cancel").click()
    expect(rows(page)).to_have_count(2)
    remove.click()
    dialog.get_by_role("button", name="Delete all").click()
    expect(rows(page)).to_have_count(0)
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.locator("#welcome")).to_be_visible()
    expect(remove).to_be_hidden()
    assert kept(page) == []


def test_two_tabs_see_each_others_conversations(page: Page, client: httpx.Client) -> None:
    page.goto(str(client.base_url))
    asked(page, WHO)
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.locator(".asked")).to_have_text([WHO])
    asked(other, CHEN)
    expect(page.locator(".asked")).to_have_text([WHO, CHEN])  # the same conversation, open in both
    expect(page.locator(".turn-actions")).to_have_count(2)
    begin(other)
    asked(other, "Who is Wang Wenbin?")
    expect(rows(page)).to_have_count(2)
    asked(page, "Who is Tomoya Obokata?")
    expect(rows(other)).to_have_count(2)
    more(other, "Who released", "Delete")
    expect(rows(page)).to_have_text(["Who is Wang Wenbin?"])
    expect(page.locator(".toast")).to_contain_text("deleted in another tab")
    expect(page.locator(".turn")).to_have_count(0)


def test_an_address_of_no_conversation_begins_a_new_one(page: Page, client: httpx.Client) -> None:
    page.goto(f"{client.base_url}#c=unknown")
    expect(page.locator(".toast")).to_contain_text("not kept in this browser")
    expect(page.locator("#welcome")).to_be_visible()
    assert "#" not in page.url
    asked(page, CHEN)
    expect(rows(page)).to_have_text([CHEN])


def test_days_part_the_list(page: Page, client: httpx.Client) -> None:
    page.goto(str(client.base_url))
    asked(page, CHEN)
    page.evaluate(
        """() => {
          const [key] = Object.keys(localStorage).filter((one) => one.includes("conversation"));
          const record = JSON.parse(localStorage[key]);
          const others = [["a", 1, "One"], ["b", 3, "Three"], ["c", -2, "Ahead"]];
          for (const [id, days, title] of others) {
            const day = new Date();
            day.setDate(day.getDate() - days);
            localStorage[`footnote-conversation-${id}`] =
              JSON.stringify({ ...record, id, title, updatedAt: day.getTime() });
          }
        }"""
    )
    page.reload()
    expect(page.locator(".conversation-day")).to_have_text(["Today", "Yesterday", "Earlier"])
    expect(rows(page)).to_have_text(["Ahead", CHEN, "One", "Three"])


def kept(page: Page) -> list[str]:
    """The names of what is kept of conversations."""
    names = page.evaluate("Object.keys(localStorage)")
    return [name for name in names if name.startswith("footnote-conversation-")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_people_from_the_list_and_the_editor(
    page: Page, client: httpx.Client, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(str(client.base_url))
    asked(page, CHEN)
    page.locator(".conversation-more").click()
    assert violations(page) == []
    page.locator(".conversation-action", has_text="Rename").click()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Edit question").click()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Delete all conversations").click()
    assert violations(page) == []


def test_what_is_kept_of_an_answer_is_what_is_shown(page: Page, client: httpx.Client) -> None:
    page.goto(str(client.base_url))
    asked(page, WHO)
    (name,) = kept(page)
    record = json.loads(page.evaluate("name => localStorage[name]", name))
    (turn,) = record["turns"]
    assert turn["question"] == WHO
    assert turn["answer"]["statements"]
    assert turn["answer"]["citations"]
    assert turn["answer"]["passages"] == []
