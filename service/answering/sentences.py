"""Candidate sentences: what of the retrieved passages could be quoted, and how well it fits."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ingest.documents import UNQUOTABLE, Passage
from ingest.embedding.encoder import Embedding
from ingest.sentences import sentence_spans
from service.retrieval.hybrid import RetrievedPassage
from service.retrieval.words import stems

_ENCODED = 16  # sentences whose vector is computed: the dear part of an answer
_WEIGHTS = {"similarity": 1.0, "coverage": 0.6, "passage": 0.7}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a retrieved passage, offsets into its document."""

    source: RetrievedPassage
    start: int
    end: int
    stems: frozenset[str]

    @property
    def text(self) -> str:
        passage = self.source.passage
        return passage.text[self.start - passage.start : self.end - passage.start]


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """`similarity` is the cosine to the question, `coverage` the share of the question's words,
    weighted by rarity, that the sentence has; `score` orders sentences."""

    sentence: Sentence
    similarity: float
    coverage: float
    score: float
    vector: np.ndarray


def sentences_of(retrieved: RetrievedPassage) -> list[Sentence]:
    """Sentences that can be quoted: none of titles, headings and code."""
    passage: Passage = retrieved.passage
    found = []
    for block in passage.blocks:
        if block.kind in UNQUOTABLE:
            continue
        text = passage.text[block.start - passage.start : block.end - passage.start]
        for start, end in sentence_spans(text):
            words = frozenset(stems(text[start:end]))
            found.append(Sentence(retrieved, block.start + start, block.start + end, words))
    return found


def score_sentences(
    question: str,
    idf: dict[str, float],
    passages: Sequence[RetrievedPassage],
    embedding: Embedding,
) -> list[ScoredSentence]:
    """Sentences of the passages, best first.

    `idf` has the question's content stems with their inverse document frequency. Only the most
    promising sentences, by words and passage, are compared with the question by their vectors.
    """
    candidates = [sentence for passage in passages for sentence in sentences_of(passage)]
    coverages = {id(s): coverage(idf, s.stems) for s in candidates}
    candidates.sort(key=lambda s: -(coverages[id(s)] + s.source.score))
    candidates = candidates[:_ENCODED]
    if not candidates:
        return []
    asked = np.asarray(embedding.get_query_embedding(question), dtype=np.float32)
    vectors = embedding.get_text_embedding_batch([" ".join(s.text.split()) for s in candidates])
    scored = []
    for sentence, vector in zip(candidates, vectors, strict=True):
        array = np.asarray(vector, dtype=np.float32)
        similarity, covered = float(array @ asked), coverages[id(sentence)]
        score = (
            _WEIGHTS["similarity"] * similarity
            + _WEIGHTS["coverage"] * covered
            + _WEIGHTS["passage"] * sentence.source.score
        ) / sum(_WEIGHTS.values())
        scored.append(ScoredSentence(sentence, similarity, covered, score, array))
    return sorted(scored, key=lambda s: -s.score)


def coverage(idf: dict[str, float], words: frozenset[str]) -> float:
    """Share of the question's words found among `words`, weighted by rarity, 0 to 1."""
    total = sum(idf.values())
    return sum(weight for word, weight in idf.items() if word in words) / total if total else 0.0
