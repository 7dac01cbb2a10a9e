"""Retrieval: whether the passages that an answer is made from hold the gold words.

Passage level: each retrieved passage is relevant or not. Span level: each group of gold words is a
query of its own, found at the rank of the first passage that holds one of its alternatives.
A passage holds gold words when it has at least half of their characters: words that a passage
boundary cuts are then still found by one of the two. A passage that stands for others that say the
same holds theirs too.

A target's first forty passages are looked at. Others are unknown, so the ideal ranking of nDCG has
the relevant ones among these and, for each group that none of them holds, one more.
"""

import math
from collections.abc import Callable

from eval.asked import Asked, overlap
from eval.cases.gold import Place
from eval.targets.response import RankedPassage


def hit_at(k: int, asked: Asked) -> float | None:
    """hit@k (success@k): 1 when one of the first k passages is relevant, else 0."""
    if not _counts(asked):
        return None
    return float(any(relevance(asked)[:k]))


def reciprocal_rank(asked: Asked) -> float | None:
    """1 / rank of the first relevant passage, 0 without one. Its mean is MRR (Voorhees 1999)."""
    if not _counts(asked):
        return None
    return next((1 / rank for rank, yes in enumerate(relevance(asked), 1) if yes), 0.0)


def ndcg_at(k: int, asked: Asked) -> float | None:
    """nDCG@k with gain 1 and discount log2(rank + 1) (Järvelin and Kekäläinen 2002).

    Ideal: the relevant passages of the first forty, and one for each gold group in none of them.
    """
    if not _counts(asked):
        return None
    relevant = relevance(asked)
    missed = sum(rank is None for rank in group_ranks(asked))
    ideal = _dcg([True] * min(k, sum(relevant) + missed))
    return _dcg(relevant[:k]) / ideal


def span_hit_at(k: int, asked: Asked) -> float | None:
    """Share of the gold groups that one of the first k passages holds."""
    return _mean_over_groups(asked, lambda rank: float(rank <= k))


def span_reciprocal_rank(asked: Asked) -> float | None:
    """Mean over the gold groups of 1 / rank of the first passage that holds the group."""
    return _mean_over_groups(asked, lambda rank: 1 / rank)


def span_ndcg_at(k: int, asked: Asked) -> float | None:
    """Mean over the gold groups of nDCG@k, which with one relevant item is 1 / log2(rank + 1)."""
    return _mean_over_groups(asked, lambda rank: 1 / math.log2(rank + 1) if rank <= k else 0.0)


def relevance(asked: Asked) -> list[bool]:
    """For each retrieved passage, in the order of rank, whether it holds gold words."""
    return [
        any(_holds(passage, place) for place in asked.gold_places)
        for passage in asked.response.passages
    ]


def group_ranks(asked: Asked) -> list[int | None]:
    """For each gold group the rank, from 1, of the first passage that holds it."""
    passages = asked.response.passages
    return [
        next(
            (
                rank
                for rank, passage in enumerate(passages, 1)
                if any(_holds(passage, place) for place in group)
            ),
            None,
        )
        for group in asked.gold
    ]


def _mean_over_groups(asked: Asked, score: Callable[[int], float]) -> float | None:
    if not _counts(asked):
        return None
    ranks = group_ranks(asked)
    return sum(score(rank) if rank else 0.0 for rank in ranks) / len(ranks)


def _counts(asked: Asked) -> bool:
    response = asked.response
    return bool(asked.gold) and response.shows_passages and response.error is None


def _holds(passage: RankedPassage, place: Place) -> bool:
    return any(
        2 * overlap(Place(one.document_id, one.start, one.end), place) >= place.end - place.start
        for one in (passage, *passage.also)
    )


def _dcg(relevant: list[bool]) -> float:
    return sum(1 / math.log2(rank + 1) for rank, yes in enumerate(relevant, 1) if yes)
