"""Metrics: one function each, over the results of a run. None where nothing can be counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eval.cases import Case
from service.answering.answer import Answer

Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Result:
    """A case, the answer it got, and its gold spans in the document `gold_document` (an id)."""

    case: Case
    answer: Answer
    gold_document: str | None
    gold: Spans
    verbatim: tuple[bool, ...]
    """For each citation of the answer: whether the document has its words at its offsets."""


def hit_rate(results: Sequence[Result], k: int) -> float | None:
    """hit@k: share of answerable cases with a gold span inside one of the first k passages."""
    return _share(
        any(_holds(p.passage.document_id, p.passage.start, p.passage.end, r) for p in passages[:k])
        for r, passages in ((r, r.answer.passages) for r in results if r.case.answerable)
    )


def verbatim_citations(results: Sequence[Result]) -> float | None:
    """Share of all citations whose words are the document's words at their offsets."""
    return _share(true for r in results for true in r.verbatim)


def cites_gold(results: Sequence[Result], statements: int | None = None) -> float | None:
    """Share of answerable cases in which a citation (of the first `statements`) holds gold."""
    return _share(cites(r, statements) for r in results if r.case.answerable)


def cites(result: Result, statements: int | None = None) -> bool:
    """Whether a citation, of the first so many statements or of any, holds a gold span."""
    return any(
        _holds(c.document_id, c.start_char_index, c.end_char_index, result)
        for statement in result.answer.statements[:statements]
        for c in statement.citations
    )


def answered(results: Sequence[Result]) -> float | None:
    """Share of answerable cases that were answered (right or wrong) and not refused."""
    return _share(not r.answer.abstained for r in results if r.case.answerable)


def refused(results: Sequence[Result]) -> float | None:
    """Share of unanswerable cases in which the answer is an abstention."""
    return _share(r.answer.abstained for r in results if not r.case.answerable)


def mean_statements(results: Sequence[Result]) -> float | None:
    """Mean number of statements of the answers that are no abstention."""
    counts = [len(r.answer.statements) for r in results if not r.answer.abstained]
    return sum(counts) / len(counts) if counts else None


def passed(result: Result) -> bool:
    """A case is right when it cites gold, or abstains where there is no answer."""
    return cites(result) if result.case.answerable else result.answer.abstained


def _holds(document_id: str, start: int, end: int, result: Result) -> bool:
    return document_id == result.gold_document and any(
        start <= gold_start and gold_end <= end for gold_start, gold_end in result.gold
    )


def _share(flags: Iterable[bool]) -> float | None:
    found = list(flags)
    return sum(found) / len(found) if found else None
