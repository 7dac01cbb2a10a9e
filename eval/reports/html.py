"""A run as one HTML file that needs nothing else: no server, no network, no other file."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.cases.case import MUST
from eval.gate import Verdict
from eval.reports.case_view import case_views
from eval.reports.changes import changes_in_words
from eval.reports.excerpts import CaseExcerpts
from eval.reports.numbers import by_group, difference, interval, number
from eval.reports.plots import latency_plot, reliability_curve, tag_plot
from eval.results import Figure, RunResult
from ingest.legible import without_controls

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_TEMPLATE = "report.html.j2"
_STYLES = (
    ("service", "web/page/base.css"),
    ("eval", "reports/report.css"),
    ("eval", "reports/report_filters.css"),
    ("eval", "reports/report_cases.css"),
)
_STATES = ("wrong", "right", "broken", "mended", "reworded")
_FLAGS = (MUST, "abstained")


@dataclass(frozen=True, slots=True)
class _FigureRow:
    figure: Figure
    value: str
    interval: str
    change: str

    @property
    def bar(self) -> tuple[float, float, float] | None:
        """Low, value and high in percent; None for what is no share."""
        low, value, high = self.figure.low, self.figure.value, self.figure.high
        if low is None or value is None or high is None or not 0 <= low <= high <= 1:
            return None
        return round(100 * low, 2), round(100 * value, 2), round(100 * high, 2)


def write_html(
    run: RunResult,
    verdict: Verdict | None,
    excerpts: Mapping[str, CaseExcerpts],
    path: Path,
) -> None:
    """`excerpts` by case id; a case without any is shown without its sources' words.

    The page's policy allows its own style and script alone, by their hashes, and no requests.
    """
    style = _as_it_is("".join(_own(package, name) for package, name in _STYLES))
    script = _as_it_is(_own("eval", "reports/report.js"))
    plots = {
        "Is the confidence a probability?": reliability_curve(run.cases),
        "How long answers take": latency_plot(run.cases),
        "Right by tag": tag_plot(run.cases),
    }
    template = _environment().get_template(_TEMPLATE)
    page = template.render(
        **_content(run, verdict, excerpts),
        style=style,
        script=script,
        policy=_policy(style, script),
        plots={caption: _as_it_is(svg) for caption, svg in plots.items() if svg},
    )
    path.write_text(page, "utf-8", errors="replace", newline="\n")


def _content(
    run: RunResult, verdict: Verdict | None, excerpts: Mapping[str, CaseExcerpts]
) -> dict[str, Any]:
    tags = sorted({tag for result in run.cases for tag in result.case.tags} - {MUST})
    cases = case_views(run, verdict, excerpts, tags)
    kinds = {kind for case in cases for kind in case.kinds}
    return {
        "run": run,
        "verdict": verdict,
        "changes_in_words": changes_in_words(verdict) if verdict else "",
        "right": sum(result.right for result in run.cases),
        "created": run.created[:16].replace("T", " "),
        "groups": _groups(run, verdict),
        "tags": tags,
        "cases": cases,
        "states": [state for state in _STATES if state in kinds],
        "flags": [flag for flag in _FLAGS if flag in kinds],
    }


def _groups(run: RunResult, verdict: Verdict | None) -> list[tuple[str, list[_FigureRow]]]:
    drops = {drop.metric: drop for drop in verdict.drops} if verdict else {}
    rows = {}
    for figure in run.figures:
        drop = drops.get(figure.name)
        rows[figure.name] = _FigureRow(
            figure,
            number(figure.value),
            interval(figure.low, figure.high, figure.value),
            difference(drop.before, drop.after) if drop else "",
        )
    return [(group, [rows[f.name] for f in of_it]) for group, of_it in by_group(run.figures)]


def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        finalize=_without_controls,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


def _without_controls(value: Any) -> Any:
    return without_controls(value) if type(value) is str else value


def _as_it_is(text: str) -> "Markup":
    """Unescaped: only for our own files, and for pictures, whose texts matplotlib has escaped."""
    from markupsafe import Markup

    return Markup(text)  # noqa: S704


def _own(package: str, name: str) -> str:
    return files(package).joinpath(name).read_text("utf-8")


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
