"""The pictures of a run, each an inline SVG; an empty string where there is nothing to draw."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import TYPE_CHECKING

from eval.metrics.abstention import BINS
from eval.reports.svg import ACCENT, INK, LINE, QUIET, drawing
from eval.reports.tally import StageTimes, TagCount, by_stage, by_tag, wilson
from eval.results import CaseResult
from ingest.legible import on_one_line, shortened

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MOST_TAGS = 24
_LONGEST_LABEL = 22
_WHOLE = "total"
_DASHES = ("--", ":", "-.", (0, (6, 1, 1, 1, 1, 1)))
_SHORTEST_MS = 0.01  # a logarithmic axis has no nought
_SQUARE = (4.6, 3.6)


@dataclass(frozen=True, slots=True)
class SweepPoint:
    """A setting that was tried: how good its answers are, and how long they take."""

    label: str
    quality: float
    quality_low: float
    quality_high: float
    latency_p50_ms: float
    latency_p95_ms: float


@dataclass(frozen=True, slots=True)
class _Bin:
    confidence: float
    """Mean of the bin."""
    answerable: int
    count: int


def reliability_curve(cases: Sequence[CaseResult]) -> str:
    """Of the questions with about this confidence, how many can be answered: on the diagonal when
    the confidence is a probability. Cases that may go either way do not count."""
    bins = _bins(cases)
    if not bins:
        return ""
    counted = sum(one.count for one in bins)
    title = f"Confidence against the share of answerable questions, {counted} cases"
    return drawing("reliability", title, _SQUARE, lambda axes: _paint_reliability(axes, bins))


def latency_plot(cases: Sequence[CaseResult]) -> str:
    """For each stage, the share of answers that took at most so long."""
    stages = [stage for stage in by_stage(cases) if stage.times_ms[-1] > 0]
    if not stages:
        return ""
    medians = ", ".join(f"{stage.stage} {stage.median:.0f} ms" for stage in stages)
    title = f"Share of answers by time taken. Medians: {medians}"
    return drawing("latency", title, _SQUARE, lambda axes: _paint_latency(axes, stages))


def tag_plot(cases: Sequence[CaseResult]) -> str:
    """Share right by tag with 95 % Wilson intervals; of many tags, those with the most cases."""
    tags = sorted(by_tag(cases), key=lambda tag: (-tag.count, tag.tag))[:_MOST_TAGS]
    if not tags:
        return ""
    ranked = sorted(tags, key=lambda tag: (-tag.share, tag.tag))
    size = (_SQUARE[0], max(_SQUARE[1], 0.26 * len(ranked) + 0.7))
    return drawing("tags", "Share right by tag", size, lambda axes: _paint_tags(axes, ranked))


def quality_against_latency(points: Sequence[SweepPoint]) -> str:
    """Each setting's quality over its time; lines span the quality's interval and p50 to p95."""
    if not points:
        return ""
    title = f"Quality against latency of {len(points)} settings"
    return drawing("sweep", title, (6.4, 4.2), lambda axes: _paint_sweep(axes, points))


def _bins(cases: Sequence[CaseResult]) -> list[_Bin]:
    counted: dict[int, list[tuple[float, bool]]] = {}
    for result in cases:
        answerable, confidence = result.case.answerable, result.response.confidence
        if answerable is not None and confidence is not None and 0 <= confidence <= 1:
            place = min(BINS - 1, int(confidence * BINS))
            counted.setdefault(place, []).append((confidence, answerable))
    return [
        _Bin(sum(c for c, _ in of_bin) / len(of_bin), sum(a for _, a in of_bin), len(of_bin))
        for _, of_bin in sorted(counted.items())
    ]


def _paint_reliability(axes: "Axes", bins: Sequence[_Bin]) -> None:
    at = [one.confidence for one in bins]
    shares = [one.answerable / one.count for one in bins]
    axes.plot([0, 1], [0, 1], color=QUIET, linestyle="--", linewidth=1)
    for one in bins:
        low, high = wilson(one.answerable, one.count)
        axes.plot([one.confidence] * 2, [low, high], color=ACCENT, linewidth=4, alpha=0.25)
    axes.plot(at, shares, color=ACCENT, marker="o", markersize=5, clip_on=False)
    for one in bins:
        axes.text(one.confidence, 1.06, str(one.count), ha="center", color=QUIET, fontsize=9)
    axes.text(-0.02, 1.06, "n", ha="right", color=QUIET, fontsize=9)
    axes.set(xlim=(0, 1), ylim=(-0.02, 1.02), xlabel="confidence", ylabel="answerable")


def _paint_latency(axes: "Axes", stages: Sequence[StageTimes]) -> None:
    quiet = cycle(_DASHES)
    for stage in stages:
        count, whole = len(stage.times_ms), stage.stage == _WHOLE
        axes.step(
            [max(taken, _SHORTEST_MS) for taken in stage.times_ms],
            [(place + 1) / count for place in range(count)],
            where="post",
            color=ACCENT if whole else INK,
            linestyle="-" if whole else next(quiet),
            linewidth=2.2 if whole else 1.1,
            label=_label(stage.stage),
        )
    axes.set_xscale("log")
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
    axes.set(ylim=(0, 1.02), xlabel="milliseconds", ylabel="share of answers")
    figure = axes.get_figure(root=True)
    assert figure is not None
    figure.legend(loc="outside upper left", ncols=3, frameon=False, fontsize=10, handlelength=2)


def _paint_tags(axes: "Axes", tags: Sequence[TagCount]) -> None:
    for row, tag in enumerate(tags):
        axes.plot(tag.bounds, [row, row], color=ACCENT, linewidth=5, alpha=0.25)
        axes.plot([tag.share], [row], color=ACCENT, marker="o", markersize=5, clip_on=False)
        axes.text(1.03, row, f"{tag.right}/{tag.count}", va="center", color=QUIET, fontsize=9)
    axes.set_yticks(range(len(tags)), [_label(tag.tag) for tag in tags])
    axes.set(xlim=(0, 1), ylim=(len(tags) - 0.5, -0.5), xlabel="right")
    axes.grid(visible=False, axis="y")


def _paint_sweep(axes: "Axes", points: Sequence[SweepPoint]) -> None:
    for point in points:
        at, quality = point.latency_p50_ms, point.quality
        bounds = [point.quality_low, point.quality_high]
        axes.plot([at, at], bounds, color=ACCENT, linewidth=4, alpha=0.25)
        axes.plot([at, point.latency_p95_ms], [quality] * 2, color=LINE, linewidth=1.2)
        axes.plot([at], [quality], color=ACCENT, marker="o", markersize=6)
        axes.annotate(
            _label(point.label), (at, quality), (6, 5), textcoords="offset points", fontsize=10
        )
    axes.set(xlabel="milliseconds, median to 95th percentile", ylabel="quality")
    axes.margins(x=0.12, y=0.12)


def _label(text: str) -> str:
    return shortened(on_one_line(text), _LONGEST_LABEL)
