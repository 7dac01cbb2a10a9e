"""A thumb on the page becomes feedback."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.conftest import serving
from tests.web.conftest import ask


def test_a_thumb_is_kept_and_may_be_turned(page: Page, seeds_index: Path, tmp_path: Path) -> None:
    with serving(seeds_index, feedback=tmp_path / "feedback.sqlite3") as client:
        page.goto(str(client.base_url))
        ask(page, "Who is Chen Xu?")
        up = page.get_by_role("button", name="Good answer", exact=True)
        down = page.get_by_role("button", name="Not a good answer")
        for chosen, other, rating in ((up, down, "up"), (down, up, "down")):
            chosen.click()
            expect(chosen).to_have_attribute("aria-pressed", "true")
            expect(other).to_have_attribute("aria-pressed", "false")
            (kept,) = client.get("/v1/feedback").text.splitlines()
            assert f'"rating": "{rating}"' in kept


def test_where_nothing_is_remembered_the_page_says_so(page: Page, seeds_index: Path) -> None:
    with serving(seeds_index, remembered_answers=0) as client:
        page.goto(str(client.base_url))
        ask(page, "Who is Chen Xu?")
        page.get_by_role("button", name="Good answer", exact=True).click()
        expect(page.locator(".rating [role=status]")).to_contain_text("FOOTNOTE_REMEMBERED_ANSWERS")
