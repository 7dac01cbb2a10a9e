"""A sweep: each setting's figures beside the first's, and quality against latency."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from eval.compare import changed_cases, differences
from eval.metrics.paired import Paired
from eval.reports.plots import SweepPoint, quality_against_latency
from eval.results import RunResult

Labelled = tuple[str, RunResult]
_SHOWN = 8


def show_comparison(runs: Sequence[Labelled], console: Console) -> None:
    """A table for each run after the first; a star marks what is beyond chance."""
    (first_label, first), *others = runs
    for label, run in others:
        table = Table(title=Text(f"{first_label} and {label}"))
        for column in ("metric", first_label, label, "difference", "95 % interval", "cases"):
            table.add_column(Text(column), justify="left" if column == "metric" else "right")
        for name, found in differences(first, run).items():
            table.add_row(name, *_row(found))
        console.print(table)
        lost, won = changed_cases(first, run)
        console.print(Text(f"right only with {first_label}: {_shown(lost)}"))
        console.print(Text(f"right only with {label}: {_shown(won)}"))


def comparison_plot(runs: Sequence[Labelled]) -> str:
    """An SVG of the share of cases that are right against the time of an answer."""
    return quality_against_latency([_point(label, run) for label, run in runs])


def _row(found: Paired) -> tuple[str, ...]:
    star = " *" if found.beyond_chance else ""
    return (
        f"{found.before:.3f}",
        f"{found.after:.3f}",
        f"{found.after - found.before:+.3f}{star}",
        f"{found.low:+.3f} to {found.high:+.3f}",
        str(found.cases),
    )


def _shown(ids: Sequence[str]) -> str:
    if not ids:
        return "none"
    more = f" and {len(ids) - _SHOWN} more" if len(ids) > _SHOWN else ""
    return f"{len(ids)}: {', '.join(ids[:_SHOWN])}{more}"


def _point(label: str, run: RunResult) -> SweepPoint:
    quality = run.figure("right")
    return SweepPoint(
        label=label,
        quality=quality.value or 0.0,
        quality_low=quality.low or 0.0,
        quality_high=quality.high or 0.0,
        latency_p50_ms=run.figure("latency p50 ms").value or 0.0,
        latency_p95_ms=run.figure("latency p95 ms").value or 0.0,
    )
