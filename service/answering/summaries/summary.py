"""A summary: the central sentences of a document, in its own words and order, each cited.

A sentence is central when it is close to many others (LexRank, Erkan and Radev 2004, over sentence
vectors), the more so when it is like the title or stands early; of those, one is passed over that
says what a chosen one says (maximal marginal relevance, Carbonell and Goldstein 1998).

Of a long document only some 100 sentences are compared, so that 300 pages take no longer than ten:
those of its first passages and of the passages nearest to the mean of all its vectors, which the
index has already.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.index import DocumentRecord, Index
from service.answering.answer import Citation, Statement
from service.answering.ranking.sentence_vectors import SentenceVectors
from service.answering.speakers import Speakers
from service.answering.summaries.quotable import Quotable, quotable_sentences
from service.retrieval.hybrid import RetrievedPassage

_COMPARED = 100  # sentences of a document
_OPENING = 3  # passages that are always considered
_FEWEST, _MOST = 3, 5  # sentences of a summary
_DAMPING = 0.85
_LIKE_TITLE = 0.3
_EARLY = 0.5
_EARLY_FADES = 6.0  # sentences after which standing early counts half
_RELEVANCE = 0.7  # against redundancy

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Summary:
    """`passages` are those that the statements are in, the most central first."""

    statements: tuple[Statement, ...]
    passages: tuple[RetrievedPassage, ...]


class Summariser:
    """Sums up documents of an index."""

    def __init__(self, index: Index, vectors: SentenceVectors) -> None:
        self._index = index
        self._vectors = vectors

    def summarise(self, records: Sequence[DocumentRecord], sentences: int | None = None) -> Summary:
        """Three to five sentences of one document, or as many as are asked for; two of each of
        two, one of each of more. Documents without a sentence to quote are passed over."""
        wanted = sentences if len(records) == 1 else 2 if len(records) == 2 else 1
        chosen: list[Quotable] = []
        for record in records:
            chosen += self._central(record, wanted)
        return _summary(chosen, Speakers(self._index, [one.source for one in chosen]))

    def _central(self, record: DocumentRecord, wanted: int | None) -> list[Quotable]:
        found = quotable_sentences(self._considered(record))[:_COMPARED]
        if not found:
            return []
        vectors = self._vectors.of([sentence.text for sentence in found])
        title = self._vectors.of([record.title or record.source])[0]
        count = wanted or max(_FEWEST, min(_MOST, len(found) // 4))
        chosen = spread(centrality(vectors, title), vectors, count)
        return [found[number] for number in sorted(chosen)]

    def _considered(self, record: DocumentRecord) -> list[RetrievedPassage]:
        """Passages with enough sentences to choose from, in the order of the document."""
        rows = self._index.vectors_of(record)
        if not rows:
            return []
        mean = np.mean([vector for _, vector in rows], axis=0)
        mean /= float(np.linalg.norm(mean)) or 1.0
        near = [max(0.0, min(1.0, float(vector @ mean))) for _, vector in rows]
        order = sorted(range(len(rows)), key=lambda n: (n >= _OPENING, -near[n]))
        passages: list[RetrievedPassage] = []
        sentences = 0
        for number in order:
            if sentences >= _COMPARED:
                break
            passage = rows[number][0]
            passages.append(RetrievedPassage(passage, record, near[number], 0.0, near[number]))
            sentences += len(quotable_sentences(passages[-1:]))
        return sorted(passages, key=lambda one: one.passage.start)


def centrality(vectors: Floats, title: Floats) -> Floats:
    """How much each sentence says of what the document is about; `vectors` in document order."""
    likeness = np.clip(vectors @ vectors.T, 0.0, None)
    np.fill_diagonal(likeness, 0.0)
    steps = likeness / np.maximum(likeness.sum(axis=1, keepdims=True), 1e-9)
    rank = np.full(len(vectors), 1 / len(vectors))
    for _ in range(30):
        rank = (1 - _DAMPING) / len(vectors) + _DAMPING * (steps.T @ rank)
    early = 1 / (1 + np.arange(len(vectors)) / _EARLY_FADES)
    score: Floats = rank / rank.max() + _LIKE_TITLE * (vectors @ title) + _EARLY * early
    return score / float(score.max())


def spread(scores: Floats, vectors: Floats, count: int) -> list[int]:
    """The numbers of the best sentences that do not say the same."""
    chosen: list[int] = []
    left = set(range(len(scores)))
    while left and len(chosen) < count:
        said = np.max(vectors @ vectors[chosen].T, axis=1) if chosen else np.zeros(len(scores))
        worth = _RELEVANCE * scores - (1 - _RELEVANCE) * said
        best = max(left, key=lambda number: (float(worth[number]), -number))
        chosen.append(best)
        left.remove(best)
    return chosen


def _summary(chosen: Sequence[Quotable], speakers: Speakers) -> Summary:
    passages = {one.source.passage.id: one.source for one in chosen}
    return Summary(
        tuple(_statement(one, speakers) for one in chosen),
        tuple(sorted(passages.values(), key=lambda one: -one.score)),
    )


def _statement(quoted: Quotable, speakers: Speakers) -> Statement:
    citation = Citation(quoted.record, quoted.passage, quoted.start, quoted.end, 1.0)
    speaker = speakers.of(quoted.source, quoted.start, quoted.end)
    return Statement(quoted.text, (citation,), speaker)
