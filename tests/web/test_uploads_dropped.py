"""Files dropped anywhere on the page, folders too, or pasted into it."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import JSHandle, Page, expect

from ingest.run import run
from ingest.settings import IngestSettings
from tests.conftest import serving
from tests.web.documents_tab import box, open_documents, upload_row


@pytest.fixture(scope="module")
def notes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    folder = tmp_path_factory.mktemp("notes")
    (folder / "moss.txt").write_text("Moss\n\nMoss grows on the north side of the stone.\n")
    place = tmp_path_factory.mktemp("documents")
    run(IngestSettings(index=str(place / "index")), [str(folder)])
    with serving(place / "index", uploads=place / "uploads") as client:
        yield client


def open_page(page: Page, client: httpx.Client) -> None:
    """At another tab; the page knows what may be done."""
    open_documents(page, client.base_url)
    expect(page.get_by_role("button", name="Add files")).to_be_visible()
    page.get_by_role("tab", name="Conversations").click()


def carried(page: Page, name: str, text: str) -> JSHandle:
    """What a pointer carries over the page."""
    return page.evaluate_handle(
        """([name, text]) => {
          const carried = new DataTransfer();
          if (name) carried.items.add(new File([text], name));
          else carried.setData("text/plain", text);
          return carried;
        }""",
        [name, text],
    )


def drop_paths(page: Page, *paths: Path) -> None:
    """As a person drops files and folders of the disk: only the browser can make their entries."""
    session = page.context.new_cdp_session(page)
    data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        at = {"type": kind, "x": 700, "y": 300, "data": data}
        session.send("Input.dispatchDragEvent", at)


def test_a_dropped_file_is_added_wherever_it_falls(page: Page, notes: httpx.Client) -> None:
    open_page(page, notes)
    bees = {"dataTransfer": carried(page, "bees.txt", "Bees\n\nBees fly in May.\n")}
    page.dispatch_event("#question", "dragover", bees)
    overlay = page.locator(".drop-zone")
    expect(overlay).to_have_text("Drop to add")
    expect(overlay).to_be_visible()
    page.dispatch_event("#question", "drop", bees)
    expect(overlay).to_be_hidden()
    expect(upload_row(page, "bees.txt").locator(".upload-state")).to_have_text("Added")
    expect(box(page, "Bees")).to_be_visible()


def test_the_sign_goes_when_the_files_are_carried_away(page: Page, notes: httpx.Client) -> None:
    open_page(page, notes)
    page.dispatch_event("body", "dragover", {"dataTransfer": carried(page, "a.txt", "A")})
    expect(page.locator(".drop-zone")).to_be_visible()
    page.dispatch_event("body", "dragleave", {"dataTransfer": carried(page, "a.txt", "A")})
    expect(page.locator(".drop-zone")).to_be_hidden()


def test_a_text_that_is_dragged_is_no_file(page: Page, notes: httpx.Client) -> None:
    open_page(page, notes)
    words = {"dataTransfer": carried(page, "", "some words")}
    page.dispatch_event("body", "dragover", words)
    page.dispatch_event("body", "drop", words)
    expect(page.locator(".drop-zone")).to_be_hidden()
    expect(page.locator(".upload")).to_have_count(0)


def test_the_files_of_a_dropped_folder_are_added_all_of_them(
    page: Page, notes: httpx.Client, tmp_path: Path
) -> None:
    for part in ("north", "south"):
        (tmp_path / "river" / part).mkdir(parents=True)
        (tmp_path / "river" / part / "notes.txt").write_text(f"River {part}\n\nIt is {part}.\n")
    (tmp_path / "river" / "map.png").write_bytes(b"\x89PNG")
    (tmp_path / "river" / ".hidden.txt").write_text("Hidden")
    (tmp_path / "alone.txt").write_text("Alone\n\nIt lies beside the folder.\n")
    open_documents(page, notes.base_url)
    drop_paths(page, tmp_path / "river", tmp_path / "alone.txt")
    expect(page.locator(".uploads-title")).to_have_text("3 added")
    for title in ("River north", "River south", "Alone"):
        expect(box(page, title)).to_be_visible()
    expect(page.locator(".toast")).to_have_text("Left out 1 file of kinds that are not read.")
    found = notes.get("/v1/documents", params={"q": "river"}).json()["documents"]
    names = sorted(document["source"] for document in found)
    assert names == ["river - north - notes.txt", "river - south - notes.txt"]


def test_of_a_vast_folder_the_first_thousand_files_are_taken(
    page: Page, notes: httpx.Client, tmp_path: Path
) -> None:
    (tmp_path / "vast").mkdir()
    for number in range(1010):
        (tmp_path / "vast" / f"{number}.txt").touch()
    open_page(page, notes)
    page.evaluate(
        """async () => {
          const { droppedFiles } = await import("/static/documents/dropped-files.js");
          const { carriedBy } = await import("/static/documents/drop-zone.js");
          window.taken = new Promise((resolve) => {
            const take = (event) => {
              event.preventDefault();
              event.stopImmediatePropagation(); // the page itself would send them
              resolve(droppedFiles(carriedBy(event.dataTransfer), () => true));
            };
            addEventListener("drop", take, { capture: true });
          });
        }"""
    )
    drop_paths(page, tmp_path / "vast")
    count = page.evaluate("window.taken.then(({ found, isCut }) => [found.length, isCut])")
    assert count == [1000, True]


def test_a_pasted_file_is_added_and_pasted_text_is_not(page: Page, notes: httpx.Client) -> None:
    open_documents(page, notes.base_url)
    paste = """([carried, text]) => {
      if (text) carried.setData("text/plain", text); // a copied table is a picture and its words
      const pasted = { clipboardData: carried, bubbles: true, cancelable: true };
      document.querySelector("#question").dispatchEvent(new ClipboardEvent("paste", pasted));
    }"""
    page.evaluate(paste, [carried(page, "", "only words"), ""])
    page.evaluate(paste, [carried(page, "table.txt", "A table"), "its words"])
    page.evaluate(paste, [carried(page, "clip.txt", "Clip\n\nIt was copied.\n"), ""])
    expect(upload_row(page, "clip.txt").locator(".upload-state")).to_have_text("Added")
    expect(page.locator(".upload")).to_have_count(1)
