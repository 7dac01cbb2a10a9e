"""Citation metrics count what their names say, on answers of known rightness."""

import pytest

from eval.metrics import alce, citations
from eval.targets.response import CitedSpan, Response
from tests.eval.answers import ANN, BEN, CID, DORA, TEXT, answer, asked, case, quote

OSLO = (13, 20)  # "in Oslo"
WHOLE = (0, len(TEXT))


@pytest.mark.parametrize(
    ("response", "recall", "precision"),
    [
        (quote(ANN), 1.0, 1.0),
        (quote(BEN), 0.0, 0.0),
        (quote(BEN, ANN), 1.0, 0.5),
        (quote(OSLO), 1.0, 1.0),
        (quote((0, 15)), 0.0, 1.0),  # breaks off inside the gold words
        (answer(("It was Oslo.", [(0, 16), (16, 21)])), 1.0, 1.0),  # two spans side by side
        (answer(("It was Oslo.", [WHOLE])), 1.0, 0.25),
        (answer(), 0.0, None),
    ],
)
def test_recall_wants_the_gold_words_whole_and_precision_counts_sentences(
    response: Response, recall: float, precision: float | None
) -> None:
    one = asked(case(OSLO), response)
    assert citations.span_recall(one) == recall
    assert citations.span_precision(one) == precision


def test_any_alternative_of_a_group_will_do_but_each_group_is_wanted() -> None:
    either = case([ANN, CID])
    assert citations.span_recall(asked(either, quote(CID))) == 1.0
    both = case(ANN, CID)
    assert citations.span_recall(asked(both, quote(CID))) == 0.5
    assert citations.cites_gold(asked(both, quote(BEN, CID))) == 1.0
    assert citations.cites_gold(asked(both, quote(BEN, CID)), first=1) == 0.0


def test_gold_that_nobody_gave_is_not_counted() -> None:
    one = asked(case(), quote(ANN))
    assert citations.span_recall(one) is None
    assert citations.span_precision(one) is None


def test_a_footnote_is_verbatim_only_at_its_offsets() -> None:
    right = quote(ANN, BEN)
    moved = right.citations[0].model_copy(update={"start": 1, "end": 22})
    lost = CitedSpan(document_id=None, source="x", start=None, end=None, cited_text="Ann")
    unknown = lost.model_copy(update={"document_id": "e", "start": 0, "end": 3})
    for wrong in (moved, lost, unknown):
        response = right.model_copy(update={"citations": (wrong, right.citations[1])})
        assert citations.verbatim(asked(case(ANN), response)) == 0.5
    assert citations.verbatim(asked(case(ANN), right)) == 1.0


@pytest.mark.parametrize(
    "change",
    [
        {"start": -len(TEXT), "end": 21 - len(TEXT), "cited_text": TEXT[:21]},
        {"start": 54, "end": 999, "cited_text": TEXT[54:]},
        {"start": 5, "end": 5, "cited_text": ""},
        {"source": "other.txt"},
    ],
)
def test_an_impossible_place_or_another_name_is_not_verbatim(change: dict[str, object]) -> None:
    response = quote(ANN)
    wrong = response.citations[0].model_copy(update=change)
    response = response.model_copy(update={"citations": (wrong,)})
    assert citations.verbatim(asked(case(ANN), response)) == 0.0


def test_the_evidence_is_what_the_document_says_and_not_what_the_target_quotes() -> None:
    said = answer(("Ann owns it all.", [ANN]))
    invented = said.citations[0].model_copy(update={"cited_text": "Ann owns it all."})
    one = asked(case(ANN), said.model_copy(update={"citations": (invented,)}))
    assert (alce.citation_recall(one), alce.citation_precision(one)) == (0.0, 0.0)
    lost = invented.model_copy(update={"document_id": None, "start": None, "end": None})
    one = asked(case(ANN), said.model_copy(update={"citations": (lost,)}))
    assert alce.citation_recall(one) == 0.0


def test_a_number_without_a_citation_is_a_false_footnote() -> None:
    response = quote(ANN)
    response = response.model_copy(
        update={"statements": (response.statements[0].model_copy(update={"citations": (1, 9)}),)}
    )
    assert citations.verbatim(asked(case(ANN), response)) == 0.5


def test_a_statement_without_citations_is_counted() -> None:
    assert citations.statements_cited(asked(case(ANN), answer(("a", [ANN]), ("b", [])))) == 0.5
    assert citations.statements_cited(asked(case(ANN), answer())) is None


@pytest.mark.parametrize(
    ("response", "recall", "precision"),
    [
        (quote(ANN), 1.0, 1.0),
        (answer(("Ben read it.", [ANN])), 0.0, 0.0),
        (answer(("Ben read it.", [ANN, BEN])), 1.0, 0.5),  # the first one is irrelevant
        (answer(("Ben read it.", [ANN, BEN]), ("Cid saw it.", [DORA])), 0.5, 1 / 3),
        (answer(("Ben read it.", [])), 0.0, 0.0),
        (answer(), None, None),
    ],
)
def test_alce_by_hand(response: Response, recall: float | None, precision: float | None) -> None:
    one = asked(case(ANN), response)
    assert alce.citation_recall(one) == recall
    assert alce.citation_precision(one) == precision


def test_two_citations_that_support_only_together_both_matter() -> None:
    one = asked(case(ANN), answer((TEXT[:34], [ANN, BEN])))
    assert (alce.citation_recall(one), alce.citation_precision(one)) == (1.0, 1.0)
