"""A suite: cases, and the folder of the documents that they are about."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from eval.cases.case import Case
from eval.cases.files import CaseError, load_cases
from eval.cases.squad import is_squad, load_squad, squad_cases, write_articles

SHIPPED = Path(__file__).parent / "suites" / "seeds.jsonl"
SHIPPED_DOCUMENTS = Path(__file__).parent.parent / "seeds"
_SEED = 7


@dataclass(frozen=True, slots=True)
class Suite:
    name: str
    cases: tuple[Case, ...]
    documents: Path | None
    """None when nobody said where they are."""

    def only(self, tags: Sequence[str], ids: Sequence[str], sample: int | None) -> "Suite":
        """The cases with one of the tags and ids, if any are given, and of those so many drawn at
        random, always the same. Raises CaseError when none is left."""
        chosen = [
            case
            for case in self.cases
            if (not tags or set(tags) & set(case.tags)) and (not ids or case.id in ids)
        ]
        if sample is not None and sample < len(chosen):
            drawn = set(random.Random(_SEED).sample(range(len(chosen)), sample))
            chosen = [case for number, case in enumerate(chosen) if number in drawn]
        if not chosen:
            raise CaseError(f"no case of {self.name} has these tags and ids")
        return replace(self, cases=tuple(chosen))


def open_suite(path: Path, documents: Path | None, scratch: Path) -> Suite:
    """Read a case file, or a SQuAD-format file, whose articles are written into `scratch`."""
    if is_squad(path):
        articles = load_squad(path)
        folder = scratch / "documents"
        write_articles(articles, folder)
        name = f"{path.parent.name}/{path.stem}"
        return Suite(name, tuple(squad_cases(articles)), documents or folder)
    if documents is None and path.resolve() == SHIPPED.resolve():
        documents = SHIPPED_DOCUMENTS
    return Suite(path.stem, tuple(load_cases(path)), documents)
