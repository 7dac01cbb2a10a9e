"""The extractive engine: the best sentences of the best passages, in the documents' own words."""

from collections.abc import Iterator, Sequence

from ingest.embedding.encoder import Embedding
from service.answering.answer import Citation, Statement
from service.answering.confidence import confidence_features, load_confidence_model
from service.answering.engine import Draft, Question
from service.answering.sentences import ScoredSentence, score_sentences
from service.retrieval.fulltext import FullText
from service.retrieval.hybrid import RetrievedPassage
from service.retrieval.words import content_stems

_MOST_STATEMENTS = 3
_WITHIN = 0.85  # a further sentence must reach this share of the best one's score
_SAME = 0.9  # cosine from which two sentences say the same


class ExtractiveEngine:
    """Quotes. Runs in the process, needs no model but the embedder, and cannot invent a word."""

    name = "extractive"

    def __init__(self, fulltext: FullText, embedding: Embedding, threshold: float) -> None:
        """`threshold`: least confidence, 0 to 1, at which it answers instead of abstaining."""
        self._fulltext = fulltext
        self._embedding = embedding
        self._threshold = threshold
        self._confidence = load_confidence_model()

    def draft(self, question: Question, passages: Sequence[RetrievedPassage]) -> Draft:
        idf = self._fulltext.idf(content_stems(question.standalone))
        scored = score_sentences(question.standalone, idf, passages, self._embedding)
        own = self._fulltext.idf(content_stems(question.asked))
        features = confidence_features(question.asked, own, passages, scored)
        confidence = self._confidence.probability(features) if scored else 0.0
        chosen = choose(scored) if confidence >= self._threshold else []
        return Draft(_statements(chosen), confidence)


def choose(scored: Sequence[ScoredSentence]) -> list[ScoredSentence]:
    """One to three sentences: the best, and others nearly as good that say something else.

    They stand in the order of their document; the document of the best sentence comes first.
    """
    chosen: list[ScoredSentence] = []
    for candidate in scored:
        if len(chosen) == _MOST_STATEMENTS or candidate.score < _WITHIN * scored[0].score:
            break
        if not any(_says_the_same(candidate, other) for other in chosen):
            chosen.append(candidate)
    documents = list(dict.fromkeys(c.sentence.source.record.document_id for c in chosen))
    return sorted(
        chosen,
        key=lambda c: (documents.index(c.sentence.source.record.document_id), c.sentence.start),
    )


def _says_the_same(one: ScoredSentence, other: ScoredSentence) -> bool:
    return one.sentence.text == other.sentence.text or float(one.vector @ other.vector) > _SAME


def _statements(chosen: Sequence[ScoredSentence]) -> Iterator[Statement]:
    for scored in chosen:
        sentence = scored.sentence
        citation = Citation(
            sentence.source.record, sentence.source.passage, sentence.start, sentence.end, 1.0
        )
        yield Statement(" ".join(sentence.text.split()), (citation,))
