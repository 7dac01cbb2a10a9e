"""`make screenshots`: take the pictures of the documentation from a real server over seeds/."""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from docs.generated import QUESTION, index_over_seeds
from tests.conftest import serving
from tests.service.conftest import FLAGS, chromium


def main() -> int:
    path = chromium()
    if path is None:
        print("screenshots need Chromium", file=sys.stderr)
        return 1
    with serving(index_over_seeds()) as client, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 800}, device_scale_factor=1.5)
        page.goto(str(client.base_url))
        page.fill("#question", QUESTION)
        page.click("#ask")
        page.locator("button.footnote").first.click()
        page.locator("mark.current").first.wait_for()
        page.mouse.move(0, 0)
        page.wait_for_timeout(500)
        page.screenshot(path=str(Path(__file__).parent / "chat.png"))
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
