"""A streamed answer is cut into sentences with their marks, wherever its pieces are cut."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from service.answering.written.splitter import SentenceSplitter, WrittenSentence

Told = list[tuple[str, tuple[int, ...]]]


def sentences(pieces: list[str]) -> list[WrittenSentence]:
    splitter = SentenceSplitter()
    found = [one for piece in pieces for one in splitter.feed(piece)]
    return [*found, *splitter.finish()]


def told(*pieces: str) -> Told:
    return [(one.said.text, one.said.numbers) for one in sentences(list(pieces))]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("The fox sleeps [3]. It wakes [4].", [("The fox sleeps.", (3,)), ("It wakes.", (4,))]),
        ("The fox sleeps. [3] It wakes.[4]", [("The fox sleeps.", (3,)), ("It wakes.", (4,))]),
        ("The fox sleeps [3][5]. It wakes.", [("The fox sleeps.", (3, 5)), ("It wakes.", ())]),
        ("The fox sleeps [1, 2] [4-6].", [("The fox sleeps.", (1, 2, 4, 5, 6))]),
        ("The fox sleeps.【1】It wakes【2†a】.", [("The fox sleeps.", (1,)), ("It wakes.", (2,))]),
        ("It is [1](https://a.b/c) late. [[2]](#x)", [("It is late.", (1, 2))]),
        (
            "- **The fox sleeps.** [1]\n* It wakes [2]",
            [("The fox sleeps.", (1,)), ("It wakes", (2,))],
        ),
        ("1. The fox sleeps. [1]\n2. It wakes.", [("The fox sleeps.", (1,)), ("It wakes.", ())]),
        ("# The fox\n\nThe fox sleeps. [1]", [("The fox sleeps.", (1,))]),
        ("The fox sleeps.\n[1]\nIt wakes.", [("The fox sleeps.", (1,)), ("It wakes.", ())]),
        (
            "Dr. Smith of the U.S. Navy saw 4.5 m of it. [1]",
            [("Dr. Smith of the U.S. Navy saw 4.5 m of it.", (1,))],
        ),
        (
            "He slept [sic]. [Then] he woke [1].",
            [("He slept [sic].", ()), ("[Then] he woke.", (1,))],
        ),
        ("The fox sleeps. [1]\nSources:\n[1] The fox", [("The fox sleeps.", (1,))]),
        ("狐狸睡了。[1]猫醒了。[2]", [("狐狸睡了。", (1,)), ("猫醒了。", (2,))]),
        ("The fox sleeps [0]. It wakes [5-3][2].", [("The fox sleeps.", ()), ("It wakes.", (2,))]),
        ("The fox sleeps [1", [("The fox sleeps", ())]),
        ("It ran ([1]). It sat ([2], [3]).", [("It ran.", (1,)), ("It sat.", (2, 3))]),
        ("It called run() here ([0]) [1].", [("It called run() here.", (1,))]),
        ("It ran (as told [1]).", [("It ran (as told).", (1,))]),
        (
            "The fox sleeps [1].The owl hunts [2].",
            [("The fox sleeps.", (1,)), ("The owl hunts.", (2,))],
        ),
        ("", []),
        (" \n\n[1] \n", []),
    ],
)
def test_sentences_have_the_numbers_that_stand_by_them(answer: str, expected: Told) -> None:
    assert told(answer) == expected


@pytest.mark.parametrize(
    ("so_far", "given"),
    [
        ("The fox sleeps. [3]", False),
        ("The fox sleeps. [3] ", False),
        ("The fox sleeps. [3] [", False),
        ("The fox sleeps. [3] [4", False),
        ("The fox sleeps. [3] I", True),
        ("The fox sleeps. [3]\n", True),
        ("The fox sleeps. I", True),
        ("The fox sleeps.\n", False),  # its mark may stand on the next line
        ("The fox sleeps.\nI", True),
        ("The fox [3] sl", False),
    ],
)
def test_a_sentence_is_given_once_no_mark_can_follow(so_far: str, given: bool) -> None:
    assert bool(list(SentenceSplitter().feed(so_far))) is given


def test_what_may_have_been_cut_off_is_told_from_what_has_ended() -> None:
    assert [one.ended for one in sentences(["One. Two\nThree"])] == [True, True, False]
    assert [one.ended for one in sentences(["Three [3]"])] == [True]
    assert [one.ended for one in sentences(["Three [3] and"])] == [False]


FRAGMENTS = (
    *("The fox", " sleeps", 'He said "So. ', "Dr.", "U.S.", "4.5", ".", "? ", "。", " ", "\n"),
    *("[1]", "[2", "]", "([1])", "[1].The", "[3, 4]", "【5】", "[", "](", "(http://a)", "[x]"),
    *("**", "- ", "# ", "Sources:"),
)
WRITTEN = st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join)


@given(WRITTEN, st.lists(st.integers(0, 120), max_size=12))
@example("The fox sleeps. [1](http://a) It wakes.", [17, 20, 25])
def test_how_the_text_is_cut_into_pieces_does_not_matter(text: str, cuts: list[int]) -> None:
    bounds = [0, *sorted(min(cut, len(text)) for cut in cuts), len(text)]
    pieces = [text[start:end] for start, end in pairwise(bounds)]
    assert sentences(pieces) == sentences([text])
