"""The table of a run, and the cases that went wrong."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from eval import metrics
from eval.metrics import Result


def figures(results: Sequence[Result]) -> dict[str, float | None]:
    """The run's figures by name, in the order they are shown."""
    return {
        "retrieval hit@1": metrics.hit_rate(results, 1),
        "retrieval hit@5": metrics.hit_rate(results, 5),
        "citations verbatim": metrics.verbatim_citations(results),
        "cites the gold words": metrics.cites_gold(results),
        "cites the gold words first": metrics.cites_gold(results, 1),
        "answered when answerable": metrics.answered(results),
        "abstained when not": metrics.refused(results),
        "mean statements": metrics.mean_statements(results),
    }


def show(results: Sequence[Result], console: Console) -> None:
    table = Table(title=f"{len(results)} cases")
    table.add_column("metric")
    table.add_column("value", justify="right")
    for name, value in figures(results).items():
        table.add_row(name, "-" if value is None else f"{value:.3f}")
    console.print(table)
    by_tag = Table(title="cases right, by tag")
    by_tag.add_column("tag")
    by_tag.add_column("right", justify="right")
    for tag in sorted({tag for r in results for tag in r.case.tags}):
        of_tag = [r for r in results if tag in r.case.tags]
        by_tag.add_row(tag, f"{sum(map(metrics.passed, of_tag))} of {len(of_tag)}")
    console.print(by_tag)


def show_failures(results: Sequence[Result], console: Console) -> None:
    for result in results:
        if not metrics.passed(result):
            console.print(Text(f"{result.case.id}: {result.case.question}", style="bold"))
            wanted = " / ".join(result.case.gold) or "an abstention"
            console.print(Text(f"  wanted: {wanted}"))
            console.print(
                Text(f"  got ({result.answer.confidence:.2f}): {result.answer.text}", style="dim")
            )
