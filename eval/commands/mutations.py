"""Show that the gate works: run the suite against deliberately broken services.

Exit status: 0 when the gate passes the service as it is and fails each broken one, else 1.
"""

import argparse
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from eval.baseline import load_baseline
from eval.commands.targets import open_here
from eval.judges.local import LocalJudge
from eval.mutations.check import UNBROKEN, Mutation, check_mutations
from eval.suite import SHIPPED, open_suite


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval mutations", description=__doc__)
    parser.add_argument("cases", nargs="?", type=Path, default=SHIPPED)
    parser.add_argument("--documents", metavar="FOLDER", type=Path)
    parser.add_argument(
        "--baseline", metavar="FILE", type=Path, help="(default: the service as it is)"
    )
    options = parser.parse_args(arguments)
    console = Console(highlight=False)
    baseline = load_baseline(options.baseline) if options.baseline else None
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        suite = open_suite(options.cases, options.documents, Path(folder))
        target = open_here(suite.documents, None, Path(folder))
        with console.status("asking"):
            found = list(check_mutations(suite, target, LocalJudge(), baseline))
    _show(found, console)
    return 1 if any(mutation.as_wanted is False for mutation in found) else 0


def _show(found: list[Mutation], console: Console) -> None:
    table = Table(title="Does the gate notice?")
    table.add_column("broken")
    table.add_column("cases changed", justify="right")
    table.add_column("gate")
    table.add_column("because", overflow="fold")
    for mutation in found:
        gate = "passes" if mutation.verdict.passed else "fails"
        if mutation.as_wanted is None:
            gate = "not shown by any answer"
        colour = {True: "green", False: "red", None: "yellow"}[mutation.as_wanted]
        problems = mutation.verdict.problems
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        because = Text((problems[0] if problems else "") + more)
        table.add_row(mutation.name, str(mutation.touched), Text(gate, style=colour), because)
    console.print(table)
    broken = [m for m in found if m.name != UNBROKEN and m.as_wanted is not None]
    caught = sum(bool(mutation.as_wanted) for mutation in broken)
    console.print(f"{caught} of {len(broken)} broken services are caught.")
