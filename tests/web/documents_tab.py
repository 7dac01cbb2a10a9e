"""What a person does in the documents' tab."""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from ingest.run import run
from ingest.settings import IngestSettings


def ingest_moss(place: Path) -> Path:
    """An index of one document, to which others are added."""
    (place / "moss.txt").write_text("Moss\n\nMoss grows on the north side of the stone.\n")
    run(IngestSettings(index=str(place / "index")), [str(place / "moss.txt")])
    return place / "index"


def open_documents(page: Page, address: object) -> Locator:
    """Open the chat page at the tab, with its list loaded."""
    page.goto(str(address))
    page.get_by_role("tab", name="Documents").click()
    panel = page.get_by_role("tabpanel", name="Documents")
    expect(panel.locator(".document, .documents-none").first).to_be_visible()
    return panel


def row(page: Page, title: str) -> Locator:
    """The document's row in the list."""
    return page.locator(".document").filter(has=page.get_by_role("link", name=title, exact=True))


def box(page: Page, title: str) -> Locator:
    """The box that limits questions to a document."""
    return page.get_by_role("checkbox", name=title, exact=True)


def file(name: str, text: str | bytes) -> dict[str, object]:
    """A file to choose, as Playwright takes one."""
    content = text.encode() if isinstance(text, str) else text
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def choose(page: Page, *files: object) -> None:
    """By the button that adds files."""
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Add files").click()
    chooser.value.set_files(list(files))  # type: ignore[arg-type]


def upload_row(page: Page, name: str) -> Locator:
    """A file on its way in."""
    return page.locator(".upload").filter(has_text=name)
