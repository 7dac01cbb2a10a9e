"""A case with what a target answered to it: all that a metric may look at."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from eval.cases.case import Case
from eval.cases.gold import Place
from eval.judges.judge import Judge
from eval.targets.library import Library
from eval.targets.response import CitedSpan, Response, SaidStatement
from ingest.sentences import sentence_spans

_PARAGRAPH = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Asked:
    case: Case
    response: Response
    gold: tuple[tuple[Place, ...], ...]
    """For each group of gold words, every place at which one of its alternatives stands."""
    library: Library
    judge: Judge

    @property
    def cited(self) -> tuple[CitedSpan, ...]:
        """The citations that a statement carries, each once, in order."""
        statements = self.response.statements
        return tuple(dict.fromkeys(c for s in statements for c in self.response.cited_by(s)))

    @property
    def cited_places(self) -> tuple[Place, ...]:
        return tuple(place for place in map(place_of, self.cited) if place is not None)

    @property
    def gold_places(self) -> tuple[Place, ...]:
        return tuple(place for group in self.gold for place in group)

    def place_of(self, number: int) -> Place | None:
        """Where the footnote of this number points; None for one that points nowhere."""
        citations = self.response.citations
        return place_of(citations[number - 1]) if number <= len(citations) else None

    def sentences_under(self, places: tuple[Place, ...]) -> set[Place]:
        """The documents' sentences that share at least one character with a place."""
        return {
            sentence
            for place in places
            for sentence in _sentences(place.document_id, self.library.text(place.document_id))
            if overlap(sentence, place) > 0
        }


def place_of(citation: CitedSpan) -> Place | None:
    """None for a citation that was found in no document."""
    if citation.document_id is None or citation.start is None or citation.end is None:
        return None
    return Place(citation.document_id, citation.start, citation.end)


def places_of(response: Response, statement: SaidStatement) -> tuple[Place, ...]:
    places = map(place_of, response.cited_by(statement))
    return tuple(place for place in places if place is not None)


def overlap(one: Place, other: Place) -> int:
    """Code points that two places share."""
    if one.document_id != other.document_id:
        return 0
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def covered(place: Place, by: tuple[Place, ...]) -> int:
    """Code points of a place that lie in at least one of the others."""
    inside: set[int] = set()
    for other in by:
        if overlap(place, other):
            inside.update(range(max(place.start, other.start), min(place.end, other.end)))
    return len(inside)


@lru_cache(maxsize=256)
def _sentences(document_id: str, text: str) -> tuple[Place, ...]:
    return tuple(_find_sentences(document_id, text))


def _find_sentences(document_id: str, text: str) -> Iterator[Place]:
    for paragraph in _PARAGRAPH.finditer(text):
        for start, end in sentence_spans(paragraph.group()):
            yield Place(document_id, paragraph.start() + start, paragraph.start() + end)
