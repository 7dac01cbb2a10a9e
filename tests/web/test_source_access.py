"""The source for those who listen, see with colours of the system's choice, or enlarge the page."""

from httpx import Client
from playwright.sync_api import Browser, Page, expect

from tests.web.made_answers import answer, citation, give, statement

TEXT = "The ferry sails at noon. It carries forty cars. " * 40
FIRST = citation(1, start_char_index=0, end_char_index=24, cited_text="The ferry sails at noon.")
SECOND = citation(2, start_char_index=25, end_char_index=47, cited_text="It carries forty cars.")


def shown(page: Page, client: Client, text: str = TEXT) -> None:
    """An answer whose second and third sentence share a footnote."""
    statements = [statement("At noon.", (1,)), statement("Forty.", (2,)), statement("Cars.", (2,))]
    give(page, str(client.base_url), answer(statements, [FIRST, SECOND]))
    source = {"document_id": "none", "title": "Ferry notes", "source": "ferry.txt", "text": text}
    page.unroute("**/v1/documents/none")
    page.route(
        "**/v1/documents/none", lambda route: route.fulfill(json=source | {"characters": len(text)})
    )


def background(page: Page, selector: str) -> str:
    found: str = page.locator(selector).first.evaluate(
        "(node) => getComputedStyle(node).backgroundColor"
    )
    return found


def test_the_cited_words_are_told(page: Page, client: Client) -> None:
    shown(page, client)
    told = page.locator("#source-panel > .visually-hidden[role=status]")
    page.locator(".footnote").first.click()
    expect(told).to_have_text(FIRST["cited_text"])
    page.keyboard.press("n")
    expect(told).to_have_text(SECOND["cited_text"])
    page.keyboard.press("Escape")
    expect(told).to_be_empty()


def test_the_focus_returns_to_the_sentence_it_came_from(page: Page, client: Client) -> None:
    shown(page, client)
    page.locator(".footnote").last.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#source-title")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".footnote").last).to_be_focused()


def test_words_whose_place_is_gone_are_shown_as_they_were_cited(page: Page, client: Client) -> None:
    shown(page, client, "Closed.")
    page.locator(".footnote").last.click()
    expect(page.locator("#source-notice")).to_contain_text("no longer has these words")
    expect(page.locator("mark.current")).to_have_text(SECOND["cited_text"])


def test_the_current_one_is_told_apart_in_colours_of_the_system(page: Page, client: Client) -> None:
    page.emulate_media(forced_colors="active")
    shown(page, client)
    page.locator(".footnote").first.click()
    expect(page.locator("mark")).to_have_count(2)
    assert background(page, "mark.current") != background(page, "mark.other")
    current, other = ".footnote[aria-current]", ".footnote:not([aria-current])"
    assert background(page, current) != background(page, other)


def test_a_page_enlarged_four_times_shows_the_words(browser: Browser, client: Client) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 256})
    shown(page, client)
    page.locator(".footnote").last.click()
    expect(page.locator("mark.current")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Escape")
    expect(page.locator(".footnote").last).to_be_focused()
    expect(page.locator("#question")).to_be_visible()
    page.close()


def test_a_long_press_shows_the_card_wherever_the_focus_was(
    browser: Browser, client: Client
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    phone = context.new_page()
    shown(phone, client)
    phone.locator(".footnote").first.focus()
    at = phone.locator(".footnote").last.bounding_box()
    assert at is not None
    point = {"x": at["x"] + at["width"] / 2, "y": at["y"] + at["height"] / 2}
    touch = context.new_cdp_session(phone)
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
    expect(phone.locator("#footnote-preview")).to_contain_text(SECOND["cited_text"])
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    phone.wait_for_timeout(400)  # longer than a card waits before it goes
    expect(phone.locator("#footnote-preview")).to_be_visible()
    context.close()
