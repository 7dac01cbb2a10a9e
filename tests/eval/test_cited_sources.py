"""Sources are read from the shapes that endpoints use, and found in documents."""

from typing import Any

import pytest

from eval.targets.cited_sources import Source, Span, cited_sources, with_brackets
from eval.targets.locating import Locator
from tests.eval.test_bracketed import numbered

TIDES = "Tide Tables\n\nHigh water is at “noon”.\nLow water  is at\ndusk – or later."
PORTS = "The port opens at six. High water closes it."
HARBOUR = "https://example.org/harbour"


class Shelf:
    """A library of documents by source; the id is made of the source."""

    def __init__(self, **more: str) -> None:
        self._texts = {"sea/tides 2020.txt": TIDES, "ports.md": PORTS, HARBOUR: "Boats."} | more

    def find(self, source: str) -> str | None:
        return f"id of {source}" if source in self._texts else None

    def text(self, document_id: str) -> str:
        return self._texts[document_id.removeprefix("id of ")]

    def sources(self) -> list[str]:
        return list(self._texts)


def locate(*names: str, content: str = "", span: Span | None = None) -> tuple[str, str] | None:
    found = Locator(Shelf()).locate(Source(names, content, span))
    if found.document_id is None:
        assert found.start is None and found.end is None
        return None
    assert found.start is not None
    assert Shelf().text(found.document_id)[found.start : found.end] == found.cited_text
    return found.source, found.cited_text


def message(**fields: Any) -> dict[str, Any]:
    return {"choices": [{"message": {"content": "x", **fields}}]}


def url(address: str, start: int = 0, end: int = 0) -> dict[str, Any]:
    cited = {"url": address, "title": "T", "start_index": start, "end_index": end}
    return {"type": "url_citation", "url_citation": cited}


OWN = {
    "index": 2,
    "document_id": "d",
    "document_title": "T",
    "source": "a.txt",
    "page": 3,
    "start_char_index": 4,
    "end_char_index": 9,
    "cited_text": "words",
    "support": 0.5,
}
PIECES = [
    {
        "source": {"id": "k", "name": "Knowledge"},
        "document": ["one", "two", "three"],
        "metadata": [
            {"source": "a.txt", "name": "a.txt"},
            {"source": "b.txt", "name": "B"},
            {"source": "a.txt", "name": "a.txt"},
        ],
    },
    {"source": {"id": "c", "name": "c.txt"}, "document": ["four"], "metadata": [{}]},
]


@pytest.mark.parametrize(
    ("reply", "sources"),
    [
        ({"citations": [OWN]}, {2: (Source(("a.txt", "T"), "words", Span("d", 4, 9, 3, 0.5)),)}),
        (
            message(citations=[OWN]),
            {2: (Source(("a.txt", "T"), "words", Span("d", 4, 9, 3, 0.5)),)},
        ),
        (
            {"citations": ["http://a", "http://b"]},
            {1: (Source(("http://a",)),), 2: (Source(("http://b",)),)},
        ),
        (
            {
                "citations": ["http://a"],
                "search_results": [{"title": "T", "url": "http://a", "snippet": "s"}],
            },
            {1: (Source(("http://a", "T"), "s"),)},
        ),
        (
            message(annotations=[url("http://b"), url("http://a"), url("http://b")]),
            {1: (Source(("http://b", "T")),), 2: (Source(("http://a", "T")),)},
        ),
        (
            message(
                context={
                    "citations": [{"content": "c", "title": "T", "url": None, "filepath": "f.pdf"}]
                }
            ),
            {1: (Source(("f.pdf", "T"), "c"),)},
        ),
        (
            {"sources": PIECES},
            {
                1: (
                    Source(("a.txt", "Knowledge", "k"), "one"),
                    Source(("a.txt", "Knowledge", "k"), "three"),
                ),
                2: (Source(("b.txt", "B", "Knowledge", "k"), "two"),),
                3: (Source(("c.txt", "c"), "four"),),
            },
        ),
        (message(), {}),
        ({"choices": "x", "citations": {"a": 1}, "sources": [1], "search_results": [None]}, {}),
        (message(annotations=[{"type": "file"}], context="x"), {}),
    ],
)
def test_sources_are_read_from_each_shape(
    reply: dict[str, Any], sources: dict[int, tuple[Source, ...]]
) -> None:
    assert cited_sources(reply) == sources


