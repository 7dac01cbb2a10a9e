"""Nothing on the pages keeps people from them, as far as axe-core can tell, in any state."""

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.conftest import serving
from tests.model_servers.reply import Reply
from tests.model_servers.scripted_server import ScriptedServer, openai_server
from tests.service.written_service import WHO as MILL_QUESTION
from tests.service.written_service import ingest_mill, word_checked
from tests.web.accessibility import violations
from tests.web.conftest import ask

WHO = "Who released the report on forced labor in Xinjiang and Tibet?"
NEAR_MISS = "What is the population of Xinjiang?"


def welcome(page: Page) -> None:
    expect(page.locator(".suggestion").first).to_be_visible()


def documents(page: Page) -> None:
    page.get_by_role("tab", name="Documents").click()
    expect(page.locator("#documents-panel").get_by_role("checkbox").first).to_be_visible()


def answer(page: Page) -> None:
    ask(page, WHO)
    expect(page.locator(".facts")).to_be_visible()


def preview(page: Page) -> None:
    answer(page)
    page.locator("button.footnote").first.hover()
    expect(page.locator(".preview")).to_be_visible()


def source(page: Page) -> None:
    answer(page)
    page.locator("button.footnote").first.click()
    expect(page.locator("mark.current").first).to_be_visible()


def abstention(page: Page) -> None:
    ask(page, NEAR_MISS)
    expect(page.locator(".abstention")).to_be_visible()


def keys(page: Page) -> None:
    page.locator("#help").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def too_long(page: Page) -> None:
    page.fill("#question", "why " * 1000)
    expect(page.locator("#characters-left")).to_contain_text("too many")


STATES = [welcome, documents, answer, preview, source, abstention, keys, too_long]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES, ids=lambda state: str(state.__name__))
def test_a_state(
    page: Page, client: httpx.Client, state: Callable[[Page], None], scheme: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(str(client.base_url))
    state(page)
    assert violations(page) == []


@pytest.mark.parametrize("state", [welcome, answer, source], ids=lambda state: str(state.__name__))
def test_a_state_on_a_phone(
    page: Page, client: httpx.Client, state: Callable[[Page], None]
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(str(client.base_url))
    state(page)
    assert violations(page) == []


def test_the_drawer_on_a_phone(page: Page, client: httpx.Client) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(str(client.base_url))
    page.locator("#toggle-sidebar").click()
    expect(page.locator("#sidebar")).to_be_visible()
    assert violations(page) == []


def test_the_source_page(page: Page, client: httpx.Client) -> None:
    found = client.post("/v1/ask", json={"question": WHO}).json()["citations"][0]
    span = f"start={found['start_char_index']}&end={found['end_char_index']}"
    page.goto(f"{client.base_url}/documents/{found['document_id']}?{span}")
    expect(page.locator("mark.current").first).to_be_visible()
    assert violations(page) == []


def test_no_documents(page: Page, tmp_path: Path) -> None:
    with serving(tmp_path / "none") as client:
        page.goto(str(client.base_url))
        expect(page.locator("#welcome")).to_contain_text("no documents yet")
        assert violations(page) == []
        ask(page, "Who?")
        expect(page.locator(".error-message")).to_be_visible()
        assert violations(page) == []


@pytest.fixture(scope="module")
def written(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[httpx.Client, ScriptedServer]]:
    """A service whose answers a scripted model writes, and the model's server."""
    with openai_server() as server:
        index = ingest_mill(tmp_path_factory.mktemp("mill"))
        with word_checked(index, server, model_timeout_seconds=60) as client:
            yield client, server


def test_an_answer_being_written(page: Page, written: tuple[httpx.Client, ScriptedServer]) -> None:
    client, server = written
    server.says(Reply(hangs="before_text"))
    page.goto(str(client.base_url))
    ask(page, MILL_QUESTION)
    expect(page.locator(".status")).to_be_visible()
    expect(page.locator("#stop")).to_be_visible()
    assert violations(page) == []
    page.click("#stop")
    expect(page.get_by_text("Stopped")).to_be_visible()
    assert violations(page) == []
