"""Answers put together for the page: of a shape that a service gives seldom."""

from collections.abc import Sequence
from typing import Any

from playwright.sync_api import Page, expect

from tests.web.conftest import ask


def citation(index: int, **more: Any) -> dict[str, Any]:
    made: dict[str, Any] = {
        "index": index,
        "document_id": "none",
        "document_title": "Ferry notes",
        "source": "notes/ferry.txt",
        "page": None,
        "start_char_index": 10 * index,
        "end_char_index": 10 * index + 9,
        "cited_text": f"the words {index}",
        "support": 1.0,
    }
    return made | more


def statement(text: str, citations: Sequence[int] = (1,), **more: Any) -> dict[str, Any]:
    made = {"text": text, "citations": list(citations), "attribution": None, "written": False}
    return made | more


def answer(
    statements: Sequence[dict[str, Any]], citations: Sequence[dict[str, Any]] = (), **more: Any
) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": "made",
        "answer": " ".join(one["text"] for one in statements),
        "kind": "answer",
        "abstained": False,
        "statements": list(statements),
        "citations": list(citations or [citation(1)]),
        "passages": [],
        "standalone_question": "",
        "model": "extractive",
        "confidence": 0.93,
        "dropped_statements": 0,
        "timings_ms": {"total": 41.0},
        "notice": None,
        "dropped": [],
    }
    return made | more


def give(page: Page, address: str, made: dict[str, Any]) -> None:
    """Opens the page, asks, and has it get this answer."""
    page.route("**/v1/ask", lambda route: route.fulfill(json=made))
    page.route("**/v1/documents/none", lambda route: route.fulfill(status=503, json={}))
    page.goto(address)
    ask(page, "What do the notes say?")
    expect(page.locator(".facts")).to_be_visible()
