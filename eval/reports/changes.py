"""The changes of a verdict, as every report tells them."""

from typing import Literal

from eval.gate import Change, Verdict

_KINDS: tuple[Literal["broken", "mended", "reworded"], ...] = ("broken", "mended", "reworded")
_MOST = 20  # mended and reworded cases that are shown; broken ones all are
_MOST_IDS = 20


def shown_changes(verdict: Verdict) -> list[Change]:
    """Broken cases, the ones that must not first; then so many of the mended and the reworded."""
    by_kind = {kind: [c for c in verdict.changes if c.kind == kind] for kind in _KINDS}
    broken = sorted(by_kind["broken"], key=lambda change: not change.must)
    return [*broken, *by_kind["mended"][:_MOST], *by_kind["reworded"][:_MOST]]


def changes_in_words(verdict: Verdict) -> str:
    """How many of each kind, and which cases could not be compared."""
    kinds = [change.kind for change in verdict.changes]
    told = ", ".join(f"{kinds.count(kind)} {kind}" for kind in _KINDS)
    apart = verdict.not_compared
    if apart:
        more = f" and {len(apart) - _MOST_IDS} more" if len(apart) > _MOST_IDS else ""
        told += f"; not compared, being new, edited or gone: {', '.join(apart[:_MOST_IDS])}{more}"
    return told
