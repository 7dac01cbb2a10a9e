"""Adding files on the page: by the button, with what becomes of each."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from ingest.index.lock import lock_index
from tests.conftest import serving
from tests.web.accessibility import violations
from tests.web.conftest import ask
from tests.web.documents_tab import box, choose, file, ingest_moss, open_documents, row, upload_row

BEES = "Bees in winter\n\nBees keep warm in winter by shivering in a cluster.\n"
TAKES_LONG = 12_500  # after which what is done goes by itself


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ingest_moss(tmp_path_factory.mktemp("moss"))


@pytest.fixture(scope="module")
def notes(place: Path) -> Iterator[httpx.Client]:
    with serving(place, uploads=place.parent / "uploads", most_upload_megabytes=1) as client:
        yield client


def sources(client: httpx.Client) -> set[str]:
    return {one["source"] for one in client.get("/v1/documents").json()["documents"]}


def test_a_file_is_added_stands_out_and_answers(page: Page, notes: httpx.Client) -> None:
    open_documents(page, notes.base_url)
    choose(page, file("bees.txt", BEES))
    expect(upload_row(page, "bees.txt").locator(".upload-state")).to_have_text("Added")
    expect(row(page, "Bees in winter")).to_have_class("document fresh")
    expect(page.locator(".document").first).to_contain_text("Bees in winter")
    expect(page.locator(".scope-text")).to_have_text("All 2 documents")
    ask(page, "How do bees keep warm in winter?")
    expect(page.locator(".source-row-title").first).to_have_text("Bees in winter")


def test_each_file_has_its_own_end(page: Page, notes: httpx.Client) -> None:
    open_documents(page, notes.base_url)
    choose(
        page,
        file("fern.txt", "Fern\n\nA fern unrolls its leaves in April.\n"),
        file("copy-of-moss.txt", "Moss\n\nMoss grows on the north side of the stone.\n"),
        file("damaged.pdf", b"%PDF-1.4 nothing of a PDF follows"),
        file("picture.png", b"\x89PNG"),
        file("huge.txt", "a word " * 150_000),
    )
    said = {
        "fern.txt": "Added",
        "copy-of-moss.txt": "Same text as Moss",
        "damaged.pdf": "Damaged",
        "picture.png": "Files that end in .png cannot be read.",
        "huge.txt": "This file has 1.1 MB; at most 1 MB can be sent.",
    }
    for name, words in said.items():
        expect(upload_row(page, name).locator(".upload-state")).to_contain_text(words)
    title = page.locator(".uploads-title")
    expect(title).to_have_text("1 added, 1 there already, 3 not added")
    expect(page.get_by_role("status").filter(has_text="1 added, 1 there")).to_have_count(1)
    assert violations(page) == []
    page.get_by_role("button", name="Dismiss: picture.png").click()
    expect(upload_row(page, "picture.png")).to_have_count(0)
    page.get_by_role("button", name="Clear").click()
    expect(page.locator(".uploads")).to_be_hidden()
    assert {"damaged.pdf", "picture.png", "huge.txt"}.isdisjoint(sources(notes))


def test_a_new_version_takes_the_place_of_the_old_one(page: Page, notes: httpx.Client) -> None:
    open_documents(page, notes.base_url)
    for text, end in (("It rains.", "Added"), ("It snows.", "Updated"), ("It snows.", "unchanged")):
        choose(page, file("weather.txt", f"Weather\n\n{text} The mill stands still.\n"))
        expect(upload_row(page, "weather.txt").locator(".upload-state")).to_contain_text(end)
        page.get_by_role("button", name="Clear").click()
    expect(box(page, "Weather")).to_have_count(1)


def test_rows_go_by_themselves_when_all_is_well_and_errors_stay(
    page: Page, notes: httpx.Client
) -> None:
    page.clock.install()
    open_documents(page, notes.base_url)
    choose(page, file("oak.txt", "Oak\n\nThe oak is old.\n"), file("oak.png", b"\x89PNG"))
    expect(page.locator(".uploads-title")).to_have_text("1 added, 1 not added")
    page.mouse.move(640, 400)
    page.locator("#question").focus()
    page.clock.fast_forward(TAKES_LONG)
    expect(upload_row(page, "oak.txt")).to_have_count(0)
    expect(upload_row(page, "oak.png")).to_be_visible()


def test_sending_tells_how_far_it_is_and_can_be_stopped(page: Page, notes: httpx.Client) -> None:
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    open_documents(page, notes.base_url)
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 30_000}
    network.send("Network.emulateNetworkConditions", slow)
    choose(page, file("slow.txt", bytes(800_000)))  # nothing to embed, should it arrive whole
    bar = page.get_by_role("progressbar", name="Sending slow.txt")
    said = upload_row(page, "slow.txt").locator(".upload-state")
    expect(said).to_have_text(re.compile(r"^Sending [1-9]\d? %$"))
    assert 0 < float(bar.get_attribute("value") or 0) < 100
    leave = "dispatchEvent(new Event('beforeunload', {cancelable: true}))"
    assert not page.evaluate(leave)  # the browser asks whether to leave
    page.get_by_role("button", name="Cancel: slow.txt").click()
    assert page.evaluate(leave)
    expect(page.locator(".uploads")).to_be_hidden()
    network.send("Network.emulateNetworkConditions", {**slow, "uploadThroughput": -1})
    choose(page, file("quick.txt", "Quick\n\nA quick one.\n"))
    expect(upload_row(page, "quick.txt").locator(".upload-state")).to_have_text("Added")
    assert "slow.txt" not in sources(notes)


def test_a_reload_loses_no_upload_that_was_sent(
    page: Page, notes: httpx.Client, place: Path
) -> None:
    open_documents(page, notes.base_url)
    with lock_index(str(place)):
        choose(page, file("lake.txt", "Lake\n\nThe lake is deep.\n"))
        expect(upload_row(page, "lake.txt").locator(".upload-state")).to_have_text("Being read")
        open_documents(page, notes.base_url)
        expect(page.locator(".uploads-title")).to_have_text("Adding 1 file")
        expect(upload_row(page, "lake.txt").locator(".upload-state")).to_have_text("Being read")
    expect(upload_row(page, "lake.txt").locator(".upload-state")).to_have_text("Added")
    expect(box(page, "Lake")).to_be_visible()


def test_many_files_go_one_request_after_the_other(page: Page, notes: httpx.Client) -> None:
    open_documents(page, notes.base_url)
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.method) if one.method == "POST" else None)
    files = [file(f"leaf-{n:02}.txt", f"Leaf {n}\n\nLeaf {n} is green.\n") for n in range(30)]
    choose(page, *files)
    expect(page.locator(".uploads-title")).to_have_text("30 added")
    assert len(sent) == 2
    assert len({one for one in sources(notes) if one.startswith("leaf-")}) == 30
