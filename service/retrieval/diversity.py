"""Places for more than one document, where several are about a question.

The fourth passage of a document, in the order of rank, is worth 3 % less than its place, the fifth
6 %, and so on; the passages that are worth most are taken. So a long document keeps all places when
no other comes near. The first passage is never given up.
"""

from collections import Counter
from collections.abc import Sequence

from service.retrieval.retrieved import RetrievedPassage

_UNDISCOUNTED = 3  # passages of a document
_DISCOUNT = 0.97  # for each further one


def diversify(passages: Sequence[RetrievedPassage], limit: int) -> list[RetrievedPassage]:
    """At most `limit` of the passages, in the order they have.

    A place is worth the score that would be there if scores ordered the passages: after a reranker
    they do not, and it knows better.
    """
    places = sorted((one.score for one in passages), reverse=True)
    taken: Counter[str] = Counter()
    worth: list[float] = []
    for one, place in zip(passages, places, strict=True):
        taken[one.record.document_id] += 1
        beyond = max(0, taken[one.record.document_id] - _UNDISCOUNTED)
        worth.append(place * _DISCOUNT**beyond)
    chosen = sorted(range(len(passages)), key=lambda number: -worth[number])[:limit]
    return [passages[number] for number in sorted(chosen)]
