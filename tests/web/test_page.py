"""The chat page and the source page in a real browser."""

from pathlib import Path

import httpx
from playwright.sync_api import Browser, Page, expect

from tests.conftest import Ingest, serving
from tests.web.conftest import answer_to, ask, marked

WHO = "Who released the report on forced labor in Xinjiang and Tibet?"


def test_a_footnote_opens_the_source_at_the_very_words(page: Page, client: httpx.Client) -> None:
    answer = answer_to(client, WHO)
    page.goto(str(client.base_url))
    ask(page, WHO)
    footnotes = page.locator("button.footnote")
    expect(footnotes).to_have_text([str(citation["index"]) for citation in answer["citations"]])
    expect(page.locator(".statement")).to_have_text(
        [f"{s['text']}{''.join(map(str, s['citations']))}" for s in answer["statements"]]
    )
    for citation in answer["citations"]:
        page.click(f"button.footnote[data-index='{citation['index']}']")
        expect(page.locator("#source-panel")).to_be_visible()
        expect(page.locator("mark.current").first).to_be_in_viewport(ratio=1)
        assert marked(page) == citation["cited_text"]


def test_the_link_of_the_panel_opens_the_source_page_at_the_same_words(
    page: Page, client: httpx.Client
) -> None:
    citation = answer_to(client, WHO)["citations"][-1]
    page.goto(str(client.base_url))
    ask(page, WHO)
    page.locator("button.footnote").last.click()
    with page.context.expect_page() as opened:
        page.click("#open-source-page")
    source = opened.value
    expect(source.locator("mark.current").first).to_be_in_viewport(ratio=1)
    assert marked(source) == citation["cited_text"]
    expect(source.locator("h1")).to_have_text(citation["document_title"])


def test_a_source_page_of_no_document_says_so(browser: Browser, client: httpx.Client) -> None:
    page = browser.new_page()
    page.goto(f"{client.base_url}/documents/unknown?start=3&end=9")
    expect(page.locator(".error-message")).to_contain_text("no document")
    page.close()


def test_a_phone_shows_the_answer_and_its_source(browser: Browser, client: httpx.Client) -> None:
    phone = browser.new_page(viewport={"width": 390, "height": 844})
    phone.goto(str(client.base_url))
    ask(phone, WHO)
    phone.locator("button.footnote").first.click()
    expect(phone.locator("mark.current").first).to_be_in_viewport(ratio=1)
    assert not phone.evaluate("document.documentElement.scrollWidth > innerWidth")
    phone.close()


def test_an_abstention_shows_the_closest_passages(page: Page, client: httpx.Client) -> None:
    question = "What is the population of Xinjiang?"
    page.goto(str(client.base_url))
    ask(page, question)
    expect(page.locator(".abstention")).to_contain_text("did not find")
    words = page.locator(".abstention blockquote")
    told = [words.nth(number).text_content() for number in range(words.count())]
    assert told == [passage["text"] for passage in answer_to(client, question)["passages"]]
    assert page.locator("button.footnote").count() == 0


def test_a_reply_is_plain_text(page: Page, client: httpx.Client) -> None:
    page.goto(str(client.base_url))
    for number, message in enumerate(["Hello!", "which documents do you have?"]):
        ask(page, message)
        expect(page.locator(".reply").nth(number)).to_have_text(
            answer_to(client, message)["answer"]
        )
    looks = ".footnote, .abstention, .sources, .facts, .statement, .understood:visible, .status"
    assert page.locator(looks).count() == 0


def test_a_summary_is_shown_with_its_footnotes(page: Page, client: httpx.Client) -> None:
    request = "Summarise the article"
    answer = answer_to(client, request)
    page.goto(str(client.base_url))
    ask(page, request)
    expect(page.locator(".statement")).to_have_text(
        [f"{s['text']}{''.join(map(str, s['citations']))}" for s in answer["statements"]]
    )
    page.locator("button.footnote").last.click()
    assert marked(page) == answer["citations"][-1]["cited_text"]


def test_a_follow_up_takes_the_conversation_along(page: Page, client: httpx.Client) -> None:
    first, second = "Who is the foreign ministry spokesperson of China?", "Whom did he criticize?"
    page.goto(str(client.base_url))
    ask(page, first)
    expect(page.locator(".facts")).to_be_visible()
    with page.expect_request("**/v1/ask") as asked:
        ask(page, second)
    history = (asked.value.post_data_json or {})["history"]
    assert [turn["role"] for turn in history] == ["user", "assistant"]
    assert history[0]["content"] == first
    assert history[1]["content"] == answer_to(client, first)["answer"]
    understood = "Understood as: Whom did Wang Wenbin criticize?"
    expect(page.get_by_text("Understood as")).to_have_text(understood)


def test_without_an_index_the_page_says_what_to_do(page: Page, tmp_path: Path) -> None:
    with serving(tmp_path / "none") as client:
        page.goto(str(client.base_url))
        expect(page.locator("#welcome")).to_contain_text("python -m ingest PATH")
        ask(page, "Who?")
        expect(page.locator(".error-message")).to_contain_text("no index")


def test_a_document_changed_since_the_answer_is_told(
    page: Page, folder: Path, ingest: Ingest
) -> None:
    (folder / "fox.txt").write_text("Fox Notes\n\nThe fox sleeps by the old river.\n")
    with serving(ingest(folder).location, abstain_below="0") as client:
        page.goto(str(client.base_url))
        ask(page, "Where does the fox sleep?")
        expect(page.locator(".facts")).to_be_visible()
        (folder / "fox.txt").write_text("Fox Notes\n\nThe cat dozes in a warm kitchen.\n")
        ingest(folder)
        page.locator("button.footnote").first.click()
        expect(page.locator("#source-notice")).to_contain_text("has changed")
