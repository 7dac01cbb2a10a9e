"""Adding files where it cannot be, or not now: other keys, a busy service, one that goes away."""

import re
import signal
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from service.uploading import files
from service.uploading.files import UploadsFull
from tests.conftest import serving, started
from tests.web.documents_tab import choose, file, ingest_moss, open_documents, upload_row

READER, MANAGER = "the-key-of-a-reader", "the-key-of-a-manager"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ingest_moss(tmp_path_factory.mktemp("moss"))


@pytest.fixture(scope="module")
def guarded(place: Path) -> Iterator[httpx.Client]:
    keys = f"ask:{READER},manage:{MANAGER}"
    with serving(place, api_keys=keys, uploads=place.parent / "guarded") as client:
        yield client


@pytest.fixture(scope="module")
def open_to_all(place: Path) -> Iterator[httpx.Client]:
    with serving(place, uploads=place.parent / "open") as client:
        yield client


def give_key(page: Page, key: str) -> None:
    page.locator("#api-key").fill(key)
    page.keyboard.press("Enter")


def test_who_may_only_ask_sees_no_way_to_add_or_delete(page: Page, guarded: httpx.Client) -> None:
    page.goto(str(guarded.base_url))
    give_key(page, READER)
    page.get_by_role("tab", name="Documents").click()
    expect(page.locator(".document")).to_contain_text("Moss")
    expect(page.get_by_role("button", name="Add files")).to_have_count(0)
    expect(page.locator(".document button")).to_have_count(0)
    page.locator(".document input").focus()
    page.keyboard.press("Delete")
    expect(page.locator(".document")).to_have_count(1)


def test_a_key_that_is_lost_is_asked_for_while_a_file_is_sent(
    page: Page, guarded: httpx.Client
) -> None:
    page.goto(str(guarded.base_url))
    give_key(page, MANAGER)
    page.get_by_role("tab", name="Documents").click()
    expect(page.locator(".document")).to_have_count(1)
    page.evaluate("sessionStorage.setItem('footnote-api-key', 'another')")
    choose(page, file("reed.txt", "Reed\n\nThe reed bends.\n"))
    expect(page.get_by_role("dialog")).to_contain_text("not accepted")
    give_key(page, MANAGER)
    expect(upload_row(page, "reed.txt").locator(".upload-state")).to_have_text("Added")


def test_a_full_disk_is_said_and_the_file_can_be_sent_again(
    browser: Browser, open_to_all: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = browser.new_page()  # the browser itself complains of the 507
    open_documents(page, open_to_all.base_url)
    with monkeypatch.context() as full:
        full.setattr("service.uploading.uploads.receive", no_room)
        choose(page, file("dew.txt", "Dew\n\nDew falls at night.\n"))
        said = upload_row(page, "dew.txt").locator(".upload-state")
        expect(said).to_contain_text("There is no room left for uploads")
    page.get_by_role("button", name="Try again: dew.txt").click()
    expect(said).to_have_text("Added")
    page.close()


def no_room(folder: Path, *_: object) -> files.Upload:
    raise UploadsFull(f"there is no room left for uploads in {folder}")


def test_a_file_that_the_service_refuses_keeps_no_other_from_being_added(
    browser: Browser, open_to_all: httpx.Client
) -> None:
    page = browser.new_page()  # the browser itself complains of the 422
    open_documents(page, open_to_all.base_url)
    choose(page, file(f"{'n' * 220}.txt", "Long\n\nIts name.\n"), file("sky.txt", "Sky"))
    expect(upload_row(page, "sky.txt").locator(".upload-state")).to_have_text("Added")
    refused = upload_row(page, "nnn").locator(".upload-state")
    expect(refused).to_contain_text("name is longer than")
    page.close()


def test_a_busy_service_is_sent_the_file_again(browser: Browser, place: Path) -> None:
    page = browser.new_page()  # the browser itself complains of the 429
    with serving(place, uploads=place.parent / "busy", rate_limit="12/2 seconds") as client:
        open_documents(page, client.base_url)
        page.evaluate("Promise.all(Array.from({length: 20}, () => fetch('/v1/documents?limit=1')))")
        choose(page, file("rain.txt", "Rain\n\nRain falls.\n"))
        expect(upload_row(page, "rain.txt").locator(".upload-state")).to_have_text("Added")
    page.close()


def test_a_service_that_goes_away_gets_the_file_when_it_is_back(
    browser: Browser, place: Path
) -> None:
    page = browser.new_page()
    uploads = str(place.parent / "away")
    with started(place, uploads=uploads) as (process, client):
        address = str(client.base_url)
        open_documents(page, address)
        expect(page.locator(".uploads")).to_be_attached()  # what adds files is loaded
        process.send_signal(signal.SIGKILL)
        process.wait()
    choose(page, file("tide.txt", "Tide\n\nThe tide comes twice a day.\n"))
    said = upload_row(page, "tide.txt").locator(".upload-state")
    expect(said).to_have_text("The service does not answer. This goes on when it is back.")
    port = re.search(r":(\d+)", address)
    assert port is not None
    with started(place, "--port", port[1], uploads=uploads):
        expect(said).to_have_text("Added")
    page.close()
