"""What the gate keeps of an earlier run: one line a case, so that a review can read its changes."""

import hashlib
import json
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from eval.cases.case import Case
from eval.metrics import METRICS
from eval.results import CaseResult, RunResult
from ingest.errors import FootnoteError

_KEPT = {metric.name for metric in METRICS if metric.group != "cost"}


class BaselineError(FootnoteError):
    """A baseline file that cannot be used."""


class BaselineCase(BaseModel):
    """What is kept of a case's earlier result."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fingerprint: str
    """Of the case itself, to tell when the question or its gold were edited."""
    must: bool
    right: bool
    answer: str
    cited: tuple[str, ...]
    """What its footnotes point at: source, start and end."""
    rows: dict[str, tuple[float, ...]]
    """Metric name to the case's numbers; times and tokens are left out."""


class Baseline(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    suite: str
    target: str
    model: str
    judge: str
    settings: dict[str, str]
    cases: dict[str, BaselineCase]

    @classmethod
    def of(cls, run: RunResult) -> "Baseline":
        return cls(
            suite=run.suite,
            target=run.target,
            model=run.model,
            judge=run.judge,
            settings=run.settings,
            cases={result.case.id: _kept(result) for result in run.cases},
        )


def _kept(result: CaseResult) -> BaselineCase:
    return BaselineCase(
        fingerprint=fingerprint(result.case),
        must=result.case.must,
        right=result.right,
        answer=result.response.answer,
        cited=cited(result),
        rows={name: row for name, row in result.rows.items() if name in _KEPT},
    )


def cited(result: CaseResult) -> tuple[str, ...]:
    return tuple(f"{c.source} {c.start}-{c.end}" for c in result.response.citations)


def fingerprint(case: Case) -> str:
    """Of what is asked and what is right. Tags and notes may change without a new baseline, and
    so may the program: a field that is left out does not count."""
    asked = case.model_dump_json(exclude={"tags", "note"}, exclude_defaults=True)
    return hashlib.sha256(asked.encode()).hexdigest()[:12]


def save_baseline(baseline: Baseline, path: Path) -> None:
    """Raises BaselineError when the file cannot be written."""
    head = baseline.model_dump(exclude={"cases"})
    lines = [
        f"{json.dumps(name)}: {json.dumps(case.model_dump(), ensure_ascii=False)}"
        for name, case in baseline.cases.items()
    ]
    text = json.dumps(head, ensure_ascii=False)[:-1] + ', "cases": {\n' + ",\n".join(lines)
    try:
        path.write_text(text + "\n}}\n", "utf-8")
    except OSError as error:
        raise BaselineError(f"{path} cannot be written: {error.strerror}") from None


def load_baseline(path: Path) -> Baseline:
    """Raises BaselineError when the file is missing or is no baseline."""
    try:
        return Baseline.model_validate_json(path.read_bytes())
    except OSError as error:
        raise BaselineError(
            f"the baseline {path} cannot be read: {error.strerror}; "
            "--save-baseline writes one from a run"
        ) from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the file"
        raise BaselineError(f"{path} is no baseline: {place}: {first['msg']}") from None
