"""The extractive engine: the best sentences of the best passages, in the documents' own words."""

from collections.abc import Sequence

from service.answering.asked import AskedWords
from service.answering.choice import choose, need_of
from service.answering.confidence import confidence_features
from service.answering.engine import Draft, Question
from service.answering.quoting import Quoting
from service.answering.ranking import SentenceRanker
from service.answering.sentences import ScoredSentence, score_sentences
from service.answering.sides import asks_whether, with_other_side
from service.retrieval.hybrid import RetrievedPassage, Retriever
from service.retrieval.words import says_something


class ExtractiveEngine:
    """Quotes. Runs in the process, needs no model but the embedder, and cannot invent a word."""

    name = "extractive"

    def __init__(self, retriever: Retriever, ranker: SentenceRanker, threshold: float) -> None:
        """`threshold`: least confidence, 0 to 1, at which it answers instead of abstaining."""
        self._index = retriever.index
        self._fulltext = retriever.fulltext
        self._ranker = ranker
        self._threshold = threshold

    def draft(self, question: Question, passages: Sequence[RetrievedPassage]) -> Draft:
        if not says_something(question.standalone):
            return Draft(iter(()), 0.0)
        asked = AskedWords.of(question.standalone, self._fulltext)
        scored = score_sentences(question.standalone, asked, passages, self._ranker)
        if not scored:
            return Draft(iter(()), 0.0)
        confidence = self._confidence(question.standalone, asked, passages, scored)
        if question.asked != question.standalone:
            # An earlier question's words are all in the documents: its own must count as much.
            own = AskedWords.of(question.asked, self._fulltext)
            confidence = (confidence + self._confidence(question.asked, own, passages, scored)) / 2
        if confidence < self._threshold:
            return Draft(iter(()), confidence)
        chosen = choose(scored, need_of(question.standalone))
        whether = asks_whether(question.standalone)
        # Speakers of other sentences than the chosen ones are only looked for where sides are.
        quoted = passages if whether else [choice.best.sentence.source for choice in chosen]
        quoting = Quoting(self._index, quoted)
        if whether:
            chosen = with_other_side(chosen, scored, lambda one: quoting.speaker_of(one.sentence))
        return Draft(quoting.statements(chosen), confidence)

    def _confidence(
        self,
        question: str,
        asked: AskedWords,
        passages: Sequence[RetrievedPassage],
        scored: Sequence[ScoredSentence],
    ) -> float:
        features = confidence_features(question, asked, passages, scored)
        return self._ranker.weights.confidence.probability(features)
