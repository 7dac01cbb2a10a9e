"""Retrieval metrics agree with ir_measures (trec_eval) on the same rankings."""

from dataclasses import replace
from functools import partial

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ir_measures import RR, Qrel, ScoredDoc, Success, nDCG

from eval.asked import Asked
from eval.metrics import retrieval
from eval.targets.response import PassagePlace, RankedPassage, Response
from tests.eval.answers import ANN, BEN, CID, DORA, TEXT, asked, case, quote

SENTENCES = [ANN, BEN, CID, DORA]
TILES = [(0, 10), (10, 22), (22, 30), (30, 41), (41, 54), (54, 70), (70, len(TEXT))]

RANKINGS = st.permutations(TILES).flatmap(
    lambda tiles: st.integers(0, len(tiles)).map(lambda count: tiles[:count])
)
GOLD = st.lists(
    st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=2, unique=True),
    min_size=1,
    max_size=3,
)


def ranked(passages: list[tuple[int, int]], gold: list[list[tuple[int, int]]]) -> Asked:
    response = Response(
        answer="",
        abstained=True,
        passages=tuple(RankedPassage(document_id="d", start=s, end=e) for s, e in passages),
    )
    return asked(case(*gold), response)


def theirs(measure: ir_measures.Measure, relevant: dict[str, list[str]], count: int) -> float:
    """The mean over queries; `relevant` names the relevant ones of passages 0, 1, ... by query."""
    qrels = [Qrel(query, one, 1) for query, ones in relevant.items() for one in ones]
    run = [ScoredDoc(query, str(n), float(-n)) for query in relevant for n in range(count)]
    found = ir_measures.calc_aggregate([measure], qrels, run)
    return float(found[measure])


@given(RANKINGS, GOLD)
def test_passage_level(passages: list[tuple[int, int]], gold: list[list[tuple[int, int]]]) -> None:
    one = ranked(passages, gold)
    found = [str(n) for n, yes in enumerate(retrieval.relevance(one)) if yes]
    missed = [f"missed {n}" for n, rank in enumerate(retrieval.group_ranks(one)) if rank is None]
    for ours, measure in (
        (retrieval.reciprocal_rank, RR),
        (partial(retrieval.hit_at, 3), Success @ 3),
        (partial(retrieval.ndcg_at, 5), nDCG @ 5),
    ):
        wanted = theirs(measure, {"q": found + missed}, len(passages))
        assert ours(one) == pytest.approx(wanted, abs=1e-9)


@given(RANKINGS, GOLD)
def test_span_level(passages: list[tuple[int, int]], gold: list[list[tuple[int, int]]]) -> None:
    """Each group is a query whose one relevant item is the first passage that holds it."""
    one = ranked(passages, gold)
    ranks = retrieval.group_ranks(one)
    first = {f"q{n}": ["missed" if rank is None else str(rank - 1)] for n, rank in enumerate(ranks)}
    for ours, measure in (
        (retrieval.span_reciprocal_rank, RR),
        (partial(retrieval.span_hit_at, 5), Success @ 5),
        (partial(retrieval.span_ndcg_at, 5), nDCG @ 5),
    ):
        assert ours(one) == pytest.approx(theirs(measure, first, len(passages)), abs=1e-9)


def test_half_of_the_gold_words_is_enough_to_be_found() -> None:
    passages = [(0, 11), (0, 10), (10, 30), (11, 30)]
    assert retrieval.relevance(ranked(passages, [[ANN]])) == [True, False, True, False]


def test_a_target_that_does_not_show_its_passages_is_not_blamed_for_them() -> None:
    one = ranked([], [[ANN]])
    assert retrieval.reciprocal_rank(one) == 0.0
    silent = one.response.model_copy(update={"shows_passages": False})
    for metric in (retrieval.reciprocal_rank, retrieval.span_reciprocal_rank):
        assert metric(replace(one, response=silent)) is None


def test_without_gold_there_is_nothing_to_count() -> None:
    one = asked(case(), quote(ANN))
    assert retrieval.reciprocal_rank(one) is None
    assert retrieval.ndcg_at(5, one) is None
    assert retrieval.span_reciprocal_rank(one) is None


def test_a_passage_holds_the_words_of_those_it_stands_for() -> None:
    start, end = BEN
    other = PassagePlace(document_id="d", start=start, end=end)
    folded = RankedPassage(document_id="copy", start=0, end=10, also=(other,))
    response = Response(answer="", abstained=True, passages=(folded,))
    assert retrieval.hit_at(1, asked(case([BEN]), response)) == 1.0
    alone = response.model_copy(update={"passages": (folded.model_copy(update={"also": ()}),)})
    assert retrieval.hit_at(1, asked(case([BEN]), alone)) == 0.0
