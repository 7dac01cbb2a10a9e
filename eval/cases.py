"""Gold cases: questions with the exact words that answer them."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from ingest.documents import Document
from ingest.errors import FootnoteError
from service.answering.conversation import Turn


class CaseError(FootnoteError):
    """A case file that cannot be used; the message has file and line."""


class Case(BaseModel):
    """One question. See eval/cases/README.md for the fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, Field(min_length=1)]
    question: Annotated[str, Field(min_length=1)]
    history: tuple[Turn, ...] = ()
    document: str | None = None
    gold: tuple[Annotated[str, Field(min_length=1)], ...] = ()
    answerable: bool = True
    tags: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _gold_fits(self) -> "Case":
        if self.answerable != bool(self.gold and self.document):
            raise ValueError("an answerable case has a document and gold words, another neither")
        return self


def load_cases(path: Path) -> list[Case]:
    """Read a JSON Lines file. Raises CaseError with the line at fault."""
    cases: dict[str, Case] = {}
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise CaseError(f"{path} cannot be read: {error.strerror}") from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        case = _parse(line, f"{path}:{number}")
        if case.id in cases:
            raise CaseError(f"{path}:{number}: the id {case.id!r} stands twice")
        cases[case.id] = case
    if not cases:
        raise CaseError(f"{path} holds no cases")
    return list(cases.values())


def _parse(line: str, place: str) -> Case:
    try:
        return Case.model_validate(json.loads(line))
    except json.JSONDecodeError as error:
        raise CaseError(f"{place}: not valid JSON: {error}") from None
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "case"
        raise CaseError(f"{place}: {field}: {first['msg']}") from None


def gold_spans(case: Case, document: Document) -> list[tuple[int, int]]:
    """All places of a case's gold words in its document. Raises CaseError when there is none."""
    spans = [span for words in case.gold for span in _places(words, document.text)]
    if case.answerable and not spans:
        raise CaseError(f"{case.id}: no gold words stand in {document.source}")
    return spans


def _places(words: str, text: str) -> Iterable[tuple[int, int]]:
    start = text.find(words)
    while start >= 0:
        yield start, start + len(words)
        start = text.find(words, start + 1)
