"""Sentence boundaries, and that the spans lose nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sentences import sentence_spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["The U.N. report came out on Dec. 3, 2018.", "Dr. Smith read it.", "The U.S. said so."],
        ["It was made by the U.S.", "The next day it rained."],
        ["She likes fruit, e.g. apples.", "It is approx. 10 km away.", "See p. 12."],
        ["J. R. R. Tolkien wrote it.", "Mr. A. B. Smith agreed."],
        ["He called it Yahoo! and left.", "See approx. half of vol. three."],
        ["No. 5 is alive.", "Fig. 3 shows it.", "Sen. Ron Wyden spoke."],
        ["The Ph.D. student met Lt. Col. Brown on Mt. Everest.", "He left."],
        ["It was 5 p.m.", "Then he left."],
        ["It cost $3.50.", "Go to www.example.com.", "Version 2.0 is out."],
    ],
)
def test_abbreviations_do_not_end_a_sentence(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected


def test_a_figure_may_begin_a_sentence() -> None:
    expected = ["Two people were killed.", "12 others were hurt.", "3 left."]
    assert sentences(" ".join(expected)) == expected


@pytest.mark.parametrize(
    "expected",
    [
        ["“It is cold today.", "We should go home now,” he said.", "He left."],
        ['He said: "It is cold today.', 'We should go home now."', "Then he left."],
        ["“The case goes on,” Omer Kanat said.", "“It should now be impossible to ignore it.”"],
        ["«Il fait froid ici.", "Nous devons partir maintenant», dit-il."],
        ["She called it “a sad day for the U.S. and for all” and left.", "He stayed."],
    ],
)
def test_a_quotation_of_several_sentences_is_divided(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected


@pytest.mark.parametrize(
    "expected",
    [
        ["Wait… What is that?", "Well... maybe.", "It ended."],
        ["What?!", "No!", "So it is."],
        ["A sentence without an end\nin its first line goes on.", "Next."],
        ["It grew [1].", "It shrank [2]."],
    ],
)
def test_ellipses_marks_and_wrapped_lines(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected


@pytest.mark.parametrize(
    ("gap", "expected"),
    [
        ("", ["北京是中国的首都。", "它有两千万人口。", "你去过吗？"]),
        ("", ["東京は日本の首都です。", "人口は多い。"]),
        (" ", ["ذهب الولد إلى المدرسة.", "هل تحب القراءة؟", "نعم."]),
        (" ", ["दिल्ली भारत की राजधानी है।", "यहाँ बहुत लोग रहते हैं।"]),
        (" ", ["Это первое предложение.", "Вот ещё одно."]),
    ],
)
def test_other_scripts_have_their_own_end_marks(gap: str, expected: list[str]) -> None:
    assert sentences(gap.join(expected)) == expected


@pytest.mark.parametrize("text", ["", " ", "\n\t\n"])
def test_white_space_has_no_sentences(text: str) -> None:
    assert sentence_spans(text) == []


PIECES = [
    *'aZ1 .!?…\n"“”«»()。！？。؟।',
    "\u0301",
    "👩‍👩‍👧",
    "\u200b",
    "\u202e",
    "U.S.",
    "e.g. ",
    "שלום ",
]


@given(st.text() | st.lists(st.sampled_from(PIECES), max_size=80).map("".join))
def test_spans_are_ordered_disjoint_stripped_and_cover_all_but_white_space(text: str) -> None:
    at = 0
    for start, end in sentence_spans(text):
        assert text[at:start].strip() == ""
        assert text[start:end] and text[start:end] == text[start:end].strip()
        at = end
    assert text[at:].strip() == ""
