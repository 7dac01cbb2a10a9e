"""How far a judge agrees with people."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table
from rich.text import Text

from eval.judges.judge import SUPPORTED, Judge
from eval.judges.labels import Labelled


@dataclass(frozen=True, slots=True)
class Judged:
    labelled: Labelled
    score: float

    @property
    def supported(self) -> bool:
        return self.score >= SUPPORTED

    @property
    def agrees(self) -> bool:
        return self.supported == self.labelled.supported


@dataclass(frozen=True, slots=True)
class Agreement:
    """Figures take "supported" for the positive class; None is what cannot be computed, as the
    precision of a judge that supports nothing, or the AUROC of labels of one class.
    """

    judge: str
    judged: tuple[Judged, ...]
    accuracy: float | None
    precision: float | None
    recall: float | None
    f1: float | None
    kappa: float | None
    """Cohen's: 1 is agreement, 0 what chance would give."""
    auroc: float | None
    """Of the scores, whatever the threshold: 0.5 is chance."""

    @property
    def n(self) -> int:
        return len(self.judged)

    @property
    def disagreements(self) -> tuple[Judged, ...]:
        return tuple(one for one in self.judged if not one.agrees)

    def by_kind(self) -> dict[tuple[str, bool], tuple[int, int]]:
        """Of each kind and label, how many the judge got right and how many there are."""
        counts: dict[tuple[str, bool], tuple[int, int]] = {}
        for one in self.judged:
            key = (one.labelled.kind, one.labelled.supported)
            right, of = counts.get(key, (0, 0))
            counts[key] = (right + one.agrees, of + 1)
        return counts


def agreement(judge: Judge, labelled: Sequence[Labelled]) -> Agreement:
    """Asks the judge for each pair. Raises JudgeError."""
    judged = tuple(Judged(one, judge.supports(one.statement, one.evidence)) for one in labelled)
    return Agreement(judge=judge.name, judged=judged, **_statistics(judged))


def show_agreement(found: Agreement, console: Console, *, disagreements: bool = False) -> None:
    table = Table(title=f"{found.judge}: agreement with people on {found.n} statements")
    table.add_column("figure")
    table.add_column("value", justify="right")
    for name in ("accuracy", "precision", "recall", "f1", "kappa", "auroc"):
        value = getattr(found, name)
        table.add_row(name, "-" if value is None else f"{value:.3f}")
    console.print(table)
    console.print(_kinds(found))
    if disagreements:
        show_disagreements(found, console)


def show_disagreements(found: Agreement, console: Console) -> None:
    for one in found.disagreements:
        label = "supported" if one.labelled.supported else "not supported"
        kind = f" ({one.labelled.kind})" if one.labelled.kind else ""
        console.print(Text(f"{label}{kind}, judged {one.score:.2f}", style="bold"))
        console.print(Text(f"  statement: {one.labelled.statement}"))
        console.print(Text(f"  evidence:  {' '.join(one.labelled.evidence.split())}", style="dim"))


def _kinds(found: Agreement) -> Table:
    table = Table(title="judged right, by kind")
    table.add_column("kind")
    table.add_column("label")
    table.add_column("right", justify="right")
    for (kind, supported), (right, of) in sorted(
        found.by_kind().items(), key=lambda item: (not item[0][1], item[0][0])
    ):
        label = "supported" if supported else "not supported"
        table.add_row(Text(kind or "-"), label, f"{right} of {of}")
    return table


def _statistics(judged: Sequence[Judged]) -> dict[str, float | None]:
    from sklearn import metrics  # takes a second to import

    true = [one.labelled.supported for one in judged]
    said = [one.supported for one in judged]
    both = len(set(true)) == 2
    nan = {"zero_division": math.nan}
    values = {
        "accuracy": metrics.accuracy_score(true, said) if judged else None,
        "precision": metrics.precision_score(true, said, **nan) if any(said) else None,
        "recall": metrics.recall_score(true, said, **nan) if any(true) else None,
        "f1": metrics.f1_score(true, said, **nan) if any(true) or any(said) else None,
        "kappa": metrics.cohen_kappa_score(true, said) if len({*true, *said}) == 2 else None,
        "auroc": metrics.roc_auc_score(true, [one.score for one in judged]) if both else None,
    }
    return {name: None if value is None else float(value) for name, value in values.items()}
