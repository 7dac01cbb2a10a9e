"""The generated parts of README.md: `make docs` writes them, `make check` compares them."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from eval.metrics import METRICS
from eval.mutations.check import BREAKAGES, FAULTS
from service.assembly import Assembly
from service.http.schemas import AnswerOut
from service.observing.exposition import Sizes, size_metrics
from service.observing.metrics import REGISTRY
from service.settings import ServiceSettings

QUESTION = "Who released the report on forced labor in Xinjiang and Tibet?"


def command(*words: str) -> str:
    """What `python -m WORDS...` prints, over an index of seeds/, as a fenced block."""
    variables = {"COLUMNS": "90", "NO_COLOR": "1", "FOOTNOTE_INDEX": index_over_seeds()}
    done = subprocess.run(
        [sys.executable, "-m", *words],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | variables,
    )
    asked = " ".join(f'"{word}"' if " " in word else word for word in words)
    lines = [line.rstrip() for line in done.stdout.rstrip().splitlines()]
    return "\n".join(["```text", f"$ python -m {asked}", *lines, "```", ""])


def json_answer() -> str:
    """The body of an answer, its passages cut short, what differs from run to run left out."""
    answer = Assembly(ServiceSettings(index=index_over_seeds())).answerer().ask(QUESTION)
    body = AnswerOut.of(answer).model_dump(exclude={"id", "timings_ms", "confidence"})
    body["passages"] = [
        {**{k: v for k, v in p.items() if k != "score"}, "text": p["text"][:40] + "..."}
        for p in body["passages"][:1]
    ]
    return f"```json\n{json.dumps(body, indent=2, ensure_ascii=False)}\n```\n"


def settings_table() -> str:
    rows = [
        f"| `FOOTNOTE_{name.upper()}` | {_default(field.default)} | {field.description} |"
        for name, field in ServiceSettings.model_fields.items()
    ]
    return "\n".join(["| variable | default | meaning |", "| --- | --- | --- |", *rows, ""])


def metrics_table() -> str:
    rows = [f"| {m.name} | {m.group} | {'yes' if m.gated else ''} | {m.formula} |" for m in METRICS]
    return "\n".join(["| metric | of | gated | formula |", "| --- | --- | --- | --- |", *rows, ""])


def prometheus_table() -> str:
    """The metrics of GET /metrics, with the labels that their help names."""
    families = [*REGISTRY.collect(), *size_metrics(Sizes())]
    rows = [
        f"| `{one.name}{'_total' * (one.type == 'counter')}` | {one.type} | {one.documentation} |"
        for one in sorted(families, key=lambda family: family.name)
    ]
    return "\n".join(["| metric | type | meaning |", "| --- | --- | --- |", *rows, ""])


def mutations_list() -> str:
    faults: tuple[Callable[..., object], ...] = (*FAULTS, *BREAKAGES)
    lines = [
        f"- {fault.__name__.replace('_', ' ')}: {' '.join((fault.__doc__ or '').split())}"
        for fault in faults
    ]
    return "\n".join([*lines, ""])


def file(path: str, language: str) -> str:
    return f"```{language}\n{Path(path).read_text('utf-8').rstrip()}\n```\n"


def _default(value: object) -> str:
    return "" if value in (None, {}) or not str(value) else f"`{value}`"


@cache
def index_over_seeds() -> str:
    place = tempfile.mkdtemp() + "/index"
    made = [sys.executable, "-m", "ingest", "seeds", "--index", place]
    subprocess.run(made, capture_output=True, check=True)
    return place
