"""A conversation as a Markdown file, and an answer on the clipboard: both render as the text."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from playwright.sync_api import Browser, Page, expect

from ingest.run import run
from ingest.settings import IngestSettings
from tests.conftest import serving
from tests.web.conftest import answer_to
from tests.web.test_conversation_kept import asked, more

WHO = "Who released the report on forced labor in Xinjiang and Tibet?"
NOTES = (
    "Notes on *signs* & <b>marks</b>\n\n"
    "# The fox_trot costs $5 and [not] 6 | 7 `ticks`, \\ and "
    "![so](http://x.example/y.png) 😀 on.\n\n"
    "1. The zebra runs\nover the hill &amp; far\naway from <script>alert(1)</script> here.\n"
)
HEBREW = "השועל\n\nהשועל הזקן ישן ליד הנהר הגדול בכל לילה. הוא אוהב דגים.\n"
DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
MARKDOWN = MarkdownIt("gfm-like", {"linkify": False})
EXPORT = """async (text) => {
  const { inline, lines, heading } = await import("/static/conversation/markdown-text.js");
  return [inline(text), lines(text), heading(text, 2), `[^1]: ${lines(text, "    ")}`];
}"""


def rendered(markdown: str) -> str:
    """The text that is seen of it."""
    return "".join(_text(token) for token in MARKDOWN.parse(markdown))


def _text(token: Token) -> str:
    if token.children is not None:
        return "".join(_text(child) for child in token.children)
    if token.type in ("text", "text_special", "code_inline"):
        return token.content
    return "\n" if token.type in ("softbreak", "hardbreak", "paragraph_close") else ""


def plain(text: str) -> str:
    """Without marks of direction, control characters, and what space is where."""
    return " ".join(re.sub(r"[\0-\x08\x0e-\x1f\x7f]", "", DIRECTION.sub("", text)).split())


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    place = tmp_path_factory.mktemp("signs")
    (place / "documents").mkdir()
    (place / "documents" / "notes.txt").write_text(NOTES)
    (place / "documents" / "hebrew.txt").write_text(HEBREW)
    run(IngestSettings(index=str(place / "index")), [str(place / "documents")])
    with serving(place / "index", abstain_below="0") as client:
        yield client


@pytest.fixture(scope="module")
def open_page(browser: Browser, client: httpx.Client) -> Iterator[Page]:
    page = browser.new_page()
    page.goto(str(client.base_url))
    yield page
    page.close()


SIGNS = "\\`*_[]<>~|$^{}&;#+-=.!()\"':1 a\n\tà漢😀א\u2067\u2069"
TEXTS = st.text(st.sampled_from(SIGNS) | st.characters(exclude_categories=["Cs"]), max_size=60)


@settings(max_examples=300, deadline=None)
@given(text=TEXTS)
def test_a_text_in_markdown_renders_as_the_text(open_page: Page, text: str) -> None:
    on_one_line, on_lines, heading, definition = open_page.evaluate(EXPORT, text)
    assert "\n" not in on_one_line
    for markdown in (on_one_line, on_lines, heading.removeprefix("## ")):
        assert plain(rendered(markdown)) == plain(text), repr(markdown)
    tokens = MARKDOWN.parse(heading)
    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h2"]
    assert all(line.startswith("    ") for line in definition.split("\n")[1:])
    assert "<script" not in MARKDOWN.render(on_lines)


def definitions(markdown: str) -> dict[str, str]:
    """What each footnote says, by its label."""
    found = re.findall(r"^\[\^([\d-]+)\]: ((?:.*)(?:\n    .*)*)", markdown, re.MULTILINE)
    return {label: rendered(text.replace("\n    ", "\n")) for label, text in found}


def check_footnotes(markdown: str, answer: dict[str, Any], base: str, prefix: str = "") -> None:
    told = definitions(markdown)
    for citation in answer["citations"]:
        label = f"{prefix}{citation['index']}"
        said = plain(told[label])
        assert said.startswith(f"“{plain(citation['cited_text'])}” — ")
        assert plain(citation["document_title"]) in said
        start, end = citation["start_char_index"], citation["end_char_index"]
        assert f"{base}/documents/{citation['document_id']}?start={start}&end={end}" in said
    for statement in answer["statements"]:
        marks = "".join(f"[^{prefix}{number}]" for number in statement["citations"])
        beginning = plain(rendered(markdown.split("\n[^")[0]))
        assert plain(statement["text"]) + marks in beginning


def test_one_answer_is_copied_with_its_footnotes(page: Page, client: httpx.Client) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(str(client.base_url))
    for question in (
        "Where does the zebra run?",
        "What does the fox_trot cost?",
        "איפה השועל ישן?",
    ):
        asked(page, question)
        page.get_by_role("button", name="Copy answer").last.click()
        expect(page.locator(".turn-said").last).to_have_text("Copied")
        answer = answer_to(client, question)
        assert answer["statements"]
        base = str(client.base_url).rstrip("/")
        check_footnotes(page.evaluate("navigator.clipboard.readText()"), answer, base)


def test_a_conversation_is_exported_as_a_file(page: Page, client: httpx.Client) -> None:
    page.goto(str(client.base_url))
    questions = [
        "Where does the <zebra> run & hide: a/b?",
        "What does the fox_trot cost?",
        "Hello!",
    ]
    for question in questions:
        asked(page, question)
    with page.expect_download() as download:
        more(page, "zebra", "Export")
    assert download.value.suggested_filename == "Where does the zebra run & hide a b.md"
    markdown = Path(download.value.path()).read_text("utf-8")
    tokens = MARKDOWN.parse(markdown)
    headings = [tokens[i + 1].children for i, t in enumerate(tokens) if t.type == "heading_open"]
    assert [plain("".join(map(_text, one or []))) for one in headings] == [questions[0], *questions]
    base = str(client.base_url).rstrip("/")
    parts = re.split(r"^## .*$", markdown, flags=re.MULTILINE)[1:]
    for number, question in enumerate(questions[:2], 1):
        answer = answer_to(client, question)
        check_footnotes(parts[number - 1], answer, base, f"{number}-")
    assert plain(rendered(parts[2])) == plain(answer_to(client, "Hello!")["answer"])


def test_an_abstention_is_exported_with_the_closest_passages(page: Page, seeds_index: Path) -> None:
    question = "What is the population of Xinjiang?"
    with serving(seeds_index) as client:
        page.goto(str(client.base_url))
        asked(page, question)
        with page.expect_download() as download:
            more(page, "population", "Export")
        answer = answer_to(client, question)
    text = plain(rendered(Path(download.value.path()).read_text("utf-8")))
    assert answer["abstained"]
    assert plain(answer["answer"]) in text
    for passage in answer["passages"]:
        assert plain(passage["text"])[:200] in text
