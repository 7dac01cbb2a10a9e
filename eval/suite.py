"""A suite: cases, and the folder of the documents that they are about."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from eval.cases.case import Case
from eval.cases.files import CaseError, load_placed_cases
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
    lines: Mapping[str, str]
    """Case id to where the case stands: the file and its line."""
    whole: bool = True
    """Whether these are all the cases of the file."""

    def only(self, tags: Sequence[str], ids: Sequence[str], sample: int | None) -> "Suite":
        """The cases with one of the tags and ids, if any are given, and of those so many drawn at
        random, always the same. Raises CaseError for a tag or id that no case has, and when none
        is left."""
        self._check(tags, ids)
        chosen = [
            case
            for case in self.cases
            if (not tags or set(tags) & set(case.tags)) and (not ids or case.id in ids)
        ]
        if sample is not None and sample < len(chosen):
            drawn = set(random.Random(_SEED).sample(range(len(chosen)), sample))
            chosen = [case for number, case in enumerate(chosen) if number in drawn]
        if not chosen:
            raise CaseError(f"no case of {self.name} has both these tags and these ids")
        return replace(self, cases=tuple(chosen), whole=len(chosen) == len(self.cases))

    def without_gold(self, sources: Sequence[str]) -> "Suite":
        """The cases with gold, each asked of all other documents (`sources`) than those that hold
        it, where the right answer is an abstention; and the cases without gold as they are."""
        cases = tuple(_without_gold(case, sources) for case in self.cases)
        return replace(self, name=f"{self.name} without gold", cases=cases, whole=False)

    def _check(self, tags: Sequence[str], ids: Sequence[str]) -> None:
        known = {"tag": {t for case in self.cases for t in case.tags}}
        known["id"] = {case.id for case in self.cases}
        for what, given in (("tag", tags), ("id", ids)):
            for name in given:
                if name not in known[what]:
                    near = ", ".join(get_close_matches(name, known[what], 3))
                    hint = f"; near it: {near}" if near else ""
                    raise CaseError(f"no case of {self.name} has the {what} {name}{hint}")


def _without_gold(case: Case, sources: Sequence[str]) -> Case:
    if not case.gold:
        return case
    holding = {words.document for group in case.gold for words in group}
    others = tuple(source for source in case.within or sources if source not in holding)
    if not others:
        raise CaseError(f"{case.id} cannot be asked without its gold: no other document is there")
    left = {"gold": (), "facts": (), "speaker": None, "abstain": "must", "within": others}
    return case.model_copy(update=left)


def open_suite(path: Path, documents: Path | None, scratch: Path) -> Suite:
    """Read a case file, or a SQuAD-format file, whose articles are written into `scratch`."""
    if is_squad(path):
        articles = load_squad(path)
        folder = scratch / "documents"
        write_articles(articles, folder)
        name = f"{path.parent.name}/{path.stem}"
        return Suite(name, tuple(squad_cases(articles)), documents or folder, {})
    if documents is None and path.resolve() == SHIPPED.resolve():
        documents = SHIPPED_DOCUMENTS
    placed = load_placed_cases(path)
    lines = {case.id: f"{path}:{line}" for line, case in placed}
    return Suite(path.stem, tuple(case for _, case in placed), documents, lines)
