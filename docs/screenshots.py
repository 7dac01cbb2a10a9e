"""`make screenshots`: take the pictures of the documentation from a real server over seeds/."""

from pathlib import Path

from docs.generated import QUESTION, index_over_seeds
from tests.chromium import chromium
from tests.conftest import serving


def main() -> None:
    with serving(index_over_seeds()) as client, chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 800}, device_scale_factor=1.5)
        page.goto(str(client.base_url))
        page.fill("#question", QUESTION)
        page.click("#ask")
        page.locator("button.footnote").first.click()
        page.locator("mark.current").first.wait_for()
        page.mouse.move(0, 0)
        page.wait_for_timeout(500)
        page.screenshot(path=str(Path(__file__).parent / "chat.png"))


if __name__ == "__main__":
    main()
