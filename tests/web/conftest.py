"""Fixtures of a real browser, and what a person does with a page."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Dialog, Page

from tests.chromium import chromium
from tests.service.written_fixtures import index, server

__all__ = ["index", "server"]

REFUSED = "Failed to load resource: the server responded with a status of "


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails its test for a script's or the policy's complaint, for a dialog, or for a
    request to elsewhere; pages opened from it too. A 401, 409 or 503 may be complained of."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    complaints: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        complaints.append(f"dialog {dialog.message}")
        dialog.dismiss()

    context.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on("dialog", dismiss)
    context.on("request", lambda request: complaints.append(f"request {request.url}"))

    yield context.new_page()
    context.close()
    harmless = ("request http://127.0.0.1:", *(f"{REFUSED}{status}" for status in (401, 409, 503)))
    assert [complaint for complaint in complaints if not complaint.startswith(harmless)] == []


def answer_to(client: httpx.Client, question: str) -> dict[str, Any]:
    """What the service answers to a program, to hold the page against."""
    answer: dict[str, Any] = client.post("/v1/ask", json={"question": question}).json()
    return answer


def ask(page: Page, question: str) -> None:
    page.fill("#question", question)
    page.click("#ask")


def marked(page: Page) -> str:
    """The marked words, put together from their pieces."""
    page.locator("mark.current").first.wait_for()
    return "".join(piece.text_content() or "" for piece in page.locator("mark.current").all())
