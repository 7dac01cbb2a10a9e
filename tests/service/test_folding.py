"""Near-duplicates are one source with several places; what says anything else is none."""

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.embedding import Encoder
from service.retrieval.folding import fold
from service.retrieval.retrieved import RetrievedPassage
from service.retrieval.wording import Wording
from tests.conftest import Ingest
from tests.service.retrieved_passages import first_passage, one_a_document
from tests.service.test_retrieval import retriever_over

STORY = (
    "The council of Lissen decided on Tuesday to raise the harbour fee by 5 percent from spring. "
    "Mayor Ada Brandt said that the money would pay for the repair of the northern mole.\n\n"
    "Fishermen had asked for a delay. They do not expect that the fee will be lowered again, "
    "and some of them want to leave for other harbours along the coast."
)
MASTHEADS = (
    "Morning",
    "Herald",
    "Evening",
    "Coast",
    "North",
    "Valley",
    "Port",
    "Isle",
    "Sun",
    "Day",
)

WORDS = ("the", "harbour", "fee", "will", "be", "raised", "again", "and", "pay", "which", "money")
CHANGES = (
    lambda text: text,
    lambda text: text.replace("money", "revenue", 1),
    lambda text: text.replace(" ", "  ").replace("harbour", "“harbour”,"),
    lambda text: text + ".",
    lambda text: text.replace("5", "7", 1),
    lambda text: text.replace("will", "will not", 1),
    lambda text: text.replace("Ada", "Eva", 1),
    lambda text: text[: len(text) // 2],
)
bases = st.lists(st.sampled_from([*WORDS, "5", "Ada", "10.5"]), min_size=1, max_size=60)
texts = st.builds(lambda words, change: change(" ".join(words)), bases, st.sampled_from(CHANGES))
variants = bases.flatmap(
    lambda words: st.lists(st.sampled_from(CHANGES), max_size=8).map(
        lambda changes: [change(" ".join(words)) for change in changes]
    )
)
candidates = st.lists(texts | st.text(max_size=40), max_size=6) | variants


def ids(passages: list[RetrievedPassage]) -> list[str]:
    return [one.passage.id for one in passages]


def figures(text: str) -> list[str]:
    return re.findall(r"\d", text)


def same(one: str, other: str, name: str = "paper.txt") -> bool:
    first, second = (Wording(first_passage(name, text)) for text in (one, other))
    return first.telling == second.telling and first.same(second) and second.same(first)


@settings(deadline=None)
@given(candidates)
def test_every_candidate_is_kept_or_folded_and_the_order_stays(texts: list[str]) -> None:
    found = one_a_document(texts)
    kept = fold(found)
    folded = [place.passage.id for one in kept for place in one.also]
    assert Counter(ids(kept) + folded) == Counter(ids(found))
    assert all(one.score > other.score for one, other in pairwise(kept))
    assert ids(fold(kept)) == ids(kept)
    assert fold(kept) == kept


@settings(deadline=None)
@given(candidates)
def test_the_same_text_is_kept_once(texts: list[str]) -> None:
    kept = [one.passage.text for one in fold(one_a_document([*texts, *texts]))]
    assert len(kept) == len(set(kept))


@settings(deadline=None)
@given(candidates)
def test_what_is_folded_has_the_same_figures(texts: list[str]) -> None:
    for one in fold(one_a_document(texts)):
        for place in one.also:
            assert figures(place.passage.text) == figures(one.passage.text)


@settings(deadline=None)
@given(bases, st.integers(0, 99), st.integers(0, 99), st.integers(0, 60))
def test_differing_numbers_are_never_folded(
    words: list[str], one: int, other: int, at: int
) -> None:
    texts = [" ".join([*words[:at], str(number), *words[at:]]) for number in (one, other)]
    assert len(fold(one_a_document(texts))) == (1 if one == other else 2)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(STORY, id="no masthead"),
        pytest.param("Evening Herald\n\nFee to go up\n\n" + STORY, id="another masthead"),
        pytest.param(
            "Evening Herald\n\nHarbour fee rises\n\nBy our staff\n\n" + STORY, id="byline"
        ),
        pytest.param(STORY.replace("Lissen", "“Lissen”").replace(", and", "; and"), id="quotes"),
        pytest.param(STORY.replace(" ", "\u00a0 "), id="spaces"),
        pytest.param(STORY.replace("money", "revenue"), id="a changed word"),
    ],
)
def test_a_story_is_the_same_in_another_paper(other: str) -> None:
    assert same("MORNING POST\n\nHarbour fee rises\n\n" + STORY, other)


