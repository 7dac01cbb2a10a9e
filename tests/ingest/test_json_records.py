"""JSON: articles, records and everything else become text that can be read."""

import json
import time
from typing import Any

import pytest

from ingest.errors import UnreadableFile
from ingest.readers.json_records import read_json, read_jsonl
from ingest.readers.rough import RoughDocument


def of(value: Any) -> RoughDocument:
    return read_json(json.dumps(value).encode())


def blocks(document: RoughDocument) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in document.blocks]


def test_an_object_with_a_text_is_an_article() -> None:
    data = b"""{"Title": "A day", "Text": "One.\\n\\nTwo.", "Author": "Roe", "tags": ["a", "b"],
      "price": 1.50, "ok": true, "none": null, "empty": "", "by": {"name": {"first": "Ann"}}}"""
    read = read_json(data)
    assert read.title == "A day"
    assert blocks(read) == [("paragraph", "One."), ("paragraph", "Two.")]
    assert read.metadata == {
        "author": "Roe",
        "tags": "a, b",
        "price": "1.50",
        "ok": "true",
        "by.name.first": "Ann",
    }


def test_a_long_value_is_text_too() -> None:
    read = of({"text": "Words.", "notes": "more words " * 60})
    assert blocks(read) == [("paragraph", "Words."), ("paragraph", ("more words " * 60).strip())]
    assert read.metadata == {}


@pytest.mark.parametrize(
    "wrap", [lambda r: r, lambda r: {"data": r}, lambda r: {"n": 2, "rows": r}]
)
def test_records_have_a_heading_a_text_and_a_row(wrap: Any) -> None:
    records = [
        {"title": "A", "text": "One.\n\nTwo.", "year": 2020, "in": {"city": "Bern"}},
        {"title": "B", "text": "Three.", "year": None},
    ]
    read = of(wrap(records))
    assert blocks(read) == [
        ("heading", "A"),
        ("paragraph", "One."),
        ("paragraph", "Two."),
        ("table", "year: 2020; in.city: Bern"),
        ("heading", "B"),
        ("paragraph", "Three."),
    ]
    assert {block.level for block in read.blocks if block.kind == "heading"} == {2}


def test_records_without_a_text_are_rows() -> None:
    read = of([{"name": "x", "price": 3}, {"name": "y", "parts": [{"k": 1}, {"k": 2}]}])
    assert blocks(read) == [
        ("table", "name: x; price: 3"),
        ("table", "name: y; parts.1.k: 1; parts.2.k: 2"),
    ]
    assert read.blocks[1].gap == "\n"


def test_what_stands_around_records_is_kept() -> None:
    read = of({"title": "Set", "count": 2, "items": [{"a": 1}, {"a": 2}]})
    assert (read.title, read.metadata) == ("Set", {"count": "2"})
    assert blocks(read) == [("table", "a: 1"), ("table", "a: 2")]


def test_an_article_with_a_list_of_authors_stays_an_article() -> None:
    read = of({"title": "T", "text": "Long text. " * 9, "authors": [{"n": "A"}, {"n": "B"}]})
    assert blocks(read) == [("paragraph", ("Long text. " * 9).strip())]
    assert read.metadata == {"authors.1.n": "A", "authors.2.n": "B"}


def test_a_field_of_prose_is_the_text_whatever_its_name() -> None:
    prose = ["A sentence of several words stands in here.", "And one more of those is here."]
    read = of([{"id": n, "q17": text, "url": f"http://x/{n}"} for n, text in enumerate(prose)])
    assert [text for kind, text in blocks(read) if kind == "paragraph"] == prose


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (["One paragraph.", "Two."], [("paragraph", "One paragraph."), ("paragraph", "Two.")]),
        ([[1, "a"], [2, None]], [("table", "1 | a"), ("table", "2")]),
        ({"a": {"b": [1, 2]}, "z": False}, [("table", "a.b: 1, 2"), ("table", "z: false")]),
        (
            {"article": {"headline": "H", "body": ["p", "q"]}},
            [("paragraph", "p"), ("paragraph", "q")],
        ),
        (["s", {"a": 1}, 7], [("paragraph", "s"), ("table", "a: 1"), ("paragraph", "7")]),
        ("words", [("paragraph", "words")]),
        ({}, []),
        (None, []),
    ],
)
def test_anything_else_can_be_read(value: Any, expected: list[tuple[str, str]]) -> None:
    assert blocks(of(value)) == expected


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b'{"text": "a\\ud800b\\u0000c e\\u0301"}', "a?bc é"),
        (b'{"text": "a\ttab"}', "a\ttab"),
        (b'\xef\xbb\xbf{"text": "caf\xc3\xa9"}', "café"),
        ('{"text": "Wörter"}'.encode("utf-16"), "Wörter"),
        ('{"text": "café au lait"}'.encode("latin-1"), "café au lait"),
        (b'{"text": "two\\r\\nlines that are wrapped at a column by someone"}', "two"),
    ],
)
def test_text_is_normalised(raw: bytes, text: str) -> None:
    assert read_json(raw).blocks[0].text == text


def test_many_fields_are_a_table_and_no_metadata() -> None:
    read = of({"text": "Words.", **{f"k{n}": n for n in range(60)}})
    assert read.metadata == {}
    assert len(read.blocks) == 61


def test_lines_of_json() -> None:
    data = '{"title": "A", "text": "x\u2028y"}\r\n\n{"title": "B", "text": "z"}\n'.encode()
    texts = [block.text for block in read_jsonl(data).blocks]
    assert texts == ["A", "x", "y", "B", "z"]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b'{"a": 1,\n "b": }', "line 2, column 7"),
        (b'{"text": "cut sho', "line 1, column 10"),
        (b"{'a': 1}", "line 1, column 2"),
        (b"{} {}", "line 1, column 4"),
        (b"\x89PNG\0\0", "binary"),
        (b"[" * 100_000, "nested too deeply"),
        (b"[" * 100_000 + b"]" * 100_000, "nested too deeply"),
        (b"", "line 1, column 1"),
    ],
)
def test_what_is_no_json_is_refused(raw: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason):
        read_json(raw)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b'{"a": 1}\n{"a": \n', "line 2, column 7"),
        (b'1\n\n\n{"a"}', "line 4, column 5"),
        (b"1\n" + b"[" * 100_000, "nested too deeply in line 2"),
    ],
)
def test_the_line_that_is_no_json_is_named(raw: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason):
        read_jsonl(raw)


@pytest.mark.parametrize(
    "grown",
    [
        lambda n: [{"id": i, "text": f"Some words {i} here."} for i in range(n)],
        lambda n: {f"k{i}": i for i in range(n)},
        lambda n: {"k" * 8 * n: {str(i): 1 for i in range(n)}, "b": 1},
        lambda n: {"a": [{"b": [i]} for i in range(n)]},
        lambda n: {"text": "Words are here. " * n},
    ],
)
def test_time_grows_with_size_only(grown: Any) -> None:
    def seconds(size: int) -> float:
        data = json.dumps(grown(size)).encode()
        started = time.process_time()
        read_json(data)
        return time.process_time() - started

    small = seconds(10_000)
    assert seconds(80_000) < 20 * small + 1
