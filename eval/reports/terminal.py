"""A run, a verdict and the failed cases in the terminal, or in a pipe."""

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from eval.gate import Change, Verdict
from eval.reports.changes import changes_in_words, shown_changes
from eval.reports.difference import Kind, word_difference
from eval.reports.numbers import by_group, difference, interval, number
from eval.reports.tally import by_stage, by_tag
from eval.reports.wanted import wanted
from eval.results import CaseResult, Figure, RunResult
from ingest.legible import legible

Beside = Sequence[tuple[str, Sequence[Figure]]]

_STYLES: dict[Kind, str] = {"same": "", "removed": "red strike", "added": "green"}
_SIGNS: dict[Kind, tuple[str, str]] = {
    "same": ("", ""),
    "removed": ("[-", "-]"),
    "added": ("{+", "+}"),
}


def show_run(
    run: RunResult, verdict: Verdict | None, console: Console, beside: Beside = ()
) -> None:
    """Figures, cases right by tag, time by stage, and the verdict where there is one.

    `beside` is what others reach on the same cases, a label and figures each: a column for each.
    """
    right = sum(result.right for result in run.cases)
    console.print(_text(f"{run.suite}: {right} of {len(run.cases)} cases right", "bold"))
    model = f", {run.model}" if run.model else ""
    console.print(_text(f"{run.target}{model}, {run.created}", "dim"))
    console.print(_figures(run, beside))
    _print_filled(_tags(run), console)
    _print_filled(_stages(run), console)
    if verdict is not None:
        show_verdict(verdict, console)


def show_verdict(verdict: Verdict, console: Console) -> None:
    """Passed or failed, and why; then each changed case with its old and its new answer."""
    if verdict.passed:
        console.print(Text("PASSED", style="bold green"))
    else:
        console.print(Text("FAILED", style="bold red"))
    for problem in verdict.problems:
        console.print(Padding(_text(f"- {problem}"), (0, 0, 0, 2)))
    _print_filled(_drops(verdict), console)
    for note in verdict.notes:
        console.print(Padding(_text(f"note: {note}", "dim"), (0, 0, 0, 2)))
    for change in shown_changes(verdict):
        _show_change(change, console)
    console.print(_text(changes_in_words(verdict), "dim"))


def show_failures(run: RunResult, console: Console) -> None:
    """Each case that is not right: what was wanted, what came, and with what confidence."""
    for result in run.cases:
        if not result.right:
            _show_failure(result, console)


def _figures(run: RunResult, beside: Beside) -> Table:
    table = _table("metric", "value", "95 %", "cases", *(legible(label) for label, _ in beside))
    others = [{figure.name: figure for figure in figures} for _, figures in beside]
    for group, figures in by_group(run.figures):
        table.add_row(_text(group, "bold"))
        for figure in figures:
            table.add_row(
                _text(f"  {figure.name}"),
                number(figure.value),
                interval(figure.low, figure.high, figure.value),
                str(figure.count),
                *(number(of[figure.name].value) if figure.name in of else "" for of in others),
            )
        table.add_section()
    return table


def _tags(run: RunResult) -> Table:
    table = _table("tag", "right", "share", "95 %")
    for tag in by_tag(run.cases):
        table.add_row(
            _text(tag.tag),
            f"{tag.right} of {tag.count}",
            number(tag.share),
            interval(*tag.bounds),
        )
    return table


def _stages(run: RunResult) -> Table:
    table = _table("stage", "median ms", "p95 ms", "cases")
    for stage in by_stage(run.cases):
        count = str(len(stage.times_ms))
        table.add_row(_text(stage.stage), f"{stage.median:,.1f}", f"{stage.p95:,.1f}", count)
    return table


def _drops(verdict: Verdict) -> Table:
    table = _table("metric", "before", "now", "change", "95 %")
    for drop in verdict.drops:
        table.add_row(
            _text(drop.metric),
            number(drop.before),
            number(drop.after),
            difference(drop.before, drop.after),
            interval(drop.low, drop.high),
        )
    return table


def _table(*columns: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD)
    for position, column in enumerate(columns):
        table.add_column(
            Text(column),
            justify="right" if position else "left",
            overflow="fold",
            no_wrap=column in ("value", "95 %"),
        )
    return table


def _print_filled(table: Table, console: Console) -> None:
    if table.row_count:
        console.print(table)


def _show_change(change: Change, console: Console) -> None:
    style = {"broken": "bold red", "mended": "bold green", "reworded": "bold"}[change.kind]
    heading = _text(f"{change.kind} ", style)
    if change.must:
        heading.append("must ", style)
    console.print(heading + _text(f"{change.id}: {change.question}", "bold"))
    _print_reasons(change.reasons, console)
    if change.before == change.after:
        _indented(_text(f"the same answer with other footnotes: {change.after}"), console)
    elif change.before:
        _indented(_answer_difference(change, console), console)
    else:
        _indented(_text(f"now: {change.after or 'no answer'}"), console)
    console.print()


def _answer_difference(change: Change, console: Console) -> Text:
    """Colours where there are any, else the signs of `wdiff`."""
    coloured = console.color_system is not None and not console.no_color
    text = Text()
    for piece in word_difference(legible(change.before), legible(change.after)):
        words = piece.text.rstrip()
        opening, closing = ("", "") if coloured else _SIGNS[piece.kind]
        text.append(f"{opening}{words}{closing}", _STYLES[piece.kind] if coloured else "")
        text.append(piece.text[len(words) :] or ("" if piece.kind == "same" else " "))
    return text


def _show_failure(result: CaseResult, console: Console) -> None:
    case, response = result.case, result.response
    console.print(_text(f"{case.id}: {case.question}", "bold"))
    _print_reasons(result.reasons, console)
    for line in wanted(case):
        _indented(_text(f"wanted {line}"), console)
    confidence = "" if response.confidence is None else f" ({response.confidence:.2f})"
    abstained = " [abstains]" if response.abstained else ""
    _indented(_text(f"got{confidence}{abstained}: {response.answer or 'nothing'}", "dim"), console)
    console.print()


def _print_reasons(reasons: Sequence[str], console: Console) -> None:
    for reason in reasons:
        _indented(_text(reason, "red"), console)


def _indented(text: Text, console: Console) -> None:
    console.print(Padding(text, (0, 0, 0, 2)))


def _text(words: str, style: str = "") -> Text:
    return Text(legible(words), style=style)
