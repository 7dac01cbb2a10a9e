"""The chat page's frame: theme, keys, sidebar, the question's length, small and large windows."""

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.conftest import ask

WHO = "Who released the report on forced labor in Xinjiang and Tibet?"
GROUND = "getComputedStyle(document.body).backgroundColor"
CUT_OFF = """[...document.querySelectorAll("button, a, p, mark, li")].filter((one) => {
  const box = one.getBoundingClientRect();
  if (!box.width || one.matches(".skip-link, .visually-hidden")) return false;
  return box.left < -1 || box.right > innerWidth + 1;
}).map((one) => one.outerHTML.slice(0, 90))"""


def test_the_theme_is_the_systems_until_it_is_chosen(page: Page, client: httpx.Client) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(str(client.base_url))
    light = page.evaluate(GROUND)
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate(GROUND)
    assert light != dark
    theme = page.locator("#theme")
    expect(theme).to_have_accessible_name("Theme: as the system")
    theme.click()
    expect(theme).to_have_accessible_name("Theme: light")
    assert page.evaluate(GROUND) == light
    page.reload()
    assert page.evaluate(GROUND) == light
    page.locator("#theme").click()
    page.emulate_media(color_scheme="light")
    assert page.evaluate(GROUND) == dark
    document = client.get("/v1/documents").json()["documents"][0]["document_id"]
    page.goto(f"{client.base_url}/documents/{document}")
    assert page.evaluate(GROUND) == dark


def test_the_keyboard_alone_suffices(page: Page, client: httpx.Client) -> None:
    """From the first key to the cited words and back, never a pointer."""
    page.goto(str(client.base_url))
    expect(page.locator(".scope-text")).to_have_text("1 document")
    page.keyboard.press("/")
    expect(page.locator("#question")).to_be_focused()
    page.keyboard.type(WHO)
    page.keyboard.press("Enter")
    expect(page.locator(".facts")).to_be_visible()
    footnote = page.locator("button.footnote").first
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if footnote.evaluate("node => node === document.activeElement"):
            break
    expect(footnote).to_be_focused()
    expect(page.locator(".preview")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("mark.current").first).to_be_in_viewport()
    position = page.locator("#citation-position").text_content() or ""
    page.keyboard.press("n")
    expect(page.locator("#citation-position")).not_to_have_text(position)
    page.keyboard.press("p")
    expect(page.locator("#citation-position")).to_have_text(position)
    page.keyboard.press("Escape")
    expect(page.locator("#source-panel")).to_be_hidden()
    expect(footnote).to_be_focused()


def test_keys_are_listed_and_can_be_switched_off(page: Page, client: httpx.Client) -> None:
    page.goto(str(client.base_url))
    expect(page.locator(".scope-text")).to_have_text("1 document")
    page.locator("h1").click()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog).to_contain_text("Write a question")
    dialog.get_by_label("Use single keys").uncheck()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.reload()
    expect(page.locator(".scope-text")).to_have_text("1 document")
    page.keyboard.press("?")
    page.keyboard.press("t")
    expect(page.locator("#theme")).to_have_accessible_name("Theme: as the system")
    expect(dialog).to_have_count(0)
    page.locator("#help").click()
    dialog.get_by_label("Use single keys").check()
    dialog.get_by_role("button", name="Close").click()
    page.keyboard.press("t")
    expect(page.locator("#theme")).to_have_accessible_name("Theme: light")


def test_keys_are_letters_where_one_writes(page: Page, client: httpx.Client) -> None:
    page.goto(str(client.base_url))
    page.locator("#question").focus()
    page.keyboard.type("t?/m")
    expect(page.locator("#question")).to_have_value("t?/m")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_sidebar_is_a_column_that_can_be_put_away(page: Page, client: httpx.Client) -> None:
    page.goto(str(client.base_url))
    sidebar = page.locator("#sidebar")
    expect(sidebar).to_be_visible()
    page.get_by_role("tab", name="Conversations").press("ArrowRight")
    expect(page.get_by_role("tab", name="Documents")).to_be_focused()
    expect(page.locator("#documents-panel")).to_be_visible()
    page.locator("#toggle-sidebar").click()
    expect(sidebar).to_be_hidden()
    page.reload()
    expect(page.locator(".scope-text")).to_have_text("1 document")
    expect(sidebar).to_be_hidden()


def test_the_sidebar_of_a_phone_is_a_drawer(page: Page, client: httpx.Client) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(str(client.base_url))
    sidebar = page.locator("#sidebar")
    expect(sidebar).to_be_hidden()
    page.locator("#toggle-sidebar").click()
    expect(sidebar.get_by_role("tab", name="Conversations")).to_be_focused()
    for _ in range(12):  # the page behind takes no focus
        page.keyboard.press("Tab")
        assert not page.locator(".talk :focus").count()
    page.keyboard.press("Escape")
    expect(sidebar).to_be_hidden()
    page.locator("#toggle-sidebar").click()
    page.locator("#sidebar-veil").click(position={"x": 380, "y": 400})
    expect(sidebar).to_be_hidden()


def test_a_question_that_is_too_long_stays_and_says_so(page: Page, client: httpx.Client) -> None:
    page.goto(str(client.base_url))
    page.fill("#question", "x" * 2005)
    expect(page.locator("#characters-left")).to_have_text("5 characters too many for a question")
    expect(page.locator("#ask")).to_be_disabled()
    page.keyboard.press("Enter")
    expect(page.locator("#question")).to_have_value("x" * 2005)
    page.fill("#question", "x" * 1990)
    expect(page.locator("#characters-left")).to_have_text("10 characters left")
    expect(page.locator("#ask")).to_be_enabled()


@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1280, 1920, 2560])
def test_nothing_is_wider_than_the_window(
    browser: Browser, client: httpx.Client, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(str(client.base_url))
    wide = "document.documentElement.scrollWidth > innerWidth"
    ask(page, WHO)
    expect(page.locator(".facts")).to_be_visible()
    assert not page.evaluate(wide)
    page.locator("button.footnote").first.click()
    expect(page.locator("mark.current").first).to_be_in_viewport()
    assert not page.evaluate(wide)
    assert page.evaluate(CUT_OFF) == []
    page.close()


def test_no_smooth_motion_where_it_is_not_wanted(page: Page, client: httpx.Client) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(str(client.base_url))
    ask(page, WHO)
    page.locator("button.footnote").first.click()
    expect(page.locator("mark.current").first).to_be_in_viewport()
    assert page.evaluate("document.getAnimations().length") == 0
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.conversation')).scrollBehavior")
        == "auto"
    )
