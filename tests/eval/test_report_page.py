"""The HTML report in a real browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from eval.reports.excerpts import excerpts_of
from eval.reports.html import write_html
from eval.results import CaseResult, RunResult
from tests.chromium import chromium
from tests.eval import runs
from tests.eval.runs import BUILT, HOSTILE, HOSTILE_TAG, Shelf

SHOWN = ".case:not([hidden])"
LEGIBLE = HOSTILE.replace("\x1b", "").replace("\x07", "")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails its test for any complaint, dialog, or request but for the file itself."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    complaints: list[str] = []
    context.on("console", lambda message: complaints.append(message.text))
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on("request", lambda request: complaints.append(f"request {request.url}"))
    page = context.new_page()
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    yield page
    context.close()
    assert [c for c in complaints if not re.fullmatch(r"request file://\S+\.html", c)] == []


@pytest.fixture
def report(page: Page, tmp_path: Path) -> Page:
    return opened(page, runs.run(), tmp_path)


def opened(page: Page, run: RunResult, folder: Path) -> Page:
    excerpts = {result.case.id: excerpts_of(result, Shelf()) for result in run.cases}
    write_html(run, runs.verdict(), excerpts, folder / "report.html")
    page.goto((folder / "report.html").as_uri())
    return page


def case(report: Page, question: str) -> Locator:
    return report.locator(".case", has=report.locator(".question", has_text=question))


def chip(report: Page, label: str) -> Locator:
    return report.locator(".chip", has_text=re.compile(rf"^{re.escape(label)} \d+$"))


def test_wrong_cases_are_shown_first_and_open(report: Page) -> None:
    expect(report.locator(SHOWN)).to_have_count(4)
    expect(report.locator(f"{SHOWN}[open]")).to_have_count(4)
    expect(report.locator("#shown")).to_have_text("4 of 6 cases")
    expect(chip(report, "wrong")).to_have_attribute("aria-pressed", "true")
    expect(report.locator(".verdict h2")).to_have_text("Failed")


def test_who_says_it_stands_beside_what_is_said_and_what_was_wanted(
    page: Page, tmp_path: Path
) -> None:
    run = runs.run()
    built, *others = run.cases
    (said,) = built.response.statements
    named = built.response.model_copy(
        update={"statements": (said.model_copy(update={"attribution": HOSTILE}),)}
    )
    wanted = built.case.model_copy(update={"speaker": ("the log", "Ada")})
    built = built.model_copy(update={"case": wanted, "response": named})
    report = opened(page, run.model_copy(update={"cases": (built, *others)}), tmp_path)
    chip(report, "all").click()
    shown = case(report, wanted.question)
    shown.locator("summary").first.click()
    expect(shown.locator(".speaker")).to_have_text(f"(says {LEGIBLE})")
    expect(shown.locator(".wanted")).to_contain_text("attributes it to: the log / Ada")


def test_filters_reduce_the_list_and_their_counts_follow(report: Page) -> None:
    chip(report, "all").click()
    expect(report.locator(SHOWN)).to_have_count(6)
    expect(chip(report, "fact")).to_have_text("fact 4")
    chip(report, "broken").click()
    expect(report.locator(SHOWN)).to_have_count(2)
    expect(chip(report, "fact")).to_have_text("fact 1")
    chip(report, "must").click()
    expect(report.locator(f"{SHOWN} .question")).to_have_text(["What did the storm of 1911 break?"])
    chip(report, "must").click()
    chip(report, HOSTILE_TAG).click()
    expect(report.locator(SHOWN)).to_have_count(1)
    chip(report, HOSTILE_TAG).click()
    chip(report, "all").click()
    chip(report, "abstained").click()
    expect(report.locator(f"{SHOWN} .question")).to_have_text(["Who owns it?"])


def test_the_search_looks_into_answers_and_sources(report: Page) -> None:
    chip(report, "all").click()
    report.keyboard.press("/")
    report.keyboard.type("ADA brandt.")
    expect(report.locator(SHOWN)).to_have_count(4)  # in an answer, an excerpt, or a passage
    report.fill("#search", "nowhere to be found")
    expect(report.locator(SHOWN)).to_have_count(0)
    expect(report.locator("#nothing")).to_be_visible()
    expect(chip(report, "right")).to_have_text("right 0")


def test_highlights_are_the_cited_words_exactly(report: Page) -> None:
    chip(report, "all").click()
    built = case(report, "When was it built?")
    built.locator("summary").first.click()
    cited = built.locator(".excerpt").first.locator("mark.cited, mark.both")
    assert "".join(cited.all_text_contents()) == BUILT
    assert built.locator("mark.both").all_text_contents() == [runs.ENGINEER]
    storm = case(report, "What did the storm")
    assert storm.locator("mark.gold").first.text_content() == runs.REPAIRED
    expect(storm.locator(".compared del")).to_have_text(["broke "])


def test_a_footnote_leads_to_its_excerpt_by_keyboard(report: Page) -> None:
    storm = case(report, "What did the storm")
    storm.locator("a.number").focus()
    report.keyboard.press("Enter")
    expect(storm.locator(".excerpt:target")).to_be_in_viewport()
    storm.locator("> summary").focus()
    report.keyboard.press("Enter")
    expect(storm).not_to_have_attribute("open", "")


def test_hostile_text_is_text(report: Page) -> None:
    hostile = case(report, "Q <script>")
    assert hostile.locator(".question").text_content() == f"Q {LEGIBLE}"
    assert hostile.locator(".statement").text_content() == f"A {LEGIBLE}"
    assert report.locator("h1").text_content() == f"harbour {LEGIBLE}"
    assert report.locator("script").count() == 1
    assert report.locator("svg script").count() == 0
    assert report.locator("svg.plot").count() == 3


@pytest.mark.parametrize("width", [360, 768, 1600])
def test_nothing_is_wider_than_the_window(page: Page, tmp_path: Path, width: int) -> None:
    run = runs.run()
    long = runs.answered("Pneumono" * 600, runs.cited(BUILT))
    wordy = runs.answered("The harbour was built. " * 220, runs.cited(BUILT))
    wrong = [
        runs.result(runs.case(f"l{n}", "W" * 300), r, "R" * 300)
        for n, r in enumerate((long, wordy))
    ]
    page.set_viewport_size({"width": width, "height": 800})
    opened(page, run.model_copy(update={"cases": (*run.cases, *wrong)}), tmp_path)
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_a_page_of_many_cases_stays_small(tmp_path: Path) -> None:
    run = runs.run()
    passages = run.cases[0].response.passages * 10
    cases = [_with_passages(run.cases[n % 4], n, passages) for n in range(1200)]
    many = run.model_copy(update={"cases": tuple(cases)})
    excerpts = {result.case.id: excerpts_of(result, Shelf()) for result in cases}
    write_html(many, None, excerpts, tmp_path / "report.html")
    assert (tmp_path / "report.html").stat().st_size < 3_000_000


def _with_passages(result: CaseResult, n: int, passages: object) -> CaseResult:
    response = result.response.model_copy(update={"passages": passages})
    case = result.case.model_copy(update={"id": f"{result.case.id}-{n}"})
    return result.model_copy(update={"case": case, "response": response})
