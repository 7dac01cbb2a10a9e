"""Propose cases from documents, for a person to correct."""

import argparse
import tempfile
from pathlib import Path

from eval.cases.draft import draft_cases
from eval.cases.files import save_cases
from eval.commands.targets import open_here, positive


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval draft", description=__doc__)
    parser.add_argument("folder", type=Path, help="documents, of any format that ingest reads")
    parser.add_argument("--out", type=Path, default=Path("cases.yaml"), help="(cases.yaml)")
    parser.add_argument("--most", metavar="N", type=positive, default=40, help="how many (40)")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        library = open_here(options.folder, None, Path(scratch)).library
        cases = draft_cases(library, options.most, seed=7)
    save_cases(cases, options.out)
    print(f"{len(cases)} drafts in {options.out}: correct each, and take away its tag `draft`.")
    print(f"Then: python -m eval {options.out} --documents {options.folder}")
    return 0
