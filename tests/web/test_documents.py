"""The list of documents: searched, loaded as one scrolls, and gone through by keyboard."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from ingest.run import run
from ingest.settings import IngestSettings
from tests.conftest import serving, started
from tests.web.accessibility import violations
from tests.web.documents_tab import box, open_documents, row

MANY = 140
PAGE = 100


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index over many small documents, some with odd names."""
    made = tmp_path_factory.mktemp("documents") / "index"
    folder = made.parent / "archive"
    (folder / "letters").mkdir(parents=True)
    for number in range(MANY - 3):
        name = f"letters/letter-{number:03}.txt"
        (folder / name).write_text(f"Letter {number:03}\n\nLetter {number} tells of the harvest.\n")
    (folder / "water.txt").write_text("تقرير عن جودة المياه\n\nالمياه صالحة للشرب في المدينة.\n")
    (folder / f"{'long' * 30}.txt").write_text(f"{'Minutes' * 40}\n\nThe roof was mended.\n")
    (folder / "untitled.csv").write_text("tree,height\noak,21\nash,17\n")
    run(IngestSettings(index=str(made)), [str(folder)])
    return made


@pytest.fixture(scope="module")
def archive(place: Path) -> Iterator[httpx.Client]:
    with serving(place) as client:
        yield client


def test_the_list_grows_to_its_end_as_one_scrolls(page: Page, archive: httpx.Client) -> None:
    panel = open_documents(page, archive.base_url)
    rows = panel.locator(".document")
    expect(rows).to_have_count(PAGE)
    expect(panel.get_by_role("status").first).to_have_text(f"{MANY} documents")
    panel.get_by_role("button", name="Show more").scroll_into_view_if_needed()
    expect(rows).to_have_count(MANY)
    expect(panel.get_by_role("button", name="Show more")).to_be_hidden()
    listed = archive.get("/v1/documents", params={"limit": 1000}).json()["documents"]
    ids = [node.get_attribute("data-id") for node in rows.all()]
    assert ids == [document["document_id"] for document in listed]


def test_none_is_left_out_when_one_before_it_was_deleted(
    page: Page, archive: httpx.Client, place: Path
) -> None:
    page.clock.install()
    panel = open_documents(page, archive.base_url)
    expect(panel.locator(".document")).to_have_count(PAGE)
    panel.locator(".document-delete").nth(20).click()
    page.mouse.move(640, 400)
    with page.expect_response(lambda response: response.request.method == "DELETE"):
        page.clock.fast_forward(9_000)
    expect(panel.locator(".document")).to_have_count(PAGE - 1)
    panel.get_by_role("button", name="Show more").scroll_into_view_if_needed()
    expect(panel.locator(".document")).to_have_count(MANY - 1)
    run(IngestSettings(index=str(place)), [str(place.parent / "archive")])  # as it was


def test_a_search_keeps_what_has_its_words(page: Page, archive: httpx.Client) -> None:
    panel = open_documents(page, archive.base_url)
    rows = panel.locator(".document")
    field = panel.get_by_role("searchbox", name="Find a document")
    field.fill("letter 13")
    expect(panel.locator(".documents-count")).to_have_text(f"9 of {MANY}")  # 013, 113, 130 to 136
    expect(rows.first).to_contain_text("Letter 013")
    field.fill("letter ÜNKNOWN")
    expect(panel).to_contain_text("No document has these words")
    expect(rows).to_have_count(0)
    field.fill("")
    expect(rows).to_have_count(PAGE)
    expect(panel).not_to_contain_text("No document has these words")


def test_a_row_tells_title_file_and_size_and_opens_the_document(
    page: Page, archive: httpx.Client
) -> None:
    panel = open_documents(page, archive.base_url)
    panel.get_by_role("searchbox").fill("letter 007")
    letter = row(page, "Letter 007")
    expect(letter.locator(".document-facts")).to_have_text("letters/letter-007.txt1 passage")
    with page.context.expect_page() as opened:
        letter.get_by_role("link").click()
    expect(opened.value.locator("h1")).to_have_text("Letter 007")


def test_names_of_all_kinds_keep_to_the_column(page: Page, archive: httpx.Client) -> None:
    panel = open_documents(page, archive.base_url)
    panel.get_by_role("button", name="Show more").scroll_into_view_if_needed()
    expect(panel.locator(".document")).to_have_count(MANY)
    assert panel.evaluate("node => node.scrollWidth <= node.clientWidth")
    titles = panel.locator(".document-title bdi")
    arabic = titles.filter(has_text="تقرير")
    assert arabic.evaluate("node => getComputedStyle(node).direction") == "rtl"
    untitled = panel.locator(".document").filter(has_text="untitled")
    assert (untitled.text_content() or "").count("untitled.csv") <= 1


def test_the_keyboard_goes_through_the_list(page: Page, archive: httpx.Client) -> None:
    panel = open_documents(page, archive.base_url)
    boxes = panel.get_by_role("checkbox")
    boxes.nth(0).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(boxes.nth(2)).to_be_focused()
    page.keyboard.press("Space")
    expect(boxes.nth(2)).to_be_checked()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(panel.locator(".document-title").nth(2)).to_be_focused()
    assert violations(page) == []


def test_a_service_that_is_away_is_told_in_the_list(browser: Browser, place: Path) -> None:
    page = browser.new_page()
    with started(place) as (_, client):
        panel = open_documents(page, client.base_url)
    panel.get_by_role("searchbox").fill("letter 007")
    message = panel.get_by_role("alert")
    expect(message).to_contain_text("The documents cannot be listed. The service does not answer.")
    page.close()


def test_without_documents_the_tab_says_what_to_do(page: Page, tmp_path: Path) -> None:
    with serving(tmp_path / "none", uploads=tmp_path / "uploads") as client:
        panel = open_documents(page, client.base_url)
        expect(panel).to_contain_text("There are no documents yet. Add files, or drop them")
        expect(panel.get_by_role("searchbox")).to_be_hidden()
        expect(page.locator("#scope")).to_be_hidden()
        page.goto("about:blank")  # it asks no service that has ended


def test_what_came_meanwhile_is_seen_when_the_tab_is_looked_at_again(
    page: Page, tmp_path: Path
) -> None:
    (tmp_path / "one.txt").write_text("One\n\nThe first one.\n")
    (tmp_path / "two.txt").write_text("Two\n\nThe second one.\n")
    settings = IngestSettings(index=str(tmp_path / "index"))
    run(settings, [str(tmp_path / "one.txt")])
    with serving(tmp_path / "index") as client:
        page.clock.install()
        open_documents(page, client.base_url)
        expect(box(page, "One")).to_be_visible()
        run(settings, [str(tmp_path / "two.txt")])
        page.clock.fast_forward(60_000)
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        expect(box(page, "Two")).to_be_visible()
        expect(page.locator(".scope-text")).to_have_text("All 2 documents")
        page.goto("about:blank")
