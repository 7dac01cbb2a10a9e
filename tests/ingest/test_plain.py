"""Blocks of plain text."""

import pytest

from ingest.readers.plain import read_plain

WRAPPED = """\
The committee met on Tuesday to discuss the budget of
the coming year, which has grown by a tenth since the
last session, and to hear the mayor. It then adjourned."""


def blocks(text: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in read_plain(text.encode()).blocks]


def test_a_paragraph_wrapped_at_a_column_stays_one() -> None:
    assert blocks(f"{WRAPPED}\n\nNext.") == [("paragraph", WRAPPED), ("paragraph", "Next.")]


def test_a_wrapped_paragraph_may_be_indented() -> None:
    indented = "    " + WRAPPED.replace("\n", "\n    ")
    assert [kind for kind, _ in blocks(indented)] == ["paragraph"]


def test_long_lines_are_paragraphs_of_their_own() -> None:
    line = "The committee met on Tuesday to discuss the budget of the coming year. " * 3
    assert blocks(f"{line}\n{line.upper()}") == [
        ("paragraph", line.strip()),
        ("paragraph", line.upper().strip()),
    ]


def test_short_lines_are_not_joined() -> None:
    assert blocks("Jane Roe\nJohn Doe") == [("paragraph", "Jane Roe"), ("paragraph", "John Doe")]


@pytest.mark.parametrize(
    "gap", ["\n\n", "\n\n\n\n", "\n   \n", "\n\t\n \n", "\n\u3000\n", "\r\n\r\n"]
)
def test_lines_of_white_space_separate_paragraphs(gap: str) -> None:
    assert blocks(f"\n\n{WRAPPED} {gap}{WRAPPED}\n\n") == [("paragraph", WRAPPED)] * 2


@pytest.mark.parametrize("mark", ["-", "*", "•", "–", "1.", "12)", "(3)", "a)", "(b)"])
def test_lines_with_a_list_mark_are_items(mark: str) -> None:
    text = f"We bought these:\n{mark} green apples\n{mark} pears"
    assert blocks(text) == [
        ("paragraph", "We bought these:"),
        ("list_item", f"{mark} green apples"),
        ("list_item", f"{mark} pears"),
    ]


def test_items_of_wrap_width_are_still_items() -> None:
    items = [f"- {line}" for line in WRAPPED.split("\n")]
    assert blocks("\n".join(items)) == [("list_item", item) for item in items]


def test_an_item_wrapped_onto_an_indented_line_stays_one() -> None:
    item = "- " + WRAPPED.replace("\n", "\n  ")
    assert [kind for kind, _ in blocks(f"{item}\n{item}")] == ["list_item", "list_item"]


@pytest.mark.parametrize("text", ["A. Smith wrote the report.", "J. Doe, who was there, agreed."])
def test_a_name_that_begins_with_an_initial_is_no_list_item(text: str) -> None:
    assert blocks(text) == [("paragraph", text)]


def test_an_initial_at_the_start_of_a_wrapped_line_does_not_cut_the_sentence() -> None:
    text = WRAPPED.replace("the coming year, which", "J. Doe and others, which")
    assert blocks(text) == [("paragraph", text)]


def test_blocks_of_one_list_stand_on_adjacent_lines() -> None:
    gaps = [block.gap for block in read_plain(b"Intro:\n- a\n- b\n\nAfter.").blocks]
    assert gaps == ["\n\n", "\n", "\n", "\n\n"]


@pytest.mark.parametrize("text", ["", "\n\n", " \t\n \n"])
def test_white_space_has_no_blocks(text: str) -> None:
    assert blocks(text) == []
