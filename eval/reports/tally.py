"""What the reports count for themselves: cases right by tag, and time by stage."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite, sqrt

import numpy as np

from eval.results import CaseResult

_Z = 1.959964  # of 95 %
_LAST_STAGES = ("total", "round_trip")


@dataclass(frozen=True, slots=True)
class TagCount:
    tag: str
    right: int
    count: int

    @property
    def share(self) -> float:
        return self.right / self.count

    @property
    def bounds(self) -> tuple[float, float]:
        return wilson(self.right, self.count)


@dataclass(frozen=True, slots=True)
class StageTimes:
    stage: str
    times_ms: tuple[float, ...]
    """Sorted."""

    @property
    def median(self) -> float:
        return float(np.quantile(self.times_ms, 0.5))

    @property
    def p95(self) -> float:
        return float(np.quantile(self.times_ms, 0.95))


def by_tag(cases: Sequence[CaseResult]) -> list[TagCount]:
    """Sorted by tag."""
    found = []
    for tag in sorted({tag for result in cases for tag in result.case.tags}):
        of_tag = [result for result in cases if tag in result.case.tags]
        found.append(TagCount(tag, sum(result.right for result in of_tag), len(of_tag)))
    return found


def by_stage(cases: Sequence[CaseResult]) -> list[StageTimes]:
    """In the order in which the stages run, as far as targets tell them in that order."""
    times: dict[str, list[float]] = {}
    for result in cases:
        for stage, taken in result.response.timings_ms.items():
            if isfinite(taken):
                times.setdefault(stage, []).append(taken)
    stages = sorted(times, key=lambda s: _LAST_STAGES.index(s) if s in _LAST_STAGES else -1)
    return [StageTimes(stage, tuple(sorted(times[stage]))) for stage in stages]


def wilson(right: int, count: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927): it holds for few cases and near 0 and 1 too."""
    share = right / count
    scale = 1 + _Z**2 / count
    middle = (share + _Z**2 / (2 * count)) / scale
    half = _Z / scale * sqrt(share * (1 - share) / count + _Z**2 / (4 * count**2))
    return max(0.0, middle - half), min(1.0, middle + half)
