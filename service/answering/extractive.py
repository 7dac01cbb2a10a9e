"""The extractive engine: the best sentences of the best passages, in the documents' own words."""

from collections.abc import Iterator, Sequence

from service.answering.answer import Citation, Statement
from service.answering.asked import AskedWords
from service.answering.attribution import speaker_of
from service.answering.confidence import confidence_features
from service.answering.engine import Draft, Question
from service.answering.sentences import Comparer, ScoredSentence, Sentence, score_sentences
from service.answering.weights import load_weights
from service.retrieval.fulltext import FullText
from service.retrieval.hybrid import RetrievedPassage
from service.retrieval.words import says_something, stems

_MOST_STATEMENTS = 3
_WITHIN = 0.6  # a further sentence must reach this share of the best one's probability
_SAME = 0.8  # share of two sentences' words that both have, from which they say the same


class ExtractiveEngine:
    """Quotes. Runs in the process, needs no model but the embedder, and cannot invent a word."""

    name = "extractive"

    def __init__(self, fulltext: FullText, comparer: Comparer, threshold: float) -> None:
        """`threshold`: least confidence, 0 to 1, at which it answers instead of abstaining."""
        self._fulltext = fulltext
        self._comparer = comparer
        self._threshold = threshold
        self._weights = load_weights(comparer.name)

    def draft(self, question: Question, passages: Sequence[RetrievedPassage]) -> Draft:
        if not says_something(question.standalone):
            return Draft(iter(()), 0.0)
        asked = AskedWords.of(question.standalone, self._fulltext)
        scored = score_sentences(
            question.standalone, asked, passages, self._comparer, self._weights.ranker
        )
        if not scored:
            return Draft(iter(()), 0.0)
        confidence = self._confidence(question.standalone, asked, passages, scored)
        if question.asked != question.standalone:
            # An earlier question's words are all in the documents: its own must count as much.
            own = AskedWords.of(question.asked, self._fulltext)
            confidence = (confidence + self._confidence(question.asked, own, passages, scored)) / 2
        chosen = choose(scored) if confidence >= self._threshold else []
        return Draft(_statements(chosen, passages), confidence)

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
    words = [frozenset(stems(scored.sentence.text)) for scored in (one, other)]
    return len(words[0] & words[1]) >= _SAME * len(words[0] | words[1])


def _statements(
    chosen: Sequence[ScoredSentence], passages: Sequence[RetrievedPassage]
) -> Iterator[Statement]:
    for scored in chosen:
        sentence = scored.sentence
        source = sentence.source
        citation = Citation(source.record, source.passage, sentence.start, sentence.end, 1.0)
        yield Statement(sentence.text, (citation,), _speaker(sentence, passages))


def _speaker(sentence: Sentence, passages: Sequence[RetrievedPassage]) -> str | None:
    """Who the text says makes the claim; looked for in the passage and those beside it."""
    start, text = _around(sentence.source, passages)
    found = speaker_of(text, sentence.start - start, sentence.end - start)
    return found.name if found else None


def _around(source: RetrievedPassage, passages: Sequence[RetrievedPassage]) -> tuple[int, str]:
    """The passage with its neighbours, as far as they were retrieved, and where that starts."""
    own = source.passage
    here = {p.passage.start: p.passage for p in passages if p.record == source.record}
    before = next((p for p in here.values() if p.end == own.start), None)
    after = here.get(own.end)
    text = (before.text if before else "") + own.text + (after.text if after else "")
    return (before.start if before else own.start), text
