"""The options that say where a run's reports go."""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

from eval.baseline import Baseline, save_baseline
from eval.gate import Verdict
from eval.reports.excerpts import excerpts_of
from eval.reports.html import write_html
from eval.reports.junit import write_junit
from eval.reports.markdown import markdown_summary
from eval.results import RunResult
from eval.targets.library import Library
from ingest.errors import FootnoteError


class OutputError(FootnoteError):
    """A file that cannot be written."""


def add_output_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("output")
    for name, meaning in (
        ("json", "everything, with the verdict"),
        ("junit", "JUnit XML, for a CI system"),
        ("markdown", "a summary, for a pull request"),
        ("html", "a report with each case and its sources, in one file"),
        ("save-baseline", "what --baseline compares with"),
    ):
        group.add_argument(f"--{name}", metavar="FILE", type=Path, help=meaning)


@dataclass(frozen=True, slots=True)
class Outputs:
    json: Path | None
    junit: Path | None
    markdown: Path | None
    html: Path | None
    save_baseline: Path | None

    @classmethod
    def of(cls, options: argparse.Namespace) -> "Outputs":
        """Makes the folders, so that a wrong one is known before the first question. Raises
        OutputError."""
        made = cls(**{name: getattr(options, name) for name in cls.__slots__})
        for name in cls.__slots__:
            path = getattr(made, name)
            if path is not None:
                check_writable(path)
        return made

    def write(self, run: RunResult, verdict: Verdict | None, library: Library) -> None:
        """Raises OutputError."""
        try:
            self._write(run, verdict, library)
        except OSError as error:
            name = error.filename or "a report"
            raise OutputError(f"{name} cannot be written: {error.strerror}") from None

    def _write(self, run: RunResult, verdict: Verdict | None, library: Library) -> None:
        if self.json:
            whole = {"run": run.model_dump(), "verdict": verdict and verdict.model_dump()}
            self.json.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", "utf-8")
        if self.junit:
            write_junit(run, verdict, self.junit)
        if self.markdown:
            self.markdown.write_text(markdown_summary(run, verdict), "utf-8")
        if self.html:
            excerpts = {result.case.id: excerpts_of(result, library) for result in run.cases}
            write_html(run, verdict, excerpts, self.html)
        if self.save_baseline:
            save_baseline(Baseline.of(run), self.save_baseline)


def check_writable(path: Path) -> None:
    """Makes the folder of a file. Raises OutputError when the file could not be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        there = path.exists()
        with path.open("a"):
            pass
        if not there:
            path.unlink()
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}") from None
