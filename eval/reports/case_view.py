"""A case as the page shows it: what the template needs and does not work out itself."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from eval.cases.case import MUST
from eval.gate import Change, Verdict
from eval.reports.difference import Piece, word_difference
from eval.reports.excerpts import CaseExcerpts, Excerpt
from eval.reports.wanted import wanted
from eval.results import CaseResult, RunResult
from eval.targets.response import RankedPassage
from ingest.legible import shortened

_NO_EXCERPTS = CaseExcerpts((), ())
_MOST_PASSAGES = 10
_PASSAGES_IN_ALL = 2400  # keeps the page of a large run at a size that opens at once
_LONGEST_PASSAGE = 140


@dataclass(frozen=True, slots=True)
class PassageView:
    score: float
    source: str
    """Empty where no citation of the run tells the document's source."""
    text: str


@dataclass(frozen=True, slots=True)
class CaseView:
    number: int
    result: CaseResult
    state: str
    """In one word, the most telling: broken, mended, failed, wrong or right."""
    kinds: tuple[str, ...]
    """What the filters can pick it by."""
    tags: tuple[int, ...]
    """Positions in the page's list of tags."""
    wanted: tuple[str, ...]
    cited: tuple[Excerpt, ...]
    gold: tuple[Excerpt, ...]
    """Those of gold words that the answer does not cite."""
    passages: tuple[PassageView, ...]
    not_shown: int
    """How many more passages were retrieved."""
    change: Change | None
    old: tuple[Piece, ...]
    new: tuple[Piece, ...]
    """The answers before and now, what differs marked; both empty for a case without a change."""


def case_views(
    run: RunResult,
    verdict: Verdict | None,
    excerpts: Mapping[str, CaseExcerpts],
    tags: Sequence[str],
) -> list[CaseView]:
    """In the order of the run."""
    changes = {change.id: change for change in verdict.changes} if verdict else {}
    positions = {tag: position for position, tag in enumerate(tags)}
    sources = {c.document_id: c.source for r in run.cases for c in r.response.citations}
    most = _most_passages(run)
    return [
        _view(
            number,
            result,
            changes.get(result.case.id),
            excerpts.get(result.case.id, _NO_EXCERPTS),
            tuple(positions[tag] for tag in dict.fromkeys(result.case.tags) if tag in positions),
            tuple(_passages(result.response.passages[: most[result.right]], sources)),
        )
        for number, result in enumerate(run.cases, 1)
    ]


def _most_passages(run: RunResult) -> dict[bool, int]:
    """How many to show of a case, by whether it is right: those of wrong cases come first."""
    right = sum(result.right for result in run.cases)
    wrong = len(run.cases) - right
    of_wrong = min(_MOST_PASSAGES, _PASSAGES_IN_ALL // max(1, wrong))
    of_right = min(_MOST_PASSAGES, (_PASSAGES_IN_ALL - wrong * of_wrong) // max(1, right))
    return {False: of_wrong, True: of_right}


def _view(
    number: int,
    result: CaseResult,
    change: Change | None,
    excerpts: CaseExcerpts,
    tags: tuple[int, ...],
    passages: tuple[PassageView, ...],
) -> CaseView:
    pieces = word_difference(change.before, change.after) if change and change.before else ()
    return CaseView(
        number=number,
        result=result,
        state=_state(result, change),
        kinds=tuple(_kinds(result, change)),
        tags=tags,
        wanted=wanted(result.case),
        cited=excerpts.cited,
        gold=tuple(excerpt for excerpt in excerpts.gold if not excerpt.words("both")),
        passages=passages,
        not_shown=len(result.response.passages) - len(passages),
        change=change,
        old=tuple(piece for piece in pieces if piece.kind != "added"),
        new=tuple(piece for piece in pieces if piece.kind != "removed"),
    )


def _state(result: CaseResult, change: Change | None) -> str:
    if change and change.kind != "reworded":
        return change.kind
    if result.response.error is not None:
        return "failed"
    return "right" if result.right else "wrong"


def _kinds(result: CaseResult, change: Change | None) -> Iterator[str]:
    yield "right" if result.right else "wrong"
    if change:
        yield change.kind
    if result.case.must:
        yield MUST
    if result.response.abstained and result.response.error is None:
        yield "abstained"


def _passages(
    passages: Sequence[RankedPassage], sources: Mapping[str | None, str]
) -> Iterator[PassageView]:
    for passage in passages:
        text = shortened(" ".join(passage.text.split()), _LONGEST_PASSAGE)
        yield PassageView(passage.score, sources.get(passage.document_id, ""), text)
