"""Who makes the claim that a sentence reports."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.answering.attribution import speaker_of

CASES = Path(__file__).with_name("attribution_cases.jsonl")
WORDS = ["Reed", "the report", "said", "says", "he", '"', "“", "”", ",", ".", "\n\n", "that", "of"]
WORDS += ["According to", "is described by", "as", "and", "(HB)", "found", "'", "é", "1990", "-"]


def name_of(text: str, sentence: str) -> str | None:
    start = text.index(sentence)
    speaker = speaker_of(text, start, start + len(sentence))
    return speaker.name if speaker else None


def test_whoever_is_said_to_say_it_is_the_speaker() -> None:
    text = "In May, Harbour Minister Ida Cole said that the quay was closed. It was built in 1893."
    assert name_of(text, "In May, Harbour Minister Ida Cole said that the quay was closed.") == (
        "Harbour Minister Ida Cole"
    )
    assert name_of(text, "It was built in 1893.") is None


def test_a_quotation_goes_on_with_its_speaker() -> None:
    text = "“The quay is safe,” Ida Cole said. “We looked twice. Nothing moved.”"
    assert name_of(text, "“We looked twice.") == "Ida Cole"
    assert name_of(text, "Nothing moved.”") == "Ida Cole"


def test_a_quotation_goes_on_in_the_next_paragraph() -> None:
    text = "“The quay is safe,” Ida Cole said. “We looked.\n\n“Nothing moved.”\n\nThe quay is old."
    assert name_of(text, "“Nothing moved.”") == "Ida Cole"
    assert name_of(text, "The quay is old.") is None


def test_a_pronoun_is_resolved_only_where_one_person_is_meant() -> None:
    alone = "Ida Cole inspected the quay. She said it was safe."
    assert name_of(alone, "She said it was safe.") == "Ida Cole"
    two = "Ida Cole met Mary Lunt. She said it was safe."
    assert name_of(two, "She said it was safe.") is None


def test_of_nested_reports_the_outer_one_counts() -> None:
    assert name_of("Cole said Lunt had denied the charge.", "Cole said") is not None
    text = "Lunt had denied the charge, Cole said."
    assert name_of(text, text) == "Cole"


@pytest.mark.parametrize("sentence", ["Who said so?", "Reported cases rose.", "She called a cab."])
def test_what_the_text_says_itself_has_no_speaker(sentence: str) -> None:
    assert name_of(f"Ida Cole came. {sentence}", sentence) is None


def test_the_name_keeps_its_offsets_across_a_line_break() -> None:
    text = "According to Ida\nCole, the quay is safe."
    speaker = speaker_of(text, 0, len(text))
    assert speaker is not None
    assert speaker.name == "Ida Cole"
    assert text[speaker.start : speaker.end] == "Ida\nCole"


def test_labelled_sentences_reach_the_precision_and_recall_promised() -> None:
    rows = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]
    right, given_, wanted = _counts([row for row in rows if not row["held_out"]])
    assert right / given_ >= 0.95
    assert right / wanted >= 0.85


def _counts(rows: list[dict[str, Any]]) -> tuple[int, int, int]:
    """How many speakers are right, are given and are wanted."""
    right = given_ = wanted = 0
    for row in rows:
        for label in row["labels"]:
            found = name_of(row["text"], label["sentence"])
            right += found is not None and found == label["speaker"]
            given_ += found is not None
            wanted += label["speaker"] is not None
    return right, given_, wanted


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(st.text(), st.lists(st.sampled_from(WORDS)).map(" ".join)),
    st.integers(-3, 300),
    st.integers(-3, 300),
)
def test_any_span_of_any_text_gives_a_name_in_it_or_none(text: str, start: int, end: int) -> None:
    speaker = speaker_of(text, start, end)
    if speaker is not None:
        assert 0 <= speaker.start < speaker.end <= len(text)
        assert " ".join(text[speaker.start : speaker.end].split()) == speaker.name
