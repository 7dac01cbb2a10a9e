"""Clicks on footnotes in a real browser, timed in the page."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from playwright.sync_api import Page, Route, sync_playwright

CLICKS = ("cold", "ahead", "warm")
_FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


class Click(NamedTuple):
    """Milliseconds until the cited words were seen, and until the document was around them."""

    words: float
    document: float


# A mark is seen when its box is inside the panel's view; then its frame is painted, and the next
# one has begun.
_TIMED = """async ([index, kind]) => {
  const frame = () => new Promise(requestAnimationFrame);
  const quiet = () => new Promise((done) => requestIdleCallback(done));
  const { fetchAhead, forgetFetched } = await import("/static/source/fetched-documents.js");
  const close = document.getElementById("close-source");
  const text = document.getElementById("source-text");
  const footnote = document.querySelector(`button.footnote[data-index="${index}"]`);
  if (kind !== "warm") { close.click(); forgetFetched(); text.replaceChildren(); }
  if (kind === "ahead") {
    footnote.dispatchEvent(new PointerEvent("pointerenter", { pointerType: "mouse" }));
    await new Promise((done) => setTimeout(done, 700));
  }
  await quiet();
  const seen = () => {
    const mark = text.querySelector(`mark.current[data-index="${index}"]`);
    if (!mark) return false;
    const box = mark.getBoundingClientRect(), view = text.getBoundingClientRect();
    return box.height > 0 && box.top >= view.top && box.top < view.bottom;
  };
  const isWhole = () => text.querySelectorAll(".section").length > 20;
  const started = performance.now();
  footnote.click();
  let words = 0;
  for (;;) {
    await frame();
    if (!seen()) continue;
    const whole = isWhole();
    if (words && !whole) continue;
    await frame();
    if (!words) words = performance.now() - started;
    if (whole) break;
  }
  const taken = performance.now() - started;
  await new Promise((done) => setTimeout(done, 300));
  if (!seen()) throw new Error("the mark did not stay in view");
  return [words, taken];
}"""


@contextmanager
def open_page(address: str) -> Iterator[Page]:
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        raise SystemExit("there is no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(address)
        yield page
        browser.close()


def clicks(page: Page, answer: dict[str, Any]) -> dict[str, list[Click]]:
    """Each citation of the answer clicked in each of the ways, after one click that counts for
    nothing."""

    def fulfil(route: Route) -> None:
        route.fulfill(body=json.dumps(answer), content_type="application/json")

    page.route("**/v1/ask", fulfil)
    page.reload()
    page.fill("#question", answer["citations"][0]["document_title"])
    page.click("#ask")
    page.locator("button.footnote").last.wait_for()
    indexes = [citation["index"] for citation in answer["citations"]]
    page.evaluate(_TIMED, [indexes[-1], "cold"])
    return {
        kind: [Click(*page.evaluate(_TIMED, [index, kind])) for index in indexes] for kind in CLICKS
    }
