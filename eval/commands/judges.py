"""The options that say who judges whether cited words support a statement."""

import argparse
import os
from pathlib import Path

from rich.console import Console

from eval.judges.agreement import agreement, show_agreement
from eval.judges.judge import Judge, Remembering, Tolerant
from eval.judges.labels import load_labels
from eval.judges.language_model import LanguageModelJudge
from eval.judges.local import LocalJudge
from ingest.errors import FootnoteError

LABELS = Path(__file__).parent.parent / "suites" / "judge_labels.jsonl"


class JudgeChoiceError(FootnoteError):
    """Judge options that do not fit together."""


def add_judge_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("judge of support (default: by rule, without a model)")
    group.add_argument("--judge", metavar="MODEL", help="a language model as the judge")
    group.add_argument("--judge-url", metavar="URL", help="its OpenAI-compatible endpoint")
    group.add_argument(
        "--judge-key",
        metavar="KEY",
        default=os.environ.get("FOOTNOTE_EVAL_JUDGE_KEY", ""),
        help="its key (default: FOOTNOTE_EVAL_JUDGE_KEY)",
    )


def the_judge(options: argparse.Namespace) -> Judge:
    if not options.judge:
        return LocalJudge()
    if not options.judge_url:
        raise JudgeChoiceError("--judge MODEL needs --judge-url URL")
    return LanguageModelJudge(options.judge, options.judge_url, options.judge_key)


def show_judge_agreement(judge: Judge, console: Console) -> None:
    """Beside what a language model has judged: how often it agrees with people."""
    if isinstance(judge, LanguageModelJudge):
        judge = Remembering(Tolerant(judge))
        show_agreement(agreement(judge, load_labels(LABELS)), console)
