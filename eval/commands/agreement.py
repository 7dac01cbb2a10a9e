"""How often the judge of support agrees with people: labelled statements and their evidence."""

import argparse
from pathlib import Path

from rich.console import Console

from eval.commands.judges import LABELS, add_judge_options, the_judge
from eval.judges.agreement import agreement, show_agreement
from eval.judges.judge import Remembering
from eval.judges.labels import load_labels


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval agreement", description=__doc__)
    parser.add_argument(
        "labels",
        nargs="?",
        type=Path,
        default=LABELS,
        help="JSON Lines of statement, evidence, supported; or WiCE's format",
    )
    add_judge_options(parser)
    options = parser.parse_args(arguments)
    judge = Remembering(the_judge(options))
    show_agreement(agreement(judge, load_labels(options.labels)), Console(highlight=False))
    return 0
