"""Turn a table of questions and a folder of documents into cases."""

import argparse
import sys
import tempfile
from pathlib import Path

from eval.cases.files import save_cases
from eval.cases.questions_csv import csv_cases
from eval.commands.targets import open_here


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval import-csv", description=__doc__)
    parser.add_argument("file", type=Path, help="CSV or TSV; eval/suites/README.md has its columns")
    parser.add_argument(
        "--documents", type=Path, required=True, help="what the questions are about"
    )
    parser.add_argument("--out", type=Path, default=Path("cases.yaml"), help="(cases.yaml)")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        library = open_here(options.documents, None, Path(scratch)).library
        cases, notes = csv_cases(options.file, library)
    save_cases(cases, options.out)
    for note in notes:
        print(note, file=sys.stderr)
    print(f"{len(cases)} cases in {options.out}")
    print(f"Then: python -m eval {options.out} --documents {options.documents}")
    return 0
