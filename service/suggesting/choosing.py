"""Which of the questions are suggested: of different documents, and of different kinds."""

from collections.abc import Sequence
from typing import Final

from service.retrieval.words import content_stems
from service.suggesting.suggestion import Asked, Candidate, Suggestion

_LIKE_ANOTHER: Final = 0.75  # share of a question's words that another one has too


def varied(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The best of each kind, then the second ones, and so on; a sentence is asked about once more
    only when all others were."""
    kinds: dict[str, int] = {}
    sentences: dict[int, int] = {}
    placed = []
    for one in candidates:
        turn = kinds.setdefault(one.draft.kind, 0)
        again = sentences.setdefault(one.start, 0)
        placed.append(((again, turn, -one.draft.worth), one))
        kinds[one.draft.kind] += 1
        sentences[one.start] += 1
    return [one for _, one in sorted(placed, key=lambda item: item[0])]


def chosen(good: Sequence[Asked], limit: int) -> tuple[Suggestion, ...]:
    """The best, one after the other; each makes others of its document and kind less good."""
    left, taken = list(good), list[Asked]()
    while left and len(taken) < limit:
        best = max(left, key=lambda one: _merit(one, taken))
        left.remove(best)
        if not any(_alike(best, other) for other in taken):
            taken.append(best)
    return tuple(Suggestion(one.candidate.draft.question, one.candidate.record) for one in taken)


def _merit(one: Asked, taken: Sequence[Asked]) -> float:
    document = one.candidate.record.document_id
    same_document = sum(other.candidate.record.document_id == document for other in taken)
    same_kind = sum(other.candidate.draft.kind == one.candidate.draft.kind for other in taken)
    return one.candidate.draft.worth + one.confidence - 2 * same_document - 0.5 * same_kind


def _alike(one: Asked, other: Asked) -> bool:
    """Whether two questions have one answer, or ask for nearly the same."""
    if one.answer == other.answer:
        return True
    first, second = (set(content_stems(a.candidate.draft.question)) for a in (one, other))
    return len(first & second) > _LIKE_ANOTHER * min(len(first), len(second))
