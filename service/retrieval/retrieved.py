"""What retrieval gives: a passage with its scores, and where else it stands."""

from dataclasses import dataclass

from ingest.documents import Passage
from ingest.index.record import DocumentRecord


@dataclass(frozen=True, slots=True)
class Place:
    """A passage of a document that has the words of another one, or nearly."""

    passage: Passage
    record: DocumentRecord


@dataclass(frozen=True, slots=True)
class RetrievedPassage:
    """A passage found for a question.

    All from 0 to 1: `similarity` is the cosine to the question, `lexical` the share of the BM25
    score the question allows, `score` their weighted mean, which orders the passages unless a
    reranker does.
    """

    passage: Passage
    record: DocumentRecord
    similarity: float
    lexical: float
    score: float
    also: tuple[Place, ...] = ()
    """Where else it stands, best first: `service.retrieval.folding`."""
