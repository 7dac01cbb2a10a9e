"""Several documents get places where several are about a question, one keeps all where one is."""

from hypothesis import given, settings
from hypothesis import strategies as st

from service.retrieval.diversity import diversify
from service.retrieval.retrieved import RetrievedPassage
from tests.service.retrieved_passages import retrieved

scored = st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 1)), max_size=40)


def document(source: str, *scores: float) -> list[RetrievedPassage]:
    return [retrieved(source, f"{score}", score, at) for at, score in enumerate(scores)]


def ranked(*documents: list[RetrievedPassage]) -> list[RetrievedPassage]:
    together = [one for passages in documents for one in passages]
    return sorted(together, key=lambda one: -one.score)


def sources(passages: list[RetrievedPassage]) -> list[str]:
    return [one.record.source for one in passages]


LONG = document("long.txt", 0.9, 0.8, 0.79, 0.78, 0.77, 0.76, 0.75, 0.74, 0.73, 0.72)


def test_a_long_document_leaves_places_to_others_that_are_nearly_as_good() -> None:
    found = ranked(LONG, document("one.txt", 0.7), document("other.txt", 0.69))
    assert sources(found[:8]) == ["long.txt"] * 8
    assert sources(diversify(found, 8)) == ["long.txt"] * 6 + ["one.txt", "other.txt"]


def test_a_document_keeps_all_places_when_no_other_comes_near() -> None:
    found = ranked(LONG, document("one.txt", 0.5), document("other.txt", 0.4))
    assert diversify(found, 8) == found[:8]


def test_three_passages_of_a_document_stay_however_near_others_come() -> None:
    found = ranked(LONG, *(document(f"{n}.txt", 0.785) for n in range(9)))
    assert sources(diversify(found, 5))[:3] == ["long.txt"] * 3


def test_a_reranked_order_is_kept_and_its_places_are_what_counts() -> None:
    long = document("long.txt", 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55, 0.5, 0.2)
    other = document("other.txt", 0.95)
    last = [*long, *other]  # retrieval thinks more of it than the reranker does
    assert diversify(last, 8) == long[:8]
    ninth = [*long[:8], *other, *long[8:]]
    assert sources(diversify(ninth, 8))[-1] == "other.txt"


@settings(deadline=None)
@given(scored, st.integers(1, 20))
def test_the_first_place_and_the_order_stay(found: list[tuple[str, float]], limit: int) -> None:
    passages = ranked(*(document(source, score) for source, score in found))
    chosen = diversify(passages, limit)
    assert len(chosen) == min(limit, len(passages))
    assert chosen[:1] == passages[:1]
    remaining = iter(passages)
    assert all(any(one is other for other in remaining) for one in chosen)
