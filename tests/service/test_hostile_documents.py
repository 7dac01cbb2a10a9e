"""Hostile documents, uploaded, asked and opened: their text is shown, never run nor obeyed."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.conftest import serving
from tests.service.hostile_documents import DOCUMENTS, Hostile
from tests.service.uploading_files import upload
from tests.web.conftest import answer_to, ask, marked

CONTROLS = {chr(code) for code in (*range(9), *range(11, 32), *range(127, 160))}
every_document = pytest.mark.parametrize(
    "hostile", DOCUMENTS, ids=[one.question[-20:-1] for one in DOCUMENTS]
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    place = tmp_path_factory.mktemp("hostile")
    with serving(place / "index", uploads=str(place / "uploads")) as server:
        job = upload(server, *((one.name, one.data) for one in DOCUMENTS))
        assert job["skipped"] == []
        assert len(job["added"]) == len(DOCUMENTS)
        yield server


def document_of(server: httpx.Client, hostile: Hostile) -> str:
    """The id of a document, by its name."""
    listed = server.get("/v1/documents").json()["documents"]
    (found,) = [one["document_id"] for one in listed if one["source"] == hostile.name]
    return str(found)


def open_source_page(page: Page, server: httpx.Client) -> None:
    """The page that the panel leads to."""
    path = page.locator("#open-source-page").get_attribute("href")
    page.goto(f"{server.base_url}{path}".replace("//documents", "/documents"))


@every_document
def test_footnotes_point_at_the_exact_words(server: httpx.Client, hostile: Hostile) -> None:
    answer = answer_to(server, hostile.question)
    cited = [one for one in answer["citations"] if one["source"] == hostile.name]
    text = server.get(f"/v1/documents/{document_of(server, hostile)}").json()["text"]
    assert any(hostile.words in one["cited_text"] for one in cited), answer["answer"]
    for one in cited:
        assert text[one["start_char_index"] : one["end_char_index"]] == one["cited_text"]
    assert not CONTROLS & set(text + "".join(one["document_title"] for one in cited))


@every_document
def test_pages_show_the_words_and_run_nothing(
    page: Page, server: httpx.Client, hostile: Hostile
) -> None:
    """The fixture fails for a dialog, a complaint, or a request to elsewhere."""
    page.goto(str(server.base_url))
    page.get_by_role("tab", name="Documents").click()
    expect(page.locator(".document").first).to_be_visible()
    ask(page, hostile.question)
    expect(page.locator(".facts")).to_be_visible()
    page.locator("button.footnote").first.hover()
    expect(page.locator("#footnote-preview")).to_be_visible()
    page.locator("button.footnote").first.click()
    assert hostile.words in marked(page)
    open_source_page(page, server)
    assert hostile.words in marked(page)
    foreign = page.locator("main :is(img, svg, iframe, script, object, embed, form, link, base, a)")
    assert foreign.count() == 0


def test_instructions_and_numbers_in_a_document_are_words_of_it(server: httpx.Client) -> None:
    answer = answer_to(server, "How many mills does the miller of Quade own?")
    assert answer["statements"][0]["text"].startswith("The miller of Quade owns three mills.")
    assert not answer["abstained"]
    citations = {one["index"] for one in answer["citations"]}
    assert {n for one in answer["statements"] for n in one["citations"]} <= citations


def test_marks_of_direction_turn_nothing_round_but_their_own_words(
    page: Page, server: httpx.Client
) -> None:
    (turned,) = [one for one in DOCUMENTS if one.name.startswith("\u202e")]
    page.goto(str(server.base_url))
    ask(page, turned.question)
    statement = page.locator(".statement").first
    expect(page.locator(".facts")).to_be_visible()
    words, footnote = statement.bounding_box(), statement.locator(".footnote").bounding_box()
    assert words and footnote
    assert footnote["x"] + footnote["width"] >= words["x"] + words["width"] - 2
    page.locator("button.footnote").first.click()
    page.locator("mark.current").first.wait_for()
    open_source_page(page, server)
    page.locator("mark.current").first.wait_for()
    facts = page.evaluate(
        """() => {
            const line = document.getElementById("document-facts");
            const after = document.createRange();
            after.setStart(line, 1);
            after.setEnd(line, line.childNodes.length);
            const source = line.firstChild.getBoundingClientRect();
            return [source.right, after.getBoundingClientRect().left];
        }"""
    )
    assert facts[0] <= facts[1] + 1


def test_marks_of_direction_are_closed_and_close_nothing_else(
    page: Page, server: httpx.Client
) -> None:
    page.goto(str(server.base_url))
    contained = page.evaluate(
        """async () => {
            const { contained } = await import("/static/page/bidi.js");
            const nested = "\\u2067a\\u202eb\\u2069c\\u202c";
            return ["\\u202ea", "a\\u2069\\u202c", nested, "plain"].map(contained);
        }"""
    )
    assert contained == ["\u202ea\u202c", "a", "\u2067a\u202eb\u2069c", "plain"]