@pytest.mark.parametrize(
    ("words", "others"),
    [
        ("5 percent", "7 percent"),
        ("5 percent", "5.5 percent"),
        ("5 percent", "five percent"),
        ("5 percent", "$5"),
        ("5 percent", "-5 percent"),
        ("Tuesday", "Monday"),
        ("Ada", "Eva"),
        ("Ada Brandt", "she"),
        ("do not expect", "do expect"),
        ("do not expect", "don’t expect"),
        ("want to leave", "never want to leave"),
        ("expect that", "unexpect that"),
        ("raise", "cut"),
        ("northern", "southern"),
        ("some of them", "all of them"),
    ],
)
def test_a_story_that_differs_in_what_tells_is_another(words: str, others: str) -> None:
    assert not same(STORY, STORY.replace(words, others))


def test_a_title_with_another_year_or_a_negation_is_another() -> None:
    assert not same("Report 2019\n\n" + STORY, "Report 2020\n\n" + STORY)
    assert not same("What is allowed\n\n" + STORY, "What is not allowed\n\n" + STORY)


def test_a_name_that_can_be_quoted_is_not_taken_for_a_heading() -> None:
    won = "# Prize\n\nAda Brandt\n\n" + STORY
    assert not same(won, won.replace("Ada Brandt\n", "Eva Lund\n"), "prize.md")


def test_in_a_script_without_case_every_word_must_be_equal() -> None:
    words = "مجلس المدينة قرر رفع رسوم الميناء من الربيع المقبل"
    text = " ".join([words] * 5)
    assert same(text, text + "،")
    assert not same(text, text.replace("المدينة", "القرية", 1))
    assert not same("मूल " * 30, "मेल " + "मूल " * 29)  # differ by a vowel sign


def test_words_in_another_order_are_another_text() -> None:
    assert not same(
        "dog bites man " + "and runs away " * 3, "man bites dog " + "and runs away " * 3
    )


def test_one_story_in_ten_papers_takes_one_place(
    ingest: Ingest, folder: Path, encoder: Encoder
) -> None:
    for name in MASTHEADS:
        (folder / f"{name}.txt").write_text(f"{name} News\n\nHarbour fee rises\n\n{STORY}\n")
    (folder / "opinion.txt").write_text("Opinion\n\nThe harbour fee of Lissen is too high.\n")
    (folder / "zebra.txt").write_text("Zebra Notes\n\nZebras doze standing up.\n")
    retriever = retriever_over(ingest(folder), encoder)
    found = retriever.retrieve("By how much does Lissen raise the harbour fee?", 3)
    places = {one.record.source: [place.record.source for place in one.also] for one in found}
    (story,) = [source for source, others in places.items() if others]
    assert {story, *places[story]} == {f"{name}.txt" for name in MASTHEADS}
    assert len(places[story]) == 9
    assert set(places) == {story, "opinion.txt", "zebra.txt"}


def test_the_search_goes_on_behind_many_copies(
    ingest: Ingest, folder: Path, encoder: Encoder
) -> None:
    for first in "ABCDEFGHIJ":
        for second in "klmnop":
            (folder / f"{first}{second}.txt").write_text(f"{first}{second} News\n\n{STORY}\n")
    (folder / "zebra.txt").write_text("Zebra Notes\n\nZebras doze standing up.\n")
    retriever = retriever_over(ingest(folder), encoder)
    story, other = retriever.retrieve("By how much does Lissen raise the harbour fee?", 5)
    assert len(story.also) == 59
    assert other.record.source == "zebra.txt"
