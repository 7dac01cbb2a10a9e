"""Hybrid retrieval: nearest vectors and BM25 together, fused into one score from 0 to 1.

The score is a weighted mean of the cosine similarity and of the share that a passage reaches of
the highest BM25 score the question allows. It orders passages as well as a mean of z-scores does
(better than reciprocal ranks, Cormack et al. 2009), and unlike both it means the same for every
question, so that a threshold can be set on it.
"""

import threading
from collections.abc import Sequence

from ingest.embedding import Embedding
from ingest.index import FoundPassage, Index
from ingest.index.record import DocumentRecord
from service.retrieval.diversity import diversify
from service.retrieval.folding import fold
from service.retrieval.fulltext import FullText
from service.retrieval.reranker import Reranker
from service.retrieval.retrieved import RetrievedPassage
from service.retrieval.words import content_stems

__all__ = ["RetrievedPassage", "Retriever", "fuse"]

_CANDIDATES = 40  # from each of the two searches
_MORE_CANDIDATES = 400  # where many of them say the same
_LEXICAL_WEIGHT = 0.7
_REMEMBERED = 20_000  # records of documents


class Retriever:
    """Finds the passages of an index that a question is about."""

    def __init__(
        self,
        index: Index,
        fulltext: FullText,
        embedding: Embedding,
        reranker: Reranker | None = None,
    ) -> None:
        self.index = index
        self.fulltext = fulltext
        self._embedding = embedding
        self.reranker = reranker
        self._syncing = threading.Lock()
        self._seen = index.revision()
        self._records: dict[str, DocumentRecord] = {}

    def sync(self) -> None:
        """See what other processes have written since; cheap when nothing has changed."""
        with self._syncing:
            revision = self.index.revision()
            if revision != self._seen:
                self.index.refresh()
                self._seen, self._records = revision, {}
            elif len(self._records) > _REMEMBERED:
                self._records = {}
            self.fulltext.sync(self.index, revision)

    def retrieve(
        self, question: str, limit: int, document_ids: Sequence[str] | None = None
    ) -> list[RetrievedPassage]:
        """The best passages for a question, best first, no two of which say the same.

        Raises ModelError when the embedding or the reranker cannot be run.
        """
        distinct = self._distinct(question, limit, document_ids)
        if self.reranker:
            distinct = self.reranker.order(question, distinct)
        return diversify(distinct, limit)

    def _distinct(
        self, question: str, limit: int, document_ids: Sequence[str] | None
    ) -> list[RetrievedPassage]:
        """Candidates in the order of their scores, near-duplicates folded; searched for once more
        when too few are left."""
        vector = self._embedding.get_query_embedding(question)
        words = content_stems(question)
        found = self._candidates(vector, words, _CANDIDATES, document_ids)
        distinct = fold(found)
        if len(distinct) < min(limit, len(found)) and len(found) >= _CANDIDATES:
            distinct = fold(self._candidates(vector, words, _MORE_CANDIDATES, document_ids))
        return distinct

    def _candidates(
        self,
        vector: list[float],
        words: Sequence[str],
        most: int,
        document_ids: Sequence[str] | None,
    ) -> list[RetrievedPassage]:
        """`most` passages by meaning and `most` by words, in the order of their scores."""
        bm25 = self.fulltext.search(words, most, document_ids)
        found = self.index.nearest(vector, most, document_ids, list(bm25), self._records)
        return fuse(found, bm25, self.fulltext.highest_score(words))


def fuse(
    found: list[FoundPassage], bm25: dict[str, float], most_bm25: float
) -> list[RetrievedPassage]:
    """Order candidates by the weighted mean of similarity and share of the BM25 score, best first.

    `most_bm25` is the score of a passage in which every word of the question is frequent.
    """
    fused = []
    for item in found:
        lexical = min(1.0, bm25.get(item.passage.id, 0.0) / most_bm25) if most_bm25 else 0.0
        similarity = max(0.0, min(1.0, item.similarity))
        score = (similarity + _LEXICAL_WEIGHT * lexical) / (1 + _LEXICAL_WEIGHT)
        fused.append(RetrievedPassage(item.passage, item.record, similarity, lexical, score))
    return sorted(fused, key=lambda item: (-item.score, item.passage.id))
