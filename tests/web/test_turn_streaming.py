"""An answer as it comes: stopped, cut off, asked again, and heard."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.model_servers.reply import Reply
from tests.model_servers.scripted_server import ScriptedServer
from tests.service.written_service import (
    BUILT,
    ENTRY,
    SOLD,
    WHO,
    numbers,
    word_checked,
)
from tests.web.conftest import ask
from tests.web.cut_line import Line, cut_line


@pytest.fixture(scope="module")
def client(index: Path, server: ScriptedServer) -> Iterator[httpx.Client]:
    with word_checked(index, server, model_retries=0) as client:
        yield client


@pytest.fixture(scope="module")
def number(client: httpx.Client, server: ScriptedServer) -> dict[str, int]:
    """Of each sentence, as the model is given them."""
    return numbers(client, server, WHO)


@pytest.fixture
def line(client: httpx.Client) -> Iterator[Line]:
    with cut_line(client) as line:
        yield line


@pytest.fixture
def tolerant(browser: Browser) -> Iterator[Page]:
    """A page whose console may tell of requests that fail."""
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture
def whole(number: dict[str, int]) -> str:
    return f"{BUILT} [{number[BUILT]}] {SOLD} [{number[SOLD]}]"


@pytest.fixture
def half(number: dict[str, int]) -> Reply:
    """One sentence, then the beginning of another, then nothing more."""
    return Reply((f"{BUILT} [{number[BUILT]}] ", "She sold"), hangs="after_text")


def test_what_has_come_stays_when_the_person_stops_it(
    page: Page, client: httpx.Client, server: ScriptedServer, half: Reply, whole: str
) -> None:
    page.goto(str(client.base_url))
    server.says(half)
    ask(page, WHO)
    turn = page.locator(".turn")
    expect(turn.locator(".statement")).to_have_text([f"{BUILT}1"])
    expect(turn).to_have_attribute("aria-busy", "true")
    server.dropped.clear()
    page.locator("#stop").click()
    expect(turn.locator(".stopped")).to_contain_text("Stopped.")
    expect(turn).to_have_attribute("aria-busy", "false")
    expect(turn.locator(".statement")).to_have_text([f"{BUILT}1"])
    assert server.dropped.wait(10), "the model goes on writing"
    page.reload()
    expect(turn.locator(".stopped")).to_contain_text("Stopped.")
    expect(turn.locator(".statement")).to_have_text([f"{BUILT}1"])
    server.says(whole)
    turn.get_by_role("button", name="Ask again").click()
    expect(turn.locator(".statement")).to_have_text([f"{BUILT}1", f"{SOLD}2"])
    expect(turn.locator(".stopped")).to_have_count(0)


def test_what_has_come_stays_when_the_page_is_left(
    page: Page, client: httpx.Client, server: ScriptedServer, half: Reply
) -> None:
    page.goto(str(client.base_url))
    server.says(half)
    ask(page, WHO)
    expect(page.locator(".statement")).to_have_text([f"{BUILT}1"])
    page.reload()
    expect(page.locator(".statement")).to_have_text([f"{BUILT}1"])
    expect(page.locator(".turn")).to_contain_text(re.compile("answer is not (finished|complete)"))
    expect(page.get_by_role("button", name=re.compile("(Ask|Try) again"))).to_be_enabled()


def test_an_answer_goes_on_when_another_conversation_is_opened(
    tolerant: Page, line: Line, server: ScriptedServer, half: Reply, whole: str
) -> None:
    page = tolerant
    page.goto(line.address)
    server.says(half)
    ask(page, WHO)
    expect(page.locator(".statement")).to_have_count(1)
    page.locator(".begin-conversation").click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.locator("#ask")).to_be_visible()  # another question can be asked meanwhile
    expect(page.locator(".answering")).to_have_count(1)
    page.locator(".conversation-link").click()
    expect(page.locator(".statement")).to_have_text([f"{BUILT}1"])
    expect(page.locator("#stop")).to_be_visible()
    page.locator(".begin-conversation").click()
    line.cut()
    toast = page.locator(".toast", has_text=f"No answer: {WHO}")
    expect(toast).to_be_visible()
    expect(page.locator(".answering")).to_have_count(0)
    line.mend()
    server.says(whole)
    toast.get_by_role("button", name="Open").click()
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".statement")).to_have_text([f"{BUILT}1", f"{SOLD}2"])


def test_two_tabs_that_ask_in_one_conversation_lose_nothing(
    page: Page, client: httpx.Client, server: ScriptedServer, half: Reply, whole: str
) -> None:
    second = "Who sold the mill?"
    page.goto(str(client.base_url))
    server.says(half)
    ask(page, WHO)
    expect(page.locator(".statement")).to_have_count(1)
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.locator(".stopped")).to_contain_text("another tab is writing it")
    server.says(whole)
    ask(other, second)
    expect(other.locator(".turn-actions")).to_have_count(1)
    page.locator("#stop").click()
    for tab in (page, other):
        expect(tab.locator(".asked")).to_have_text([WHO, second])
        expect(tab.locator(".statement")).to_have_text([f"{BUILT}1", f"{BUILT}1", f"{SOLD}2"])
        expect(tab.locator(".stopped")).to_contain_text("Stopped.")


def test_a_deleted_conversation_is_not_answered(
    page: Page, client: httpx.Client, server: ScriptedServer, half: Reply
) -> None:
    page.goto(str(client.base_url))
    server.says(half)
    ask(page, WHO)
    expect(page.locator(".statement")).to_have_count(1)
    page.locator(".begin-conversation").click()
    server.dropped.clear()
    page.locator(".conversation-link").press("Delete")
    expect(page.locator(".conversation-row")).to_have_count(0)
    assert server.dropped.wait(10), "the model goes on writing"
    page.get_by_role("button", name="Undo").click()
    page.locator(".conversation-link").click()
    expect(page.locator(".asked")).to_have_text([WHO])
    expect(page.locator(".stopped")).to_contain_text("This answer is not finished")


def test_what_has_come_stays_when_the_connection_breaks_off(
    tolerant: Page, line: Line, server: ScriptedServer, half: Reply, whole: str
) -> None:
    tolerant.goto(line.address)
    server.says(half)
    ask(tolerant, WHO)
    turn = tolerant.locator(".turn")
    expect(turn.locator(".statement")).to_have_text([f"{BUILT}1"])
    line.cut()
    told = turn.locator(".error-message")
    expect(told).to_contain_text("The answer is not complete. The connection broke off")
    expect(turn.locator(".statement")).to_have_text([f"{BUILT}1"])
    expect(turn.locator("button.footnote")).to_be_visible()
    line.mend()
    server.says(whole)
    turn.get_by_role("button", name="Try again").click()
    expect(turn.locator(".statement")).to_have_text([f"{BUILT}1", f"{SOLD}2"])
    expect(told).to_have_count(0)


def test_an_answer_that_is_asked_for_again_is_kept_until_there_is_another(
    tolerant: Page, line: Line, server: ScriptedServer, whole: str
) -> None:
    tolerant.goto(line.address)
    server.says(whole)
    ask(tolerant, WHO)
    turn = tolerant.locator(".turn")
    again = turn.locator(".turn-actions").get_by_role("button", name="Ask again")
    expect(again).to_be_visible()
    line.cut()
    again.click()
    expect(turn.locator(".error-message")).to_contain_text("This is the earlier answer.")
    expect(turn.locator(".error-message")).to_contain_text("asked again by itself")
    expect(turn.locator(".statement")).to_have_text([f"{BUILT}1", f"{SOLD}2"])
    server.says("The mill was sold. Nobody says that.")
    line.mend()
    expect(turn.locator(".statement")).not_to_have_text([f"{BUILT}1", f"{SOLD}2"])
    expect(turn.locator(".error-message")).to_have_count(0)


def test_each_sentence_is_told_once_to_those_who_listen(
    page: Page, client: httpx.Client, server: ScriptedServer, whole: str
) -> None:
    page.goto(str(client.base_url))
    page.evaluate(
        """() => {
          const live = '[aria-live=polite], [aria-live=assertive], [role=status], [role=alert]';
          window.told = [];
          const hear = (node) => node.parentElement?.closest(`.talk :is(${live})`);
          new MutationObserver((changes) => {
            for (const { addedNodes } of changes)
              for (const node of addedNodes) {
                const text = node.textContent.trim();
                if (text && hear(node) && !node.parentElement.closest("#scope, #welcome"))
                  window.told.push(text);
              }
          }).observe(document.body, { childList: true, subtree: true });
        }"""
    )
    server.says(whole)
    ask(page, WHO)
    expect(page.locator(".turn-actions")).to_be_visible()
    complete = "Answer complete: 2 sentences, 2 footnotes"
    assert page.evaluate("told") == ["Searching the documents", BUILT, SOLD, complete]
    expect(page.locator("#question")).to_be_focused()


def test_the_page_does_not_move_under_who_reads_while_an_answer_comes(
    page: Page, client: httpx.Client, server: ScriptedServer, number: dict[str, int], whole: str
) -> None:
    page.goto(str(client.base_url))
    server.says(whole)
    ask(page, WHO)
    expect(page.locator(".turn-actions")).to_be_visible()
    cited = [f"{one} [{number[one]}] " for one in (BUILT, SOLD, ENTRY)]
    stood_alone = WHO  # what the model makes of the follow-up, before it answers
    server.says(stood_alone, Reply((*cited, BUILT[:9]), pause_s=0.05, hangs="after_text"))
    ask(page, WHO)
    last = page.locator(".turn").last
    expect(last.locator(".statement")).to_have_count(3)
    top = "node => node.getBoundingClientRect().top"
    place = page.locator(".conversation").evaluate(top)
    expect(last).to_be_in_viewport()
    deadline = time.monotonic() + 20
    while abs(last.evaluate(top) - place) > 5:  # it glides
        assert time.monotonic() < deadline
    page.locator(".conversation").evaluate("node => node.scrollTo({top: 0, behavior: 'instant'})")
    page.locator("#stop").click()
    expect(last.locator(".stopped")).to_be_visible()
    assert page.locator(".turn").first.evaluate(top) == place


def test_a_models_markdown_is_copied_as_the_page_shows_it(
    page: Page, client: httpx.Client, server: ScriptedServer, number: dict[str, int]
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(str(client.base_url))
    server.says(f"The Aune mill was built in 1898 by *Ida* <!> `Holm`. [{number[BUILT]}]")
    ask(page, WHO)
    expect(page.locator(".statement em")).to_have_text("Ida")
    page.get_by_role("button", name="Copy answer").click()
    expect(page.locator(".turn-said")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("The Aune mill was built in 1898 by *Ida* \\<!\\> `Holm`.[^1]\n")
