"""A run in Markdown, for a pull request's comment or a job's summary."""

import re
from collections.abc import Iterator, Sequence

from eval.gate import Drop, Verdict
from eval.reports.changes import changes_in_words, shown_changes
from eval.reports.numbers import difference, interval, number
from eval.reports.wanted import wanted
from eval.results import Figure, RunResult
from ingest.legible import legible, shortened

MOST_CHARACTERS = 60_000
"""GitHub refuses a comment of more than 65,536."""
_LONGEST_TEXT = 2_000
_LONGEST_QUESTION = 300
_MOST_PROBLEMS = 20
_ROOM_FOR_THE_NOTE = 200

_STRUCTURE = re.compile(r"[!-+\-/:-@\[-`{-~]")  # ASCII punctuation but the comma and the full stop
_REFERENCE = re.compile(
    r"[@#!~%$&](?=\S)"  # @name, #1, and GitLab's !1, ~label, %milestone, $snippet, &1
    r"|:(?=[/a-z+])"  # scheme://, :emoji:
    r"|(?<=www)(?=\.)"
    r"|(?<=\bGH)(?=-)",
    re.IGNORECASE,
)
_NO_WIDTH = "\u200b"


def markdown_summary(run: RunResult, verdict: Verdict | None) -> str:
    """Headline, figures, and the changed cases, or without a verdict the wrong ones.

    Text of documents, models and cases comes out as text: no markup, link, mention or reference.
    """
    written = "\n".join([*_headline(run, verdict), "", *_figures(run, verdict)])
    blocks = list(_changed(verdict) if verdict is not None else _wrong(run))
    for position, block in enumerate(blocks):
        if len(written) + len(block) > MOST_CHARACTERS - _ROOM_FOR_THE_NOTE:
            left = len(blocks) - position
            return f"{written}\n\n_{left} more cases are not shown here: see the HTML report._\n"
        written += f"\n\n{block}"
    return written + "\n"


def escaped(text: str) -> str:
    """As text in Markdown and in HTML within it, its line ends as breaks."""
    apart = _REFERENCE.sub(lambda found: found.group() + _NO_WIDTH, legible(text).strip())
    entities = _STRUCTURE.sub(lambda found: f"&#{ord(found.group())};", apart)
    return entities.replace("\n", "<br>").replace("\t", " ")


def _headline(run: RunResult, verdict: Verdict | None) -> Iterator[str]:
    right = sum(result.right for result in run.cases)
    score = f"{right} of {len(run.cases)} cases right"
    state = "" if verdict is None else ("Passed: " if verdict.passed else "Failed: ")
    yield f"### {state}{escaped(_cut(run.suite))}, {score}"
    yield ""
    parts = (run.target, run.model, run.created)
    yield " · ".join(escaped(_cut(part)) for part in parts if part)
    if verdict is None:
        return
    if verdict.problems or verdict.notes:
        yield ""
    for problem in verdict.problems[:_MOST_PROBLEMS]:
        yield f"- {escaped(_cut(problem))}"
    for note in verdict.notes:
        yield f"- note: {escaped(_cut(note))}"
    yield ""
    yield escaped(shortened(changes_in_words(verdict), _LONGEST_TEXT))


def _figures(run: RunResult, verdict: Verdict | None) -> Iterator[str]:
    drops = {} if verdict is None else {drop.metric: drop for drop in verdict.drops}
    change = (" change |", " --- |") if drops else ("", "")
    yield f"| metric | value | 95 % | cases |{change[0]}"
    yield f"| --- | ---: | --- | ---: |{change[1]}"
    for figure in run.figures:
        last = f" {_change(drops.get(figure.name))} |" if drops else ""
        yield f"{_figure(figure)}{last}"


def _figure(figure: Figure) -> str:
    bounds = interval(figure.low, figure.high, figure.value)
    name = escaped(" ".join(_cut(figure.name).split()))
    return f"| {name} | {number(figure.value)} | {bounds} | {figure.count} |"


def _change(drop: Drop | None) -> str:
    if drop is None:
        return ""
    return f"{difference(drop.before, drop.after)} ({interval(drop.low, drop.high)})"


def _changed(verdict: Verdict) -> Iterator[str]:
    for change in shown_changes(verdict):
        must = "<b>must</b> " if change.must else ""
        summary = f"{change.kind}: {must}{_question(change.id, change.question)}"
        answers = (("Before", change.before), ("Now", change.after or "no answer"))
        yield _details(summary, change.reasons, answers)


def _wrong(run: RunResult) -> Iterator[str]:
    for result in run.cases:
        if not result.right:
            answers = (
                ("Wanted", "\n".join(wanted(result.case))),
                ("Got", result.response.answer or "no answer"),
            )
            yield _details(_question(result.case.id, result.case.question), result.reasons, answers)


def _question(case_id: str, question: str) -> str:
    return f"<b>{escaped(_cut(question))}</b> ({escaped(_cut(case_id))})"


def _details(summary: str, reasons: Sequence[str], texts: Sequence[tuple[str, str]]) -> str:
    """One block of HTML: there is no blank line in it at which Markdown could begin again."""
    why = "".join(f"<li>{escaped(shortened(reason, _LONGEST_TEXT))}</li>" for reason in reasons)
    parts = [
        f"<p>{label}:</p><blockquote>{escaped(shortened(text, _LONGEST_TEXT))}</blockquote>"
        for label, text in texts
        if text
    ]
    lines = (f"<details><summary>{summary}</summary>", f"<ul>{why}</ul>" if why else "", *parts)
    return "\n".join((*filter(None, lines), "</details>"))


def _cut(text: str) -> str:
    return shortened(text, _LONGEST_QUESTION)
