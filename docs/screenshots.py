"""`make screenshots`: take the pictures of the documentation from a real server over seeds/."""

from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, expect

from docs.generated import QUESTION, index_over_seeds
from tests.chromium import chromium
from tests.conftest import serving

PICTURES = Path(__file__).parent / "pictures"
UNANSWERED = "What does a ticket to the museum cost?"
WIDE, PHONE = (1360, 860), (390, 844)
Scheme = Literal["light", "dark"]


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with serving(index_over_seeds()) as client, chromium() as browser:
        address = str(client.base_url)
        for scheme in ("light", "dark"):
            answer_with_source(opened(browser, address, WIDE, scheme), f"answer-{scheme}")
        welcome(opened(browser, address, WIDE, "light"), "welcome")
        abstention(opened(browser, address, WIDE, "light"), "abstention")
        answer_with_source(opened(browser, address, PHONE, "light"), "phone")


def opened(browser: Browser, address: str, size: tuple[int, int], scheme: Scheme) -> Page:
    page = browser.new_page(
        viewport={"width": size[0], "height": size[1]},
        color_scheme=scheme,
        device_scale_factor=1.5,
        reduced_motion="reduce",
    )
    page.goto(address)
    return page


def answer_with_source(page: Page, name: str) -> None:
    ask(page, QUESTION)
    page.locator("button.footnote").first.click()
    expect(page.locator("mark.current").first).to_be_in_viewport()
    take(page, name)


def abstention(page: Page, name: str) -> None:
    ask(page, UNANSWERED)
    take(page, name)


def welcome(page: Page, name: str) -> None:
    expect(page.locator(".suggestion").first).to_be_visible()
    take(page, name)


def ask(page: Page, question: str) -> None:
    page.fill("#question", question)
    page.click("#ask")
    expect(page.locator(".answer-foot")).to_be_visible()


def take(page: Page, name: str) -> None:
    page.mouse.move(0, 0)
    page.wait_for_timeout(300)  # fonts and scrolling
    page.screenshot(path=str(PICTURES / f"{name}.png"))
    page.close()


if __name__ == "__main__":
    main()
