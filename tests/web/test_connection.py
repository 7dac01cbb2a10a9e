"""A service that goes away and comes back, as the page tells of it."""

import re
import signal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.conftest import started
from tests.web.conftest import ask

WHO = "Who released the report on forced labor in Xinjiang and Tibet?"


@pytest.mark.parametrize("parts", ["all parts", "first parts"])
def test_the_page_says_that_the_service_is_away_and_goes_on_when_it_is_back(
    browser: Browser, seeds_index: Path, parts: str
) -> None:
    """Also where it goes away before the page has loaded what shows answers."""
    page = browser.new_page()
    with started(seeds_index) as (process, client):
        address = str(client.base_url)
        if parts == "first parts":
            page.route("**/turn-view.js", lambda route: route.abort())
        page.goto(address)
        expect(page.locator(".scope-text")).to_have_text("1 document")
        page.wait_for_load_state("networkidle")
        process.send_signal(signal.SIGKILL)
        process.wait()
    ask(page, WHO)
    expect(page.locator("#connection")).to_contain_text("does not answer")
    trouble = page.locator(".error-message, .toast.trouble").first
    expect(trouble).to_contain_text("does not answer")
    page.unroute("**/turn-view.js")
    port = re.search(r":(\d+)", address)
    assert port is not None
    with started(seeds_index, "--port", port[1]):
        expect(page.locator("#connection")).to_have_text("Connected again")
        expect(page.locator("button.footnote").first).to_be_visible()  # the question is asked again
        expect(page.locator("#connection")).to_be_hidden()
    page.close()


@pytest.mark.parametrize("path", ["/", "/documents/any"])
def test_a_page_that_is_opened_needs_no_network(
    browser: Browser, seeds_index: Path, path: str
) -> None:
    """Every other address is cut off, and nothing is missing."""
    context = browser.new_context()
    failed: list[str] = []
    with started(seeds_index) as (_, client):
        address = str(client.base_url)
        context.route(
            re.compile(rf"^(?!{re.escape(address)})"),
            lambda route: route.abort("internetdisconnected"),
        )
        page = context.new_page()
        page.on("requestfailed", lambda request: failed.append(request.url))
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
    assert failed == []
    context.close()
