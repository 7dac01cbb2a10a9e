"""`/docs`: the HTTP interface in a browser that may load nothing from elsewhere."""

import httpx
from playwright.sync_api import Page, expect

from tests.web.conftest import answer_to


def test_endpoints_are_shown_and_can_be_tried(page: Page, client: httpx.Client) -> None:
    page.goto(f"{client.base_url}/docs")
    page.locator("#operations-Answers-ask_v1_ask_post").click()
    page.locator("textarea.body-param__text").fill('{"question": "Who wrote this?"}')
    page.get_by_role("button", name="Execute").click()
    shown = page.locator(".live-responses-table .response .response-col_status").first
    shown.wait_for()
    assert (shown.text_content() or "").startswith("200")
    body = page.locator(".live-responses-table .highlight-code").first.text_content() or ""
    assert answer_to(client, "Who wrote this?")["answer"] in body.replace("\\n", "\n")


def test_it_is_dark_where_the_other_pages_are(page: Page, client: httpx.Client) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(f"{client.base_url}/docs")
    expect(page.locator("html")).to_have_class("dark-mode")
    page.emulate_media(color_scheme="light")
    expect(page.locator("html")).to_have_class("")


def test_images_alone_may_be_drawn_from_the_style_sheet(client: httpx.Client) -> None:
    strict = client.get("/").headers["Content-Security-Policy"]
    policy = client.get("/docs").headers["Content-Security-Policy"]
    assert policy == f"{strict}; img-src 'self' data:"
