"""A model's Markdown becomes elements of a short list, whatever it holds."""

import hashlib
import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.conftest import ROOT
from tests.model_servers.scripted_server import ScriptedServer, openai_server
from tests.service.written_service import BUILT, WHO, ingest_mill, numbers, word_checked
from tests.web.conftest import ask
from tests.web.made_answers import answer, give, statement

VENDOR = ROOT / "service" / "web" / "vendor"
ALLOWED = {
    *("A", "BLOCKQUOTE", "BR", "CODE", "DEL", "EM", "LI", "OL", "P", "PRE", "STRONG"),
    *("TABLE", "TBODY", "TD", "TH", "THEAD", "TR", "UL"),
}
NODES = """async (texts) => {
  const { markdownNodes } = await import("/static/answer/markdown.js");
  const made = [];
  for (const text of texts) {
    const node = document.createElement("div");
    node.append(...(await markdownNodes(text)));
    const all = [...node.querySelectorAll("*")];
    made.push({
      tags: [...new Set(all.map((one) => one.nodeName))],
      attributes: [...new Set(all.flatMap((one) => one.getAttributeNames()))],
      links: [...node.querySelectorAll("a")].map((one) => one.getAttribute("href")),
      text: node.textContent,
      html: node.innerHTML,
    });
  }
  return made;
}"""
PARTS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt&#58;alert(1))",
    "[a](data:text/html,<script>alert(1)</script>)",
    "[a](//evil.example)",
    "[a](vbscript:x 'title')",
    "![i](https://evil.example/x.png)",
    "<https://evil.example/?q=<b>>",
    "<javascript:alert(1)>",
    "[r]: javascript:alert(1)",
    "[r]",
    "<iframe srcdoc='x'></iframe>",
    "`<b>`",
    "```html\n<script>\n",
    "| a | b |\n|---|---|\n| <b> | [c](javascript:x) |",
    "# <style>*{}</style>",
    "- [x] <input>",
    "> <svg onload=alert(1)>",
    "**<u>x</u>**",
    "<!-- c -->",
    "\n\n",
    "    <b>code",
]
LARGE = [
    "[" * 1000 + "]" * 1000,
    "[" * 5000,
    "![" * 2500,
    ">" * 5000,
    "- " * 2500,
    "*a " * 1666,
    "*" * 2500 + "a" + "*" * 2499,
    "_a" * 2500,
    "`" * 2500 + "a" + "`" * 2499,
    "```" + "a" * 4997,
    "<a " * 1666,
    "<!--" * 1250,
    "a_b" * 1666,
    "&" * 5000,
    "|" * 5000,
    "http://" * 714,
    "a@" * 2500,
    "a" + " " * 4998 + "b",
    "[a](" * 1250,
]


@pytest.fixture
def shop(page: Page, client: httpx.Client) -> Page:
    page.goto(str(client.base_url))
    return page


def test_marks_become_the_elements_they_mean(shop: Page) -> None:
    texts = [
        "a **b** _c_ ~~d~~ `e<f>`",
        "- one\n- two",
        "3. three",
        "# Head",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "[see](https://example.org/x)",
        "https://example.org",
    ]
    link = '<a href="https://example.org{0}" target="_blank" rel="noopener noreferrer">{1}</a>'
    assert [made["html"] for made in shop.evaluate(NODES, texts)] == [
        "a <strong>b</strong> <em>c</em> <del>d</del> <code>e&lt;f&gt;</code>",
        "<ul><li>one</li><li>two</li></ul>",
        '<ol start="3"><li>three</li></ol>',
        "<p><strong>Head</strong></p>",
        "<table><thead><tr><th>a</th><th>b</th></tr></thead>"
        "<tbody><tr><td>1</td><td>2</td></tr></tbody></table>",
        link.format("/x", "see (https://example.org/x)"),
        link.format("", "https://example.org"),
    ]


def test_no_other_element_and_no_other_link_ever_appears(shop: Page) -> None:
    pairs = [f"{one}{gap}{other}" for one in PARTS for other in PARTS for gap in ("", " ", "\n")]
    for made in shop.evaluate(NODES, [*pairs, *LARGE]):
        assert set(made["tags"]) <= ALLOWED
        assert set(made["attributes"]) <= {"href", "target", "rel", "start"}
        assert all(re.match("(?:https?|mailto):", link) for link in made["links"])
    assert shop.locator("iframe, img").count() == 0


def test_what_is_not_on_the_list_stands_as_it_was_written(shop: Page) -> None:
    texts = ["a <b>b</b> ![i](https://e.example/x.png) [l](javascript:x) c", "<div>x</div>"]
    assert [made["text"] for made in shop.evaluate(NODES, texts)] == texts


def test_five_thousand_hostile_characters_do_not_hold_the_page_up(shop: Page) -> None:
    shop.set_default_timeout(10_000)  # a page that hangs never comes to an end
    for text in LARGE:
        assert len(text) > 1_900
        assert shop.evaluate(NODES, [text])


def test_footnotes_stand_behind_the_last_word(page: Page, client: httpx.Client) -> None:
    texts = [
        "A **bold end.**",
        "See `code`",
        "See [it](https://example.org)",
        "- an item",
        "Plain.",
    ]
    claims = [statement(text, written=True) for text in texts]
    give(page, str(client.base_url), answer(claims))
    expect(page.locator(".statement")).to_have_text(
        ["A bold end.1", "See code1", "See it (https://example.org)1", "an item1", "Plain.1"]
    )
    expect(page.locator(".statement :is(a, code) .footnote")).to_have_count(0)
    expect(page.locator(".statement li .footnote")).to_have_count(1)


def test_words_of_a_document_are_no_markdown(page: Page, client: httpx.Client) -> None:
    page.route("**/vendor/marked.js", lambda route: route.abort())  # nobody asks for it
    give(page, str(client.base_url), answer([statement("A *starred* <b>word</b>.")]))
    expect(page.locator(".statement")).to_have_text("A *starred* <b>word</b>.1")


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedServer]:
    with openai_server() as server:
        yield server


def test_what_a_model_writes_is_shown_so(
    page: Page, server: ScriptedServer, tmp_path_factory: pytest.TempPathFactory
) -> None:
    index = ingest_mill(tmp_path_factory.mktemp("mill"))
    with word_checked(index, server) as client:
        number = numbers(client, server, WHO)[BUILT]
        server.says(f"The Aune mill was built in `1898` by *Ida Holm*. [{number}]")
        page.goto(str(client.base_url))
        ask(page, WHO)
        expect(page.locator(".statement code")).to_have_text("1898")
        expect(page.locator(".statement")).to_have_text(f"{BUILT}1")
        expect(page.locator(".facts")).to_be_visible()


def test_the_library_is_the_one_on_record() -> None:
    recorded = re.findall(r"`(\w+\.js)`.*`([0-9a-f]{64})`", (VENDOR / "README.md").read_text())
    found = {path.name: path.read_bytes() for path in VENDOR.glob("*.js")}
    assert dict(recorded) == {
        name: hashlib.sha256(content).hexdigest() for name, content in found.items()
    }
    assert recorded and (VENDOR / "marked.LICENSE").is_file()
