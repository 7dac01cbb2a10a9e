"""Training lists for the sentence ranker: a question, the sentence that answers it, and others.

The others are hard: of the same article, those nearest to the question by tf-idf and those next to
the answer. A list may have no answer at all; the ranker learns from it what is none.
"""

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from eval.cases.squad import SquadArticle
from ingest.sentences import sentence_spans

_NEAREST = 8
_TITLE_WORDS = 3
_QUOTES = re.compile(r"\s*(``|'')\s*")
_SPACED = (
    (re.compile(r" -lrb- | -lsb- ", re.IGNORECASE), " ("),
    (re.compile(r" -rrb-| -rsb-", re.IGNORECASE), ")"),
    (re.compile(r" ('s|'re|'ve|'ll|'d|'m|n't)\b"), r"\1"),
    (re.compile(r" ([.,;:?!%)])"), r"\1"),
    (re.compile(r"([($£€]) "), r"\1"),
)


@dataclass(frozen=True, slots=True)
class RankingExample:
    """Candidates for a question; the first one answers it if `answered`, the others do not."""

    question: str
    candidates: tuple[str, ...]
    answered: bool


def from_pairs(path: Path, negatives: int, seed: int) -> list[RankingExample]:
    """From lines of a question, a tab, and the sentence that answers it, rows of one article
    together (Du et al. 2017): lower-cased and tokenised, which is taken back as far as it goes."""
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines() if "\t" in line]
    pairs = [(written(question), written(sentence)) for question, sentence in rows]
    sentences = list(dict.fromkeys(sentence for _, sentence in pairs))
    near = _Nearest(sentences)
    places = {sentence: place for place, sentence in enumerate(sentences)}
    draw = random.Random(seed)
    examples = []
    for question, sentence in pairs:
        place = places[sentence]
        beside = [n for n in (place - 2, place - 1, place + 1, place + 2) if 0 <= n < len(places)]
        others = _others(near.to(question), beside, {place}, negatives, len(sentences), draw)
        chosen = (sentence, *(sentences[n] for n in others))
        examples.append(RankingExample(question, chosen, True))
    return examples


def from_articles(
    articles: Iterable[SquadArticle], negatives: int, seed: int, emptied: float
) -> Iterator[RankingExample]:
    """From articles in SQuAD format. A share `emptied` of the questions comes without its answer,
    as do those that the file calls unanswerable: their lists are of the paragraph they are about.
    """
    draw = random.Random(seed)
    for article in articles:
        yield from _of_article(article, negatives, draw, emptied)


def written(tokens: str) -> str:
    """Tokenised text as people write it, as far as it can be told."""
    text = f" {tokens.strip()} "
    opening = True
    while found := _QUOTES.search(text):
        mark = ' "' if opening else '" '
        text = text[: found.start()] + mark + text[found.end() :]
        opening = not opening
    for pattern, form in _SPACED:
        text = pattern.sub(form, text)
    return " ".join(text.split())


def _of_article(
    article: SquadArticle, negatives: int, draw: random.Random, emptied: float
) -> Iterator[RankingExample]:
    spans = list(_sentence_spans(article.text))
    sentences = [" ".join(article.text[start:end].split()) for start, end in spans]
    if len(sentences) < negatives + 1:
        return
    near = _Nearest(sentences)
    for asked in article.questions:
        gold = {n for n, (start, end) in enumerate(spans) if _holds(start, end, asked.spans)}
        if asked.spans and not gold:
            continue  # the answer runs over a sentence's end
        first = min(gold, default=None)
        beside = [] if first is None else [first - 2, first - 1, first + 1, first + 2]
        beside = [n for n in beside if 0 <= n < len(sentences)]
        empty = first is None or draw.random() < emptied
        count = negatives + 1 if empty else negatives
        others = _others(near.to(asked.question), beside, gold, count, len(sentences), draw)
        chosen = [sentences[n] for n in others]
        if first is not None and not empty:
            chosen.insert(0, sentences[first])
        yield RankingExample(asked.question, tuple(chosen), not empty)


def _sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    for paragraph in re.finditer(r"[^\n]+", text):
        for start, end in sentence_spans(paragraph.group()):
            if (
                len(text[paragraph.start() + start : paragraph.start() + end].split())
                > _TITLE_WORDS
            ):
                yield paragraph.start() + start, paragraph.start() + end


def _holds(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= first and last <= end for first, last in spans)


def _others(
    nearest: Sequence[int],
    beside: Sequence[int],
    right: set[int],
    count: int,
    total: int,
    draw: random.Random,
) -> list[int]:
    """Distinct places: mostly near ones, one beside the answer, one from anywhere."""
    near = [n for n in nearest if n not in right]
    chosen = draw.sample(near, min(len(near), max(1, count - 2)))
    rest = [n for n in beside if n not in right and n not in chosen]
    chosen += draw.sample(rest, min(1, len(rest)))
    while len(chosen) < count:
        one = draw.randrange(total)
        if one not in right and one not in chosen:
            chosen.append(one)
    return chosen


class _Nearest:
    """The sentences nearest to a question by tf-idf."""

    def __init__(self, sentences: Sequence[str]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._vectorizer = TfidfVectorizer(sublinear_tf=True, stop_words="english")
        self._matrix = self._vectorizer.fit_transform(sentences)

    def to(self, question: str) -> list[int]:
        scores = (self._matrix @ self._vectorizer.transform([question]).T).toarray()[:, 0]
        return [int(n) for n in np.argsort(-scores, kind="stable")[:_NEAREST]]
