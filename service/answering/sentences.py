"""Candidate sentences: what of the retrieved passages could be quoted, and how well it answers.

What the ranker makes of a sentence and how many of the question's words it has go into a linear
model, whose weights come with the ranker.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.documents import UNQUOTABLE
from ingest.sentences import block_spans
from service.answering.answer_type import AnswerType, answer_type, offers
from service.answering.asked import AskedWords
from service.answering.ranking import SentenceRanker, SentenceScores
from service.answering.ranking.weights import Regression
from service.retrieval.hybrid import RetrievedPassage
from service.retrieval.words import stems

SENTENCE_FEATURES = (
    "fit",
    "answer",
    "holds",
    "coverage",
    "coverage_in_context",
    "passage_score",
    "passage_similarity",
    "offers_type",
    "lacks_type",
    "is_caption",
    "length",
)
_READ = 5  # passages


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a retrieved passage, offsets into its document."""

    source: RetrievedPassage
    start: int
    end: int
    before: str
    """The sentence before it in its passage, or what it is filed under: title and headings."""
    is_caption: bool

    @property
    def text(self) -> str:
        passage = self.source.passage
        words = passage.text[self.start - passage.start : self.end - passage.start]
        return " ".join(words.split())


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """`features` are in the order of `SENTENCE_FEATURES`."""

    sentence: Sentence
    scores: SentenceScores
    coverage: float
    """Share of the question's words that it has, those of the sentence before counting half."""
    features: tuple[float, ...]
    score: float = 0.0
    """How well it answers the question, from the features; on no scale."""
    share: float = 0.0
    """Probability, 0 to 1, that it is the one that answers, given that one of the candidates
    does: the softmax of the scores."""


def sentences_of(retrieved: RetrievedPassage) -> list[Sentence]:
    """Sentences that can be quoted: none of titles, headings and code."""
    passage = retrieved.passage
    before = ". ".join([retrieved.record.title, *passage.headings])
    found = []
    for block in passage.blocks:
        if block.kind in UNQUOTABLE:
            continue
        text = passage.text[block.start - passage.start : block.end - passage.start]
        for start, end in block_spans(block.kind, text):
            sentence = Sentence(
                retrieved, block.start + start, block.start + end, before, block.kind == "caption"
            )
            found.append(sentence)
            before = sentence.text
    return found


def score_sentences(
    question: str, asked: AskedWords, passages: Sequence[RetrievedPassage], ranker: SentenceRanker
) -> list[ScoredSentence]:
    """Sentences of the most promising passages, best first."""
    return ranked(read_sentences(question, asked, passages, ranker), ranker.weights.sentence)


def ranked(candidates: Sequence[ScoredSentence], weights: Regression) -> list[ScoredSentence]:
    """The candidates of one question with score and share, best first."""
    scores = [weights.total(one.features) for one in candidates]
    odds = [math.exp(score - max(scores)) for score in scores]
    made = [
        replace(one, score=score, share=odd / sum(odds))
        for one, score, odd in zip(candidates, scores, odds, strict=True)
    ]
    return sorted(made, key=lambda one: -one.score)


def read_sentences(
    question: str, asked: AskedWords, passages: Sequence[RetrievedPassage], ranker: SentenceRanker
) -> list[ScoredSentence]:
    """The candidates with their features, not scored yet."""
    promising = _promising(asked, [sentences_of(passage) for passage in passages])
    texts = [[sentence.text for sentence in sentences] for sentences in promising]
    made = ranker.score(question, texts)
    wanted = answer_type(question)
    return [
        _with_features(question, asked, sentence, scores, wanted)
        for sentences, read in zip(promising, made, strict=True)
        for sentence, scores in zip(sentences, read, strict=True)
    ]


def _promising(asked: AskedWords, passages: list[list[Sentence]]) -> list[list[Sentence]]:
    """Those with the best sentence by words and passage; scores is the dear part of an answer."""

    def promise(sentences: list[Sentence]) -> float:
        return max(_in_context(asked, one) + 2 * one.source.score for one in sentences)

    return sorted(filter(None, passages), key=promise, reverse=True)[:_READ]


def _with_features(
    question: str, asked: AskedWords, sentence: Sentence, scores: SentenceScores, wanted: AnswerType
) -> ScoredSentence:
    has_type = offers(sentence.text, wanted, question)
    coverage = _in_context(asked, sentence)
    features = (
        scores.fit,
        scores.answer,
        scores.holds,
        asked.coverage(stems(sentence.text)),
        coverage,
        sentence.source.score,
        sentence.source.similarity,
        1.0 if wanted != "open" and has_type else 0.0,
        1.0 if not has_type else 0.0,
        1.0 if sentence.is_caption else 0.0,
        math.log1p(len(sentence.text)),
    )
    return ScoredSentence(sentence, scores, coverage, features)


def _in_context(asked: AskedWords, sentence: Sentence) -> float:
    """Coverage in which words of the sentence before count half."""
    return asked.coverage(stems(sentence.text), stems(sentence.before))
