"""Turn feedback into cases, for a person to confirm."""

import argparse
from pathlib import Path

from eval.cases.feedback import feedback_cases
from eval.cases.files import save_cases


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval import-feedback", description=__doc__)
    parser.add_argument(
        "file",
        type=Path,
        help="the service's file (FOOTNOTE_FEEDBACK), or what GET /v1/feedback gives; "
        "eval/suites/README.md has its fields",
    )
    parser.add_argument("--out", type=Path, default=Path("cases.yaml"), help="(cases.yaml)")
    options = parser.parse_args(arguments)
    cases = feedback_cases(options.file)
    save_cases(cases, options.out)
    print(f"{len(cases)} drafts in {options.out}: confirm each, and take away its tag `draft`.")
    return 0