def test_annotated_places_become_numbers() -> None:
    answer = "Noon it is ([a](http://a)). Dusk too (http://b)."
    first, second = answer.index("([a]"), answer.index("(http://b)")
    reply = message(
        annotations=[url("http://b", second, second + 10), url("http://a", first, first + 15)]
    )
    marked = with_brackets(answer, reply)
    assert numbered(marked) == [("Noon it is.", (2,)), ("Dusk too.", (1,))]
    assert with_brackets("Noon.", message(annotations=[url("http://a", 0, 5)])) == "Noon. [1]"
    assert with_brackets("Noon.", message(annotations=[url("http://a", 0, 99)])) == "Noon."


@pytest.mark.parametrize(
    "name",
    [
        "sea/tides 2020.txt",
        "/data/uploads/Tides 2020.txt",
        "C:\\files\\tides 2020.txt",
        "https://host/files/tides%202020.txt?page=1",
        "Tides-2020",
        "tide tables",
    ],
)
def test_a_name_alone_cites_the_whole_document(name: str) -> None:
    assert locate(name) == ("sea/tides 2020.txt", TIDES)


def test_an_address_finds_the_document_of_that_address() -> None:
    assert locate(HARBOUR) == (HARBOUR, "Boats.")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("High water is at “noon”.", "High water is at “noon”."),
        (' High water is at "noon".\n', "High water is at “noon”."),
        ("...Low water is at dusk - or later...", "Low water  is at\ndusk – or later"),
    ],
)
def test_quoted_words_are_found_with_their_exact_offsets(content: str, words: str) -> None:
    assert locate("tides 2020.txt", content=content) == ("sea/tides 2020.txt", words)
    assert locate("unheard of", content=content) == ("sea/tides 2020.txt", words)
    assert locate("ports.md", content=content) == ("sea/tides 2020.txt", words)


def test_the_named_document_comes_before_others_with_the_same_words() -> None:
    assert locate("ports.md", content="High water") == ("ports.md", "High water")
    assert locate("x", content="High water") == ("sea/tides 2020.txt", "High water")


def test_what_is_in_no_document_has_none() -> None:
    assert locate("ports.md", content="Low water is at dawn.") is None
    assert locate("nothing.txt") is None
    assert locate() is None
    unfound = Locator(Shelf()).locate(Source(("nothing.txt",), "gone"))
    assert (unfound.source, unfound.cited_text) == ("nothing.txt", "gone")


def test_a_name_of_two_documents_needs_words_to_tell_them() -> None:
    locator = Locator(Shelf(**{"old/ports.md": "The port was small."}))
    assert locator.locate(Source(("/x/ports.md",))).document_id is None
    assert locator.locate(Source(("/x/ports.md",), "was small")).source == "old/ports.md"


def test_a_span_is_taken_as_told_right_or_wrong() -> None:
    span = Span("elsewhere", 3, 8, page=2, support=0.25)
    found = Locator(Shelf()).locate(Source(("ports.md",), "wrong", span))
    assert (found.document_id, found.start, found.end) == ("id of ports.md", 3, 8)
    assert (found.cited_text, found.page, found.support) == ("wrong", 2, 0.25)
    by_id = Locator(Shelf()).locate(Source((), "port", Span("id of ports.md", 4, 8)))
    assert (by_id.document_id, by_id.source) == ("id of ports.md", "ports.md")
    assert Locator(Shelf()).locate(Source((), "port", span)).document_id is None
