"""A document's text on the page: all of it, whatever its size, and the cited words marked."""

from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page, expect

LINE = "Words of a line. "
SHAPES = {
    "short": "One.\n\nTwo.",
    "blank": "One.\n\n \n\nTwo.\n\n",
    "emoji": "\U0001f98a fox \U0001f98a\U0001f98a.\n\n" * 700,
    "many paragraphs": "A paragraph of some words.\n\n" * 4_000,
    "very many paragraphs": "Ten.\n\n" * 12_000,
    "a long line": LINE * 20_000,
    "a word without end": "x" * 100_000,
    "lines": f"{LINE}\n" * 5_000,
    "windows": f"{LINE * 3}\r\n\r\n" * 500,
}
SHOW = """async ([text, rounds]) => {
  const { renderText } = await import("/static/source/source-view.js");
  const box = document.getElementById("source-text");
  document.getElementById("source-panel").hidden = false;
  const told = [];
  for (const spans of rounds) {
    const marks = renderText(box, text, spans);
    told.push({
      current: marks.map((mark) => mark.textContent).join(""),
      marked: [...box.querySelectorAll("mark")].map((mark) => mark.textContent).join(""),
    });
  }
  return told;
}"""


@pytest.fixture
def shown(page: Page, client: httpx.Client) -> Page:
    page.goto(str(client.base_url))
    return page


@pytest.mark.parametrize("shape", SHAPES)
def test_all_of_a_text_is_there_and_its_words_are_marked(shown: Page, shape: str) -> None:
    text = SHAPES[shape]
    places = [(0, 3), (len(text) // 2, len(text) // 2 + 4), (len(text) - 2, len(text))]
    rounds = [
        [{"start": s, "end": e, "index": n, "current": n == at} for n, (s, e) in enumerate(places)]
        for at in range(len(places))
    ]
    told = shown.evaluate(SHOW, [text, rounds])
    assert [one["current"] for one in told] == [text[start:end] for start, end in places]
    expect(shown.locator("#source-text .section:empty")).to_have_count(0)
    assert shown.evaluate("document.getElementById('source-text').textContent") == text


def spans_of(length: int) -> st.SearchStrategy[list[dict[str, Any]]]:
    offset = st.integers(0, length)
    span = st.tuples(offset, offset).filter(lambda pair: pair[0] < pair[1])
    return st.lists(span, min_size=1, max_size=4).map(
        lambda pairs: [
            {"start": start, "end": end, "index": n, "current": n == 0}
            for n, (start, end) in enumerate(pairs)
        ]
    )


def test_marks_made_anew_are_those_of_a_new_text(shown: Page) -> None:
    text = "A \U0001f98a b.\n\nC d e.\n\n\n" + LINE * 40 + "\n\n" + "x" * 7_000 + "\n\nEnd."

    @given(st.lists(spans_of(len(text)), min_size=1, max_size=4))
    @settings(max_examples=15, deadline=None)
    def check(rounds: list[list[dict[str, Any]]]) -> None:
        told = shown.evaluate(SHOW, [text, rounds])
        for spans, one in zip(rounds, told, strict=True):
            assert one["current"] == text[spans[0]["start"] : spans[0]["end"]]
            covered = {at for span in spans for at in range(span["start"], span["end"])}
            assert one["marked"] == "".join(text[at] for at in sorted(covered))

    check()
