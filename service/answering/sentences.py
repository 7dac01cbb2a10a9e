"""Candidate sentences: what of the retrieved passages could be quoted, and how well it fits.

A sentence is compared with the question by meaning and by words; the features go into a logistic
regression whose weights are data (see `service.answering.weights`). What compares the meanings is
the sentence ranker, or without it the embedding.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from ingest.documents import UNQUOTABLE
from ingest.sentences import block_spans
from service.answering.answer_type import answer_type, offers
from service.answering.asked import AskedWords
from service.answering.weights import Regression
from service.retrieval.hybrid import RetrievedPassage
from service.retrieval.words import stems

SENTENCE_FEATURES = (
    "fit",
    "coverage",
    "coverage_in_context",
    "passage_score",
    "passage_similarity",
    "offers_type",
    "lacks_type",
    "is_caption",
    "length",
)
_COMPARED = 16  # sentences whose meaning is compared: the dear part of an answer


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
    """`features` are in the order of `SENTENCE_FEATURES`; `score` is the probability, 0 to 1,
    that the sentence answers the question, given that one of the candidates does."""

    sentence: Sentence
    features: tuple[float, ...]
    score: float = 0.0

    @property
    def fit(self) -> float:
        """How well it fits the question by its meaning, on the scale of what compared them."""
        return self.features[0]

    @property
    def coverage(self) -> float:
        """Share of the question's words that it has, those of its context counting half."""
        return self.features[2]


class Comparer(Protocol):
    """Compares the meaning of a question with that of sentences."""

    name: str
    """Names the weights that were fitted with it."""

    def fits(self, question: str, sentences: Sequence[str]) -> list[float]:
        """For each sentence how well it fits, higher being better, on a scale of its own."""
        ...


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
    question: str,
    asked: AskedWords,
    passages: Sequence[RetrievedPassage],
    comparer: Comparer,
    ranker: Regression,
) -> list[ScoredSentence]:
    """Sentences of the passages, best first.

    Only the most promising ones, by words and passage, are compared by their meaning.
    """
    compared = compare_sentences(question, asked, passages, comparer)
    scored = [replace(one, score=ranker.probability(one.features)) for one in compared]
    return sorted(scored, key=lambda one: -one.score)


def compare_sentences(
    question: str,
    asked: AskedWords,
    passages: Sequence[RetrievedPassage],
    comparer: Comparer,
) -> list[ScoredSentence]:
    """The candidates with their features, not scored yet."""
    found = [sentence for passage in passages for sentence in sentences_of(passage)]
    if not found:
        return []
    in_context = [_in_context(asked, sentence) for sentence in found]
    order = sorted(range(len(found)), key=lambda n: -(in_context[n] + 2 * found[n].source.score))
    candidates = [(found[n], in_context[n]) for n in order[:_COMPARED]]
    wanted = answer_type(question)
    fits = comparer.fits(question, [sentence.text for sentence, _ in candidates])
    compared = []
    for number, (sentence, covered) in enumerate(candidates):
        has_type = offers(sentence.text, wanted, question)
        features = (
            fits[number],
            asked.coverage(stems(sentence.text)),
            covered,
            sentence.source.score,
            sentence.source.similarity,
            1.0 if wanted != "open" and has_type else 0.0,
            1.0 if not has_type else 0.0,
            1.0 if sentence.is_caption else 0.0,
            math.log1p(len(sentence.text)),
        )
        compared.append(ScoredSentence(sentence, features))
    return compared


def _in_context(asked: AskedWords, sentence: Sentence) -> float:
    """Coverage in which words of the sentence before count half."""
    return asked.coverage(stems(sentence.text), stems(sentence.before))
