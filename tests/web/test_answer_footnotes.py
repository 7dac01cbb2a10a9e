"""Footnotes: their place in the line, their preview, and answers that strain the layout."""

import pytest
from httpx import Client
from playwright.sync_api import Browser, FloatRect, Locator, Page, expect

from tests.web.made_answers import answer, citation, give, statement

PHONE = {"width": 390, "height": 844}


def box(locator: Locator) -> FloatRect:
    found = locator.bounding_box()
    assert found
    return found


def many(count: int) -> list[dict[str, object]]:
    return [citation(index, cited_text=f"the words {index}") for index in range(1, count + 1)]


def test_footnotes_and_a_speaker_leave_the_height_of_the_line(page: Page, client: Client) -> None:
    plain = [statement("Rye.", (), attribution=None)]
    noted = [statement("Rye.", (1, 2, 3, 4, 5), attribution="Ida Holm")]
    heights = []
    for made in (plain, noted):
        give(page, str(client.base_url), answer(made, many(5)))
        heights.append(box(page.locator(".answer-text"))["height"])
    assert page.locator(".footnote:visible").count() == 3
    assert heights[0] == heights[1]


def test_many_footnotes_of_a_statement_are_folded(page: Page, client: Client) -> None:
    made = answer([statement("It sails.", range(1, 7))], many(6))
    give(page, str(client.base_url), made)
    shown = page.locator(".footnote:visible")
    more = page.get_by_role("button", name="Show 3 more footnotes")
    expect(shown).to_have_text(["1", "2", "3"])
    expect(more).to_have_text("+3")
    more.focus()
    page.keyboard.press("Enter")
    expect(shown).to_have_text(["1", "2", "3", "4", "5", "6"])
    expect(more).to_have_count(0)
    expect(shown.nth(3)).to_be_focused()


def test_a_folded_footnote_that_becomes_the_current_one_is_shown(
    page: Page, client: Client
) -> None:
    made = answer([statement("It sails.", range(1, 6))], many(5))
    give(page, str(client.base_url), made)
    page.locator(".footnote").nth(2).click()
    page.locator("#next-citation").click()
    expect(page.locator(".footnote[aria-current]")).to_have_text(["4"])
    expect(page.locator(".footnote[aria-current]")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("height", [320, 800])
def test_the_preview_never_covers_its_footnote(
    page: Page, client: Client, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    words = "A long line of words that were cited. " * 12
    texts = [f"It sails at {hour} o'clock, as the notes say." for hour in (1, 2, 3)]
    made = answer([statement(text, (1,)) for text in texts], [citation(1, cited_text=words)])
    give(page, str(client.base_url), made)
    preview = page.locator("#footnote-preview")
    for footnote in page.locator(".footnote").all():
        page.mouse.move(1, 1)
        expect(preview).to_be_hidden()
        footnote.hover()
        expect(footnote).to_have_attribute("aria-describedby", "footnote-preview")
        card, own = box(preview), box(footnote)
        assert card["y"] + card["height"] <= own["y"] or card["y"] >= own["y"] + own["height"]
        if preview.evaluate("(node) => node.scrollHeight > node.clientHeight + 2"):
            room_below = height - own["y"] - own["height"]
            assert (card["y"] > own["y"]) == (room_below > own["y"])  # where there is more
        assert card["x"] >= 0 and card["x"] + card["width"] <= width
        assert card["y"] >= 0 and card["y"] + card["height"] <= height


def test_the_keyboard_shows_the_preview_and_escape_closes_it_alone(
    page: Page, client: Client
) -> None:
    give(page, str(client.base_url), answer([statement("It sails.", (1, 2))], many(2)))
    first, preview = page.locator(".footnote").first, page.locator("#footnote-preview")
    first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#source-panel")).to_be_visible()
    first.focus()
    page.keyboard.press("Tab")
    expect(preview).to_contain_text("the words 2")
    page.keyboard.press("Escape")
    expect(preview).to_be_hidden()
    expect(page.locator("#source-panel")).to_be_visible()
    expect(page.locator(".footnote").nth(1)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#source-panel")).to_be_hidden()


def test_a_long_press_shows_the_preview_and_a_tap_the_source(
    browser: Browser, client: Client
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    phone = context.new_page()
    give(phone, str(client.base_url), answer([statement("It sails.")], many(1)))
    footnote, preview = phone.locator(".footnote"), phone.locator("#footnote-preview")
    at = box(footnote)
    point = {"x": at["x"] + at["width"] / 2, "y": at["y"] + at["height"] / 2}
    touch = context.new_cdp_session(phone)
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
    expect(preview).to_contain_text("the words 1")
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(preview).to_be_visible()
    expect(phone.locator("#source-panel")).to_be_hidden()
    phone.touchscreen.tap(20, 700)
    expect(preview).to_be_hidden()
    footnote.tap()
    expect(phone.locator("#source-panel")).to_be_visible()
    expect(preview).to_be_hidden()
    context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_answers_of_any_shape_keep_to_their_column(page: Page, client: Client, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    claims = [
        statement("w" * 400),
        statement("Long. " * 833, (1, 2)),
        statement("أسس التاجر متحف القهوة.", (2,), attribution="يوسف حداد"),
        statement("See `" + "x" * 200 + "` and https://example.org/" + "y" * 300, written=True),
        *[statement(f"Sentence {n}.", range(1, 41)) for n in range(40)],
    ]
    give(page, str(client.base_url), answer(claims, many(40), notice="n" * 300))
    expect(page.locator(".statement a")).to_be_visible()
    page.locator(".footnote-more").evaluate_all("all => all.forEach((one) => one.click())")
    too_wide = page.locator(".answer").evaluate(
        "node => [...node.querySelectorAll('*'), node].filter((one) =>"
        " one.getBoundingClientRect().right > node.getBoundingClientRect().right + 6).length"
    )
    assert too_wide == 0
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_a_sentence_from_right_to_left_has_its_footnote_at_its_left_end(
    page: Page, client: Client
) -> None:
    made = answer([statement("أسس التاجر متحف القهوة."), statement("It sails.")])
    give(page, str(client.base_url), made)
    expect(page.locator(".answer-text")).to_have_attribute("dir", "rtl")
    words, number = box(page.locator(".statement").first), box(page.locator(".footnote").first)
    assert abs(words["x"] - number["x"]) < 8
    words, number = box(page.locator(".statement").last), box(page.locator(".footnote").last)
    assert abs(words["x"] + words["width"] - number["x"] - number["width"]) < 8
