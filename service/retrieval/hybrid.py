"""Hybrid retrieval: nearest vectors and BM25 together, fused into one score from 0 to 1.

The score is a weighted mean of the cosine similarity and of the share that a passage reaches of
the highest BM25 score the question allows. It orders passages as well as a mean of z-scores does
(better than reciprocal ranks, Cormack et al. 2009), and unlike both it means the same for every
question, so that a threshold can be set on it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.embedding import Embedding
from ingest.index import Index
from ingest.index.record import DocumentRecord
from ingest.one_at_a_time import OneAtATime
from service.retrieval.diversity import diversify
from service.retrieval.folding import fold
from service.retrieval.fulltext import FullText
from service.retrieval.reranker import Reranker
from service.retrieval.retrieved import RetrievedPassage
from service.retrieval.words import content_stems

__all__ = ["RetrievedPassage", "Retriever"]

_CANDIDATES = 40  # from each of the two searches
_MORE_CANDIDATES = 400  # where many of them say the same
_READ = 3  # times as many as are wanted: some say the same, some are of one document
_LEXICAL_WEIGHT = 0.7
_REMEMBERED = 20_000  # records of documents


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage by its scores, as in `RetrievedPassage`; its text has not been read."""

    passage_id: str
    similarity: float
    lexical: float
    score: float


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
        self._syncing = OneAtATime()
        self._seen = index.revision()
        self._records: dict[str, DocumentRecord] = {}

    def sync(self) -> None:
        """See what other processes have written since; cheap when nothing has changed."""
        with self._syncing.turn():
            revision = self.index.revision()
            if revision != self._seen or len(self._records) > _REMEMBERED:
                self._seen, self._records = revision, {}
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
        """Candidates in the order of their scores, near-duplicates folded. Texts are read of the
        best ones; of all, and of more, where too few are left or a reranker wants to see them."""
        vector = self._embedding.get_query_embedding(question)
        words = content_stems(question)
        ranked = self._ranked(vector, words, _CANDIDATES, document_ids)
        first = len(ranked) if self.reranker else _READ * limit
        distinct = fold(self._read(ranked[:first]))
        if len(distinct) < limit and first < len(ranked):
            distinct = fold(self._read(ranked))
        if len(distinct) < min(limit, len(ranked)) and len(ranked) >= _CANDIDATES:
            ranked = self._ranked(vector, words, _MORE_CANDIDATES, document_ids)
            distinct = fold(self._read(ranked))
        return distinct

    def _ranked(
        self,
        vector: list[float],
        words: Sequence[str],
        most: int,
        document_ids: Sequence[str] | None,
    ) -> list[Ranked]:
        """`most` passages by meaning and `most` by words, in the order of their scores."""
        bm25 = self.fulltext.search(words, most, document_ids)
        similarities = self.index.similarities(vector, most, document_ids, list(bm25))
        return fuse(similarities, bm25, self.fulltext.highest_score(words))

    def _read(self, ranked: Sequence[Ranked]) -> list[RetrievedPassage]:
        by_id = {one.passage_id: one for one in ranked}
        similarities = {one.passage_id: one.similarity for one in ranked}
        return [
            RetrievedPassage(
                item.passage,
                item.record,
                item.similarity,
                by_id[item.passage.id].lexical,
                by_id[item.passage.id].score,
            )
            for item in self.index.found(similarities, self._records)
        ]


def fuse(
    similarities: Mapping[str, float], bm25: Mapping[str, float], most_bm25: float
) -> list[Ranked]:
    """Order passages by the weighted mean of similarity and share of the BM25 score, best first.

    `most_bm25` is the score of a passage in which every word of the question is frequent.
    """
    fused = []
    for passage_id, cosine in similarities.items():
        lexical = min(1.0, bm25.get(passage_id, 0.0) / most_bm25) if most_bm25 else 0.0
        similarity = max(0.0, min(1.0, cosine))
        score = (similarity + _LEXICAL_WEIGHT * lexical) / (1 + _LEXICAL_WEIGHT)
        fused.append(Ranked(passage_id, similarity, lexical, score))
    return sorted(fused, key=lambda one: (-one.score, one.passage_id))
