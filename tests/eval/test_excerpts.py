"""Excerpts of the sources, with cited and gold words marked in them."""

from eval.cases.case import GoldWords
from eval.reports.excerpts import CONTEXT, Excerpt, excerpts_of
from eval.targets.response import CitedSpan
from tests.eval import runs
from tests.eval.runs import BUILT, ENGINEER, TEXTS, Shelf


def marks(excerpt: Excerpt) -> list[tuple[str, str]]:
    return [(segment.mark, segment.text) for segment in excerpt.segments]


def test_cited_words_and_gold_words_are_marked_where_they_overlap() -> None:
    found = excerpts_of(runs.run().cases[0], Shelf())
    assert marks(found.cited[0])[:3] == [
        ("cited", BUILT.partition(ENGINEER)[0]),
        ("both", ENGINEER),
        ("cited", "."),
    ]
    assert found.cited[0].words("cited", "both") == BUILT
    assert found.gold[0].words("gold", "both") == ENGINEER


def test_context_is_cut_between_words() -> None:
    words = "the southern mole"
    result = runs.result(runs.case("x", "What?", words), runs.answered("It.", runs.cited(words)))
    excerpt = excerpts_of(result, Shelf()).cited[0]
    whole = "".join(segment.text for segment in excerpt.segments)
    text = f"{TEXTS['doc-1']} "
    start = text.index(whole)
    assert start > 0 and text[start - 1] == " " and text[start + len(whole)] == " "
    assert len(whole) <= len(words) + 2 * CONTEXT


def test_the_alternative_that_is_cited_is_shown() -> None:
    case = runs.case("x", "What?", "840 metres")
    group = (*case.gold[0], GoldWords(document="harbour.txt", words="two moles"))
    either = case.model_copy(update={"gold": (group,)})
    answer = runs.answered("It.", runs.cited("It has two moles of granite"))
    shown = excerpts_of(runs.result(either, answer), Shelf()).gold[0]
    assert shown.words("both") == "two moles"


def test_a_place_that_is_not_there_is_shown_with_a_note() -> None:
    lost = CitedSpan(document_id=None, source="gone.txt", start=None, end=None, cited_text="Gone.")
    false = runs.cited(BUILT).model_copy(update={"cited_text": "It was built in 1900."})
    beyond = runs.cited(BUILT).model_copy(update={"end": 10_000})
    result = runs.result(
        runs.case("x", "?", "not there"), runs.answered("It.", lost, false, beyond)
    )
    found = excerpts_of(result, Shelf())
    assert marks(found.cited[0]) == [("cited", "Gone.")]
    assert found.cited[0].note == "found in no document"
    assert found.cited[1].note.endswith("It was built in 1900.")
    assert found.cited[2].start is None and found.cited[2].note
    assert marks(found.gold[0]) == [("gold", "not there")] and found.gold[0].note
