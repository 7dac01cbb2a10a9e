"""What the page shows of how far an answer can be trusted."""

import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.model_servers.reply import Reply
from tests.model_servers.scripted_server import ScriptedServer
from tests.service.written_service import BUILT, WHO, ingest_mill, numbers, word_checked
from tests.web.conftest import answer_to, ask
from tests.web.made_answers import answer, citation, give, statement


@pytest.fixture(scope="module")
def written(
    tmp_path_factory: pytest.TempPathFactory, server: ScriptedServer
) -> Iterator[httpx.Client]:
    index = ingest_mill(tmp_path_factory.mktemp("mill"))
    with word_checked(index, server, model_retries="0") as client:
        yield client


def test_the_confidence_stands_in_words_and_explains_itself(
    page: Page, client: httpx.Client
) -> None:
    question = "Who released the report on forced labor in Xinjiang and Tibet?"
    told = answer_to(client, question)
    page.goto(str(client.base_url))
    ask(page, question)
    confidence = page.locator(".confidence")
    expect(confidence).to_contain_text(f"confidence, {round(100 * told['confidence'])} %")
    expect(page.locator(".facts")).to_contain_text("Quoted, no language model · ")
    confidence.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(confidence).to_be_focused()
    expect(confidence).to_have_accessible_description(re.compile("How likely it is"))


def test_a_claim_has_its_speaker_where_the_sentence_does_not(
    page: Page, client: httpx.Client
) -> None:
    claims = [
        statement("The boat is full by seven.", attribution="Lena Brandt"),
        statement("Brandt called it a disgrace.", attribution="Lena Brandt"),
        statement("It sails at nine.", attribution=None),
        statement("It sails at ten.", attribution="China’s Foreign Ministry (MFA)"),
        statement(
            "It sails late, China’s Foreign Ministry said.", attribution="China’s Foreign Ministry"
        ),
    ]
    give(page, str(client.base_url), answer(claims))
    expect(page.locator(".speaker")).to_have_text(
        ["according to Lena Brandt", "according to China’s Foreign Ministry (MFA)"]
    )
    expect(page.locator(".statement").first.locator("+ .speaker")).to_be_visible()


def test_weak_support_is_seen_and_told(page: Page, client: httpx.Client) -> None:
    cited = [citation(1, support=0.42), citation(2, support=0.8, page=7), citation(3)]
    give(page, str(client.base_url), answer([statement("It sails.", (1, 2, 3))], cited))
    footnotes, preview = page.locator(".footnote"), page.locator("#footnote-preview")
    expect(page.locator(".footnote.weak")).to_have_text(["1"])
    expect(footnotes.first).to_have_accessible_name("Footnote 1: Ferry notes, weak support")
    footnotes.first.hover()
    expect(preview).to_contain_text("Support 42 %: weak.")
    footnotes.nth(1).hover()
    expect(preview.locator(".preview-support")).to_have_text("Support 80 %")
    expect(preview).to_contain_text("notes/ferry.txt · page 7")
    footnotes.nth(2).hover()
    expect(preview).to_contain_text("the words 3")
    expect(preview.locator(".preview-support")).to_have_count(0)


def test_what_was_left_out_is_told_when_asked_for(
    page: Page, written: httpx.Client, server: ScriptedServer
) -> None:
    number = numbers(written, server, WHO)[BUILT]
    server.says(f"{BUILT} [{number}] It burned down in a storm. [{number}]")
    page.goto(str(written.base_url))
    ask(page, WHO)
    expect(page.locator(".dropped summary")).to_have_text(
        "1 sentence was left out: nothing cited supports it"
    )
    row = page.locator(".dropped li")
    expect(row).to_be_hidden()
    page.locator(".dropped summary").click()
    expect(row).to_contain_text("Not supported")
    expect(row).to_contain_text("It burned down in a storm.")
    expect(row).to_contain_text("The cited words do not say it. Support ")
    expect(page.locator(".answer-text")).not_to_contain_text("burned")


def test_sentences_left_out_without_details_are_counted(page: Page, client: httpx.Client) -> None:
    made = answer([statement("It sails.")], dropped_statements=2, dropped=None)
    give(page, str(client.base_url), made)
    expect(page.locator("p.dropped")).to_contain_text("2 sentences were left out")


def test_a_fallback_says_why_before_the_answer_ends(
    page: Page, written: httpx.Client, server: ScriptedServer
) -> None:
    server.says(Reply(status=401))
    page.goto(str(written.base_url))
    ask(page, WHO)
    notice = page.locator(".answer-notice")
    expect(notice).to_contain_text("quoted from the documents instead")
    box, foot = notice.bounding_box(), page.locator(".answer-foot").bounding_box()
    assert box and foot and box["y"] < foot["y"]
