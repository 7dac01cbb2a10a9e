"""Markdown: the words without the marks, and nothing interpreted."""

import pytest

from ingest.readers.markdown import read_markdown


def blocks(text: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in read_markdown(text.encode()).blocks]


def test_headings_have_levels() -> None:
    text = "# One\n\n### Three\n\nTwo\n---\n\nWords.\n"
    read = [(block.kind, block.level, block.text) for block in read_markdown(text.encode()).blocks]
    assert read == [
        ("heading", 1, "One"),
        ("heading", 3, "Three"),
        ("heading", 2, "Two"),
        ("paragraph", 0, "Words."),
    ]


def test_lists_and_nested_lists_are_items_without_marks() -> None:
    text = "1. one\n2. two\n   - inner *a*\n   - inner b\n3. three\n\nAfter.\n"
    items = ["one", "two", "inner a", "inner b", "three"]
    assert blocks(text) == [("list_item", item) for item in items] + [("paragraph", "After.")]


def test_a_paragraph_after_a_nested_list_belongs_to_the_outer_item() -> None:
    text = "- outer\n  - inner\n\n  outer goes on\n"
    assert blocks(text) == [
        ("list_item", "outer"),
        ("list_item", "inner"),
        ("list_item", "outer goes on"),
    ]


def test_table_rows_are_lines_of_cells() -> None:
    text = "| City | People |\n|---|--:|\n| Bern | *134* |\n| Chur | 38 |\n"
    assert blocks(text) == [
        ("table", "City | People"),
        ("table", "Bern | 134"),
        ("table", "Chur | 38"),
    ]
    assert [block.gap for block in read_markdown(text.encode()).blocks] == ["\n\n", "\n", "\n"]


def test_a_row_with_empty_cells_has_no_white_space_around_it() -> None:
    rows = blocks("| A | B |\n|---|---|\n| 1 |  |\n|  | 2 |\n")
    assert all(text == text.strip() for _, text in rows)


@pytest.mark.parametrize(
    "code", ["```python\nprint('# no heading')\n```", "    print('# no heading')"]
)
def test_code_is_kept_as_it_is(code: str) -> None:
    assert blocks(f"Before.\n\n{code}\n") == [
        ("paragraph", "Before."),
        ("code", "print('# no heading')"),
    ]


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        ("**bold** and _light_", "bold and light"),
        ("see [the report](https://example.org 'T')", "see the report"),
        ("see [the report][1]\n\n[1]: https://example.org", "see the report"),
        ("![A man at a gate](gate.png)", "A man at a gate"),
        ("<https://example.org>", "https://example.org"),
        ("run `make test`", "run make test"),
        ("one\ntwo  \nthree", "one two three"),
        ("\\*not light\\* &amp; 1 &lt; 2", "*not light* & 1 < 2"),
        ("> quoted\n> words", "quoted words"),
    ],
)
def test_marks_become_words(marked: str, words: str) -> None:
    assert blocks(marked) == [("paragraph", words)]


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "An <b>old</b> tag.",
        "<!-- a comment -->",
        "<img src=x onerror=y>",
    ],
)
def test_html_is_text_like_any_other(html: str) -> None:
    assert blocks(html) == [("paragraph", html)]


@pytest.mark.parametrize(
    ("front", "title"),
    [
        ("title: Annual report", "Annual report"),
        ('author: Roe\ntitle: "Report: the year"', "Report: the year"),
        ("author: Roe", None),
        ("title:", None),
        ("title: 2021", "2021"),
        ("title: Report: the year", "Report: the year"),
        ("title: Report\ndate: 2021-02-30", "Report"),
        ("title: >\n  A folded\n  title", "A folded title"),
    ],
)
def test_front_matter_names_the_title_and_is_no_text(front: str, title: str | None) -> None:
    read = read_markdown(f"---\n{front}\n---\nWords.\n".encode())
    assert read.title == title
    assert [block.text for block in read.blocks] == ["Words."]


def test_front_matter_of_any_depth_is_passed_over() -> None:
    read = read_markdown(f"---\ntitle: {'[' * 5000}\n---\nWords.\n".encode())
    assert [block.text for block in read.blocks] == ["Words."]


def test_a_rule_is_not_front_matter() -> None:
    assert blocks("Words.\n\n---\n\ntitle: not one\n\n---\n") == [
        ("paragraph", "Words."),
        ("paragraph", "title: not one"),
    ]


def test_items_nested_deeply_are_not_lost() -> None:
    items = [("list_item", f"item {depth}") for depth in range(12)]
    assert blocks("\n".join("  " * d + f"- item {d}" for d in range(12))) == items
