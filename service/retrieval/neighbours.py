"""What stands just before and after retrieved passages: a sentence may lean on the one before."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.documents import Passage, passage_id
from ingest.index import Index
from service.retrieval.retrieved import RetrievedPassage


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The passages before and after one in its document; None where the document ends, or where
    it has been replaced or deleted since the passage was retrieved."""

    before: Passage | None
    after: Passage | None


def neighbours(index: Index, retrieved: Sequence[RetrievedPassage]) -> list[Neighbours]:
    """The neighbours of each passage, in the order given; the index is read once for all."""
    known = {one.passage.id: one.passage for one in retrieved}
    records = {one.record.document_id: one.record for one in retrieved}
    beside = dict.fromkeys(
        passage_id(one.record.document_id, position)
        for one in retrieved
        for position in (one.passage.position - 1, one.passage.position + 1)
        if 0 <= position < one.record.passages
    )
    missing = [key for key in beside if key not in known]
    # With the records as retrieved, passages of another version are left out.
    known |= {passage.id: passage for passage in index.passages(missing, records)}
    return [_neighbours(one.passage, known) for one in retrieved]


def _neighbours(passage: Passage, known: dict[str, Passage]) -> Neighbours:
    before, after = (
        known.get(passage_id(passage.document_id, position))
        for position in (passage.position - 1, passage.position + 1)
    )
    # A rebuilt index may tile the same text otherwise: what does not join on is no neighbour.
    return Neighbours(
        before if before and before.end == passage.start else None,
        after if after and after.start == passage.end else None,
    )
