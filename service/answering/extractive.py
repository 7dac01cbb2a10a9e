"""The extractive engine: the best sentences of the best passages, in the documents' own words."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from types import MappingProxyType

from service.answering.abbreviations import (
    abbreviation_asked,
    asks_to_spell_out,
    spelling_out,
)
from service.answering.answer import Statement
from service.answering.asked import AskedWords
from service.answering.choice import Choice, choose, need_of
from service.answering.confidence import confidence_features
from service.answering.engine import Draft, Part, Question
from service.answering.own_words import own_words, person_asked
from service.answering.quoting import Quoting
from service.answering.ranking import SentenceRanker
from service.answering.sentences import ScoredSentence, score_sentences
from service.answering.sides import asks_whether, with_other_side
from service.language_models.limits import Limits
from service.retrieval.hybrid import RetrievedPassage, Retriever
from service.retrieval.words import says_something
from service.settings import EXTRACTIVE

_SPELT_OUT = 0.99  # how sure it is of an abbreviation's long form beside it


class ExtractiveEngine:
    """Quotes. Runs in the process, needs no model but the embedder, and cannot invent a word."""

    name = EXTRACTIVE
    prompts: Mapping[str, str] = MappingProxyType({})

    def __init__(self, retriever: Retriever, ranker: SentenceRanker, threshold: float) -> None:
        """`threshold`: least confidence, 0 to 1, at which it answers instead of abstaining."""
        self._index = retriever.index
        self._fulltext = retriever.fulltext
        self._ranker = ranker
        self._threshold = threshold

    def draft(self, parts: Sequence[Part], limits: Limits | None = None) -> Draft:
        """What can be answered of the parts is, each by itself. Needs no limits."""
        drafts = [self._draft(part.question, part.passages) for part in parts]
        if len(drafts) == 1:
            return drafts[0]
        statements = dict.fromkeys(chain.from_iterable(draft.statements for draft in drafts))
        return Draft(iter(statements), max(draft.confidence for draft in drafts))

    def _draft(self, question: Question, passages: Sequence[RetrievedPassage]) -> Draft:
        if not says_something(question.standalone):
            return Draft(iter(()), 0.0)
        asked = AskedWords.of(question.standalone, self._fulltext)
        scored = score_sentences(question.standalone, asked, passages, self._ranker)
        if defining := _defining(question.standalone, scored):
            quoting = Quoting(self._index, [defining.sentence.source])
            statements = quoting.statements([Choice(defining)])
            return Draft(statements if self._threshold <= _SPELT_OUT else iter(()), _SPELT_OUT)
        if asks_to_spell_out(question.standalone):
            return Draft(iter(()), 0.0)
        scored = self._said_by_who_is_asked_for(question.standalone, passages, scored)
        if not scored:
            return Draft(iter(()), 0.0)
        confidence = self._confidence(question.standalone, asked, passages, scored)
        if question.asked != question.standalone:
            # An earlier question's words are all in the documents: its own must count as much.
            own = AskedWords.of(question.asked, self._fulltext)
            confidence = (confidence + self._confidence(question.asked, own, passages, scored)) / 2
        if confidence < self._threshold:
            return Draft(iter(()), confidence)
        return Draft(self._statements(question.standalone, passages, scored), confidence)

    def _statements(
        self,
        question: str,
        passages: Sequence[RetrievedPassage],
        scored: Sequence[ScoredSentence],
    ) -> Iterator[Statement]:
        chosen = choose(scored, need_of(question))
        whether = asks_whether(question)
        # Speakers of other sentences than the chosen ones are only looked for where sides are.
        quoted = passages if whether else [choice.best.sentence.source for choice in chosen]
        quoting = Quoting(self._index, quoted)
        if whether:
            chosen = with_other_side(chosen, scored, lambda one: quoting.speaker_of(one.sentence))
        return quoting.statements(chosen)

    def _said_by_who_is_asked_for(
        self,
        question: str,
        passages: Sequence[RetrievedPassage],
        scored: list[ScoredSentence],
    ) -> list[ScoredSentence]:
        """Without what others say, if it asks for a person's words."""
        person = person_asked(question, "\n".join(one.passage.text for one in passages))
        if person is None:
            return scored
        quoting = Quoting(self._index, passages)
        return own_words(scored, person, lambda one: quoting.speaker_of(one.sentence))

    def _confidence(
        self,
        question: str,
        asked: AskedWords,
        passages: Sequence[RetrievedPassage],
        scored: Sequence[ScoredSentence],
    ) -> float:
        features = confidence_features(question, asked, passages, scored)
        return self._ranker.weights.confidence.probability(features)


def _defining(question: str, scored: Sequence[ScoredSentence]) -> ScoredSentence | None:
    """The sentence that spells out the abbreviation that is asked about."""
    short = abbreviation_asked(question)
    return spelling_out(short, scored) if short else None
