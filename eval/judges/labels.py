"""Statements with evidence that people have judged, to measure judges with."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ingest.errors import FootnoteError
from service.retrieval.words import content_stems, stems

Words = Annotated[str, Field(min_length=1)]
Shown = Literal["cited", "all"]
_NEAREST = 3


class LabelsError(FootnoteError):
    """A file of labels cannot be read; the message has the line."""


class Labelled(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    statement: Words
    evidence: Words
    supported: bool
    """The evidence alone supports the whole statement."""
    kind: str = ""
    """What was done to make the pair, to report figures by."""


class WiceClaim(BaseModel):
    """A row of WiCE (Kamoi et al. 2023), https://github.com/ryokamoi/wice; other fields unread."""

    model_config = ConfigDict(frozen=True)

    claim: Words
    evidence: Annotated[tuple[str, ...], Field(min_length=1)]
    label: Literal["supported", "partially_supported", "not_supported"]
    supporting_sentences: tuple[tuple[Annotated[int, Field(ge=0)], ...], ...]
    """Each a set of positions in `evidence` that is enough by itself, smaller ones first."""

    def labelled(self, shown: Shown) -> Labelled:
        chosen = self._chosen() if shown == "cited" else range(len(self.evidence))
        return Labelled(
            statement=self.claim,
            evidence="\n".join(self.evidence[n] for n in chosen),
            supported=self.label == "supported",
            kind=self.label,
        )

    def _chosen(self) -> list[int]:
        named = next((sorted(one) for one in self.supporting_sentences if one), None)
        if named is None or named[-1] >= len(self.evidence):
            return self._nearest()
        return named

    def _nearest(self) -> list[int]:
        wanted = set(content_stems(self.claim))
        shared = [len(wanted.intersection(stems(sentence))) for sentence in self.evidence]
        ranked = sorted(range(len(shared)), key=lambda n: -shared[n])
        return sorted(ranked[:_NEAREST])


def load_labels(path: Path, *, shown: Shown = "cited", partial: bool = True) -> list[Labelled]:
    """Read JSON lines of `statement`, `evidence`, `supported`, or of WiCE. Raises LabelsError.

    In WiCE a claim stands against a whole web page and only some claims have supporting sentences.
    `shown="cited"` gives each claim the sentences that a footnote to it would have: the first set
    that annotators named, or, where they named none, the three that share most words with the
    claim, which is what a wrong citation looks like. To give those rows the whole page would tell
    them by their length. `shown="all"` gives every claim the whole page, so that the judge has to
    find the sentences too.

    Partially supported claims are not supported, as in ALCE; `partial=False` leaves them out.
    """
    return [
        labelled
        for labelled in _rows(path, shown)
        if partial or labelled.kind != "partially_supported"
    ]


def _rows(path: Path, shown: Shown) -> Iterator[Labelled]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise LabelsError(f"{path} cannot be read: {error}") from error
    if not any(line.strip() for line in lines):
        raise LabelsError(f"{path} holds no labels")
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _row(f"{path}, line {number}", line, shown)


def _row(place: str, line: str, shown: Shown) -> Labelled:
    try:
        row: Any = json.loads(line)
        if isinstance(row, dict) and "claim" in row:
            return WiceClaim.model_validate(row).labelled(shown)
        return Labelled.model_validate(row, strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"])) or "the line"
        raise LabelsError(f"{place}: {field}: {first['msg']}") from None
    except ValueError as error:
        raise LabelsError(f"{place}: not JSON: {error}") from None
