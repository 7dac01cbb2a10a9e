"""The extractive engine: the best sentences of the best passages, in the documents' own words."""

from collections.abc import Iterator, Sequence

from ingest.embedding import Embedding
from service.answering.answer import Citation, Statement
from service.answering.asked import AskedWords
from service.answering.confidence import confidence_features
from service.answering.engine import Draft, Question
from service.answering.sentence_vectors import SentenceVectors
from service.answering.sentences import ScoredSentence, score_sentences
from service.answering.weights import load_weights
from service.retrieval.fulltext import FullText
from service.retrieval.hybrid import RetrievedPassage
from service.retrieval.words import says_something

_MOST_STATEMENTS = 3
_WITHIN = 0.6  # a further sentence must reach this share of the best one's probability
_SAME = 0.9  # cosine from which two sentences say the same


class ExtractiveEngine:
    """Quotes. Runs in the process, needs no model but the embedder, and cannot invent a word."""

    name = "extractive"

    def __init__(self, fulltext: FullText, embedding: Embedding, threshold: float) -> None:
        """`threshold`: least confidence, 0 to 1, at which it answers instead of abstaining."""
        self._fulltext = fulltext
        self._vectors = SentenceVectors(embedding)
        self._threshold = threshold
        self._weights = load_weights()

    def draft(self, question: Question, passages: Sequence[RetrievedPassage]) -> Draft:
        if not says_something(question.standalone):
            return Draft(iter(()), 0.0)
        asked = AskedWords.of(question.standalone, self._fulltext)
        scored = score_sentences(
            question.standalone, asked, passages, self._vectors, self._weights.ranker
        )
        if not scored:
            return Draft(iter(()), 0.0)
        confidence = self._confidence(question.standalone, asked, passages, scored)
        if question.asked != question.standalone:
            # An earlier question's words are all in the documents: its own must count as much.
            own = AskedWords.of(question.asked, self._fulltext)
            confidence = (confidence + self._confidence(question.asked, own, passages, scored)) / 2
        chosen = choose(scored) if confidence >= self._threshold else []
        return Draft(_statements(chosen), confidence)

    def _confidence(
        self,
        question: str,
        asked: AskedWords,
        passages: Sequence[RetrievedPassage],
        scored: Sequence[ScoredSentence],
    ) -> float:
        features = confidence_features(question, asked, passages, scored)
        return self._weights.confidence.probability(features)


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
        source = sentence.source
        citation = Citation(source.record, source.passage, sentence.start, sentence.end, 1.0)
        yield Statement(sentence.text, (citation,))
