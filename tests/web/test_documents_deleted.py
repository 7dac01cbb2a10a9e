"""Deleting documents on the page: at once, with time to think better of it."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from ingest.index.lock import lock_index
from ingest.run import run
from ingest.settings import IngestSettings
from service.uploading import uploads
from tests.conftest import serving
from tests.service.uploading_files import upload
from tests.web.documents_tab import box, choose, file, open_documents, row

NAMES = ["Ash", "Beech", "Cedar", "Elm", "Fir", "Hazel", "Juniper", "Larch", "Maple", "Oak"]
TIME_TO_UNDO = 9_000


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("trees")
    for name in NAMES:
        (folder / f"{name.lower()}.txt").write_text(f"{name}\n\nThe {name} grows by the mill.\n")
    made = tmp_path_factory.mktemp("documents") / "index"
    run(IngestSettings(index=str(made)), [str(folder)])
    return made


@pytest.fixture(scope="module")
def trees(place: Path) -> Iterator[httpx.Client]:
    with serving(place, uploads=place.parent / "uploads") as client:
        yield client


def titles(client: httpx.Client) -> set[str]:
    return {one["title"] for one in client.get("/v1/documents").json()["documents"]}


def delete(page: Page, title: str) -> Locator:
    """By the button of its row; gives the notice."""
    row(page, title).get_by_role("button", name=f"Delete {title}").click()
    expect(box(page, title)).to_have_count(0)
    return notice(page, title)


def notice(page: Page, title: str) -> Locator:
    return page.locator(".toast").filter(has_text=f"“{title}”")


def wait_until_gone(client: httpx.Client, page: Page, title: str) -> None:
    for _ in range(400):
        if title not in titles(client):
            return
        page.wait_for_timeout(25)
    raise AssertionError(f"{title} is still there")


def test_a_deleted_document_goes_at_once_and_for_good_when_the_notice_has_gone(
    page: Page, trees: httpx.Client
) -> None:
    page.clock.install()
    open_documents(page, trees.base_url)
    count = len(titles(trees))
    said = delete(page, "Ash")
    expect(page.locator(".scope-text")).to_have_text(f"All {count - 1} documents")
    expect(said).to_contain_text("so the next ingest adds it again")
    assert "Ash" in titles(trees)
    page.mouse.move(640, 400)  # the notice waits for a pointer that is on it
    page.clock.fast_forward(TIME_TO_UNDO)
    expect(said).to_have_count(0)
    wait_until_gone(trees, page, "Ash")
    expect(page.locator(".scope-text")).to_have_text(f"All {count - 1} documents")
    page.reload()
    expect(page.locator(".scope-text")).to_have_text(f"All {count - 1} documents")


def test_each_of_two_deletions_has_its_own_undo(page: Page, trees: httpx.Client) -> None:
    page.clock.install()
    panel = open_documents(page, trees.base_url)
    before = panel.locator(".document-title").all_text_contents()
    delete(page, "Beech")
    delete(page, "Cedar")
    notice(page, "Beech").get_by_role("button", name="Undo").click()
    expect(box(page, "Beech")).to_be_focused()
    expect(box(page, "Cedar")).to_have_count(0)
    page.clock.fast_forward(TIME_TO_UNDO)
    wait_until_gone(trees, page, "Cedar")
    after = panel.locator(".document-title").all_text_contents()
    assert after == [title for title in before if title != "Cedar"]
    assert "Beech" in titles(trees)


def test_leaving_the_page_deletes_what_is_not_undone(page: Page, trees: httpx.Client) -> None:
    open_documents(page, trees.base_url)
    delete(page, "Elm")
    delete(page, "Fir")
    notice(page, "Fir").get_by_role("button", name="Undo").click()
    page.goto("about:blank")
    wait_until_gone(trees, page, "Elm")
    assert "Fir" in titles(trees)


def test_the_delete_key_deletes_the_row_and_moves_on(page: Page, trees: httpx.Client) -> None:
    panel = open_documents(page, trees.base_url)
    names = panel.locator(".document-title").all_text_contents()
    at = names.index("Hazel")
    box(page, "Hazel").focus()
    page.keyboard.press("Delete")
    expect(box(page, "Hazel")).to_have_count(0)
    expect(box(page, names[at + 1 if at + 1 < len(names) else at - 1])).to_be_focused()
    notice(page, "Hazel").get_by_role("button", name="Undo").click()
    expect(box(page, "Hazel")).to_be_focused()


def test_a_document_that_cannot_be_deleted_comes_back_with_the_reason(
    page: Page, trees: httpx.Client, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "_WAIT_TO_DELETE", 0.05)
    page.clock.install()
    open_documents(page, trees.base_url)
    with lock_index(str(place)):
        delete(page, "Juniper")
        page.mouse.move(640, 400)
        page.clock.fast_forward(TIME_TO_UNDO)
        expect(box(page, "Juniper")).to_be_visible()
    expect(notice(page, "Juniper")).to_contain_text("was not deleted. Another ingest")


def test_a_document_that_is_gone_already_is_no_error(browser: Browser, trees: httpx.Client) -> None:
    page = browser.new_page()  # the browser itself complains of the 404
    page.clock.install()
    open_documents(page, trees.base_url)
    count = page.locator(".scope-text").text_content()
    delete(page, "Larch")
    (found,) = trees.get("/v1/documents", params={"q": "larch"}).json()["documents"]
    with page.expect_request_finished(lambda request: request.method == "DELETE") as sent:
        assert trees.delete(f"/v1/documents/{found['document_id']}").status_code == 204
        page.mouse.move(640, 400)
        page.clock.fast_forward(TIME_TO_UNDO)
    assert sent.value.response() is not None
    expect(page.locator(".toast")).to_have_count(0)
    expect(box(page, "Larch")).to_have_count(0)
    assert page.locator(".scope-text").text_content() != count
    page.close()


def test_an_uploaded_document_is_deleted_for_good(page: Page, trees: httpx.Client) -> None:
    upload(trees, ("willow.txt", b"Willow\n\nThe willow stands in the water.\n"))
    page.clock.install()
    open_documents(page, trees.base_url)
    said = delete(page, "Willow")
    expect(said).to_contain_text("Deleted “Willow”.")
    expect(said).not_to_contain_text("ingest")
    page.mouse.move(640, 400)
    page.clock.fast_forward(TIME_TO_UNDO)
    wait_until_gone(trees, page, "Willow")


def test_a_document_that_is_added_again_is_not_deleted(page: Page, trees: httpx.Client) -> None:
    elder = ("elder.txt", b"Elder\n\nThe elder blooms in June.\n")
    upload(trees, elder)
    page.clock.install()
    open_documents(page, trees.base_url)
    said = delete(page, "Elder")
    choose(page, file(*elder))
    expect(box(page, "Elder")).to_be_visible()
    expect(said).to_have_count(0)
    page.clock.fast_forward(TIME_TO_UNDO)
    assert "Elder" in titles(trees)
