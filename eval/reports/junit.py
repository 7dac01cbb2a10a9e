"""A run as JUnit XML, which GitHub, GitLab and Jenkins show as test results."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from eval.gate import Verdict
from eval.reports.wanted import wanted
from eval.results import CaseResult, Figure, RunResult
from ingest.legible import legible, on_one_line, shortened

if TYPE_CHECKING:
    from junitparser import TestCase
    from junitparser.junitparser import FinalResult

_LONGEST_MESSAGE = 500
_TIMES = ("total", "round_trip")

Standing = Mapping[str, str]
"""Case id to why a wrong case is not held against the run."""


def write_junit(run: RunResult, verdict: Verdict | None, path: Path) -> None:
    """One test case a case. A case without an answer is an error, a wrong one a failure.

    With a verdict there is one more, the gate itself, and cases that broke are failures only when
    it fails: one that was wrong before, that the baseline does not know, or that broke within what
    the gate allows is skipped with a message that says so.
    """
    from junitparser import JUnitXml, TestSuite

    suite = TestSuite(on_one_line(run.suite))
    suite.timestamp = on_one_line(run.created)
    for name, value in _properties(run, verdict):
        suite.add_property(name, value)
    standing = _standing(run, verdict)
    suite.add_testcases([_test_case(result, run.suite, standing) for result in run.cases])
    if verdict is not None:
        suite.add_testcase(_gate(run.suite, verdict))
    whole = JUnitXml(f"{on_one_line(run.suite)}, {on_one_line(run.target)}")
    whole.add_testsuite(suite)
    whole.write(str(path))


def _test_case(result: CaseResult, suite: str, standing: Standing) -> "TestCase":
    from junitparser import TestCase

    name, first_tag = on_one_line(result.case.id), (*result.case.tags, "untagged")[0]
    taken = next((t for stage in _TIMES if (t := _taken(result, stage)) is not None), 0.0)
    test = TestCase(name, f"{on_one_line(suite)}.{on_one_line(first_tag)}", round(taken, 4))
    outcome = _outcome(result, standing)
    if outcome is not None:
        test.result = [outcome]
    return test


def _gate(suite: str, verdict: Verdict) -> "TestCase":
    from junitparser import Failure, TestCase

    test = TestCase("gate", f"{on_one_line(suite)}.gate", 0.0)
    if not verdict.passed:
        failure = Failure(_message(verdict.problems[0]), "gate")
        failure.text = legible("\n".join(verdict.problems))
        test.result = [failure]
    return test


def _outcome(result: CaseResult, standing: Standing) -> "FinalResult | None":
    """None for a case that is right."""
    from junitparser import Error, Failure, Skipped

    message = _message("; ".join(result.reasons))
    outcome: FinalResult
    if result.response.error is not None:
        outcome = Error(_message(result.response.error), "error")
    elif result.right:
        return None
    elif result.case.id in standing:
        return Skipped(f"{standing[result.case.id]}: {message}")
    else:
        outcome = Failure(message, "wrong")
    outcome.text = _text(result)
    return outcome


def _message(text: str) -> str:
    return shortened(on_one_line(text), _LONGEST_MESSAGE)


def _taken(result: CaseResult, stage: str) -> float | None:
    """Seconds."""
    taken = result.response.timings_ms.get(stage)
    return None if taken is None else taken / 1000


def _text(result: CaseResult) -> str:
    asked = f"question: {result.case.question}"
    wants = (f"wanted {line}" for line in wanted(result.case))
    got = f"got: {result.response.answer or 'nothing'}"
    return legible("\n".join((asked, *wants, got)))


def _standing(run: RunResult, verdict: Verdict | None) -> Standing:
    if verdict is None:
        return {}
    broken = {change.id for change in verdict.changes if change.kind == "broken"}
    wrong = {result.case.id for result in run.cases if not result.right}
    excused = dict.fromkeys(wrong - broken, "known")
    excused |= dict.fromkeys(wrong & set(verdict.not_compared) - broken, "not compared")
    if verdict.passed:
        excused |= dict.fromkeys(wrong & broken, "broken, which the gate allows")
    return excused


def _properties(run: RunResult, verdict: Verdict | None) -> Iterator[tuple[str, str]]:
    yield "target", legible(run.target)
    yield "model", legible(run.model)
    yield "judge", legible(run.judge)
    yield "seed", str(run.seed)
    if verdict is not None:
        yield "gate", "passed" if verdict.passed else "failed"
        for problem in verdict.problems:
            yield "problem", legible(problem)
    for figure in run.figures:
        yield from _of_figure(figure)


def _of_figure(figure: Figure) -> Iterator[tuple[str, str]]:
    """Bare numbers, for programs; a figure without a value is left out."""
    name = legible(figure.name)
    parts = (("", figure.value), (" low", figure.low), (" high", figure.high))
    for suffix, value in parts:
        if value is not None:
            yield f"{name}{suffix}", f"{value:.6g}"
