"""`python -m eval.benchmarks.perturbed_claims FILE ...`: how well the verifier tells true
statements from perturbed ones, and how long it takes.

Of sentences of SQuAD-format files and of documents, each with itself as its citation, the rules of
`eval.claims` make true statements (shortened, reordered, in the other voice, ...) and unsupported
ones (a number, date, name or place swapped, negated, another speaker, a neighbouring sentence
cited, ...). The rules also made what the support model was trained on, of other articles.
"""

import argparse
import random
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from eval.cases.squad import is_squad, load_squad
from eval.claims.claim import Claim, Told
from eval.claims.elsewhere import neighbour
from eval.claims.material import told_in
from eval.claims.rules import TRUE, UNTRUE
from eval.reports.tally import wilson
from ingest.canonical import read_document
from ingest.settings import load_settings
from service.answering.support.checker import SupportChecker
from service.answering.support.loading import load_support
from service.answering.support.ruling import by_rule
from service.answering.support.verdict import Evidence
from service.settings import ServiceSettings

SEED = 3
_NEIGHBOUR = "neighbour"
_SWAPPED = ("number", "date", "name", "place")
_OF_A_KIND = 400


@dataclass(frozen=True, slots=True)
class Checked:
    """A claim with what the checker said of it, and after how many seconds. `ruled`: whether the
    rules alone decide it."""

    claim: Claim
    supported: bool
    support: float
    taken: float
    ruled: bool


def main() -> None:
    made = argparse.ArgumentParser(
        prog="python -m eval.benchmarks.perturbed_claims", description=__doc__
    )
    made.add_argument("files", type=Path, nargs="+", help="SQuAD-format files, or documents")
    made.add_argument("--most", type=int, default=_OF_A_KIND, help="claims of each kind")
    made.add_argument("--missed", action="store_true", help="print what was judged wrongly")
    options = made.parse_args()
    checker = load_support(load_settings(ServiceSettings), None)
    claims = drawn(told_in(texts_of(options.files)), options.most)
    checked = check(checker, claims)
    console = Console()
    console.print(_table(checked, checker.name))
    if options.missed:
        for one in (one for one in checked if one.supported != one.claim.supported):
            console.print(f"\n{one.claim.kind} {one.support:.2f}", style="bold")
            console.print(one.claim.statement, one.claim.evidence, sep="\n  < ", markup=False)


def texts_of(files: Iterable[Path]) -> list[str]:
    """Canonical texts of articles and of documents."""
    texts: list[str] = []
    for file in files:
        if is_squad(file):
            texts += [article.text for article in load_squad(file)]
        else:
            texts.append(read_document("", file.name, file.read_bytes()).document.text)
    return texts


def drawn(told: Iterable[Told], most: int) -> list[tuple[Claim, Evidence]]:
    """At most so many claims of each kind, each with its citation and what stands before it."""
    kinds: dict[str, list[tuple[Claim, Evidence]]] = {}
    draw = random.Random(SEED)
    sentences = list(told)
    draw.shuffle(sentences)
    for one in sentences:
        for claim, evidence in _claims(one, draw):
            kind = kinds.setdefault(claim.kind, [])
            if len(kind) < most:
                kind.append((claim, evidence))
    return [pair for pairs in kinds.values() for pair in pairs]


def check(checker: SupportChecker, claims: Sequence[tuple[Claim, Evidence]]) -> list[Checked]:
    checker.warm_up()
    checked = []
    for claim, evidence in claims:
        started = time.perf_counter()
        (verdict,) = checker.check(claim.statement, [evidence])
        taken = time.perf_counter() - started
        ruled = by_rule(claim.statement, evidence) is not None
        checked.append(Checked(claim, verdict.supported, verdict.support, taken, ruled))
    return checked


def _claims(told: Told, draw: random.Random) -> Iterator[tuple[Claim, Evidence]]:
    context = " ".join([told.prose.text.split("\n", 1)[0], *told.paragraph[: told.place]])
    for rules, supported in ((TRUE, True), (UNTRUE, False)):
        for name, (rule, _) in rules.items():
            made = rule(told, draw)
            if made is not None:
                claim = Claim(made.text, told.text, supported, name, made.changed)
                yield claim, Evidence(told.text, context)
    beside = neighbour(told, draw)
    if beside:
        evidence = " ".join(beside)
        yield Claim(told.text, evidence, False, _NEIGHBOUR), Evidence(evidence, context)


def _table(checked: Sequence[Checked], name: str) -> Table:
    table = Table(title=f"Perturbed claims, checked by: {name}")
    for heading in ("claims", "n", "right", "95 %"):
        table.add_column(heading, justify="left" if heading == "claims" else "right")
    true = [one for one in checked if one.claim.supported]
    untrue = [one for one in checked if not one.claim.supported]
    swapped = [one for one in untrue if one.claim.kind in _SWAPPED]
    for group, said in ((true, "kept"), (untrue, "caught")):
        for kind in dict.fromkeys(one.claim.kind for one in group):
            _row(table, f"{kind}, {said}", [one for one in group if one.claim.kind == kind])
        table.add_section()
    _row(table, "numbers, dates, names, places, caught", swapped)
    _row(table, "all unsupported, caught", untrue)
    _row(table, "all true, kept", true)
    table.caption = "\n".join(
        f"ms a statement, {name}: {_times(group)}"
        for name, group in (
            ("all", checked),
            ("those that rules do not decide", [one for one in checked if not one.ruled]),
        )
    )
    return table


def _times(group: Sequence[Checked]) -> str:
    half, most = np.quantile([1000 * one.taken for one in group] or [0.0], (0.5, 0.95))
    return f"p50 {half:.2f}, p95 {most:.2f}"


def _row(table: Table, name: str, group: Sequence[Checked]) -> None:
    right = sum(one.supported == one.claim.supported for one in group)
    low, high = wilson(right, len(group))
    share = right / len(group) if group else 0.0
    table.add_row(name, str(len(group)), f"{share:.3f}", f"{low:.3f} to {high:.3f}")


if __name__ == "__main__":
    main()
