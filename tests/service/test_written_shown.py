"""What people see of a written answer: its notice and its support, in the terminal and the page."""

import io
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect
from rich.console import Console

from service.assembly import Assembly
from service.settings import ServiceSettings
from service.terminal import show
from tests.conftest import serving
from tests.model_servers.reply import Reply
from tests.model_servers.scripted_server import ScriptedServer
from tests.service.written_service import BUILT, WHO, WordSupport, numbers
from tests.web.conftest import ask as ask_on

NOTICE = "The language model's server had an error, so this answer is quoted from the documents"


@pytest.fixture(scope="module")
def settings(index: Path, server: ScriptedServer) -> dict[str, object]:
    return {"model": server.model, "model_base_url": server.url, "model_retries": 0}


@pytest.fixture(scope="module")
def client(index: Path, settings: dict[str, object]) -> Iterator[httpx.Client]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Assembly, "support_checker", lambda _: WordSupport())
        with serving(index, **settings) as client:
            yield client


def test_the_page_shows_the_notice(
    page: Page, client: httpx.Client, server: ScriptedServer
) -> None:
    server.says(Reply(status=500))
    page.goto(str(client.base_url))
    ask_on(page, WHO)
    expect(page.locator(".answer-notice")).to_contain_text(NOTICE)
    expect(page.locator(".statement")).to_have_text([f"{BUILT}1"])
    page.locator("button.footnote").hover()
    expect(page.locator(".preview")).to_have_text(f"The Aune Millmill.txt{BUILT}")


def test_the_page_shows_how_well_a_written_sentence_is_supported(
    page: Page, client: httpx.Client, server: ScriptedServer
) -> None:
    server.says(f"Ida Holm built the mill [{numbers(client, server, WHO)[BUILT]}].")
    page.goto(str(client.base_url))
    ask_on(page, WHO)
    page.locator("button.footnote").hover()
    expect(page.locator(".preview-support")).to_have_text("Support 95 %")
    expect(page.locator(".answer-notice")).to_have_count(0)


@pytest.mark.usefixtures("client")
def test_the_terminal_shows_the_notice(
    index: Path, settings: dict[str, object], server: ScriptedServer
) -> None:
    server.says(Reply(status=500))
    assembly = Assembly(ServiceSettings(index=str(index), **settings))  # type: ignore[arg-type]
    shown = io.StringIO()
    show(assembly.answerer().ask(WHO), Console(file=shown, width=200))
    assert NOTICE in shown.getvalue()
