"""Training examples for the sentence ranker: a question with windows of text.

A window is a paragraph, or a few sentences that stand together. Beside the one with the answer
there may be another whose words are near to the question's: a near miss. A share of the questions
comes without the answer, or changed so that there is none: it is to learn what is no answer.
"""

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from eval.cases.squad import SquadArticle, SquadQuestion
from eval.training.altered_questions import Altering
from ingest.sentences import sentence_spans

_RANKED = 60
_NEAREST = 5
_NEARBY = 60  # sentences before and after
_WORDS = (60, 150)  # of a window, at most: drawn anew for each question
_LINE = re.compile(r"[^\n]+")
_QUOTES = re.compile(r"\s*(``|'')\s*")
_SPACED = (
    (re.compile(r" -lrb- | -lsb- ", re.IGNORECASE), " ("),
    (re.compile(r" -rrb-| -rsb-", re.IGNORECASE), ")"),
    (re.compile(r" ('s|'re|'ve|'ll|'d|'m|n't)\b"), r"\1"),
    (re.compile(r" ([.,;:?!%)])"), r"\1"),
    (re.compile(r"([($£€]) "), r"\1"),
)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Window:
    """Sentences that stand together. `gold` is the place among them of the one that answers the
    question, None if none does; `answer` the span of the very answer in it, if known."""

    sentences: tuple[str, ...]
    gold: int | None = None
    answer: Span | None = None


@dataclass(frozen=True, slots=True)
class RankingExample:
    """If one of the windows holds the answer, it is the first one."""

    question: str
    windows: tuple[Window, ...]

    @property
    def answered(self) -> bool:
        return self.windows[0].gold is not None


@dataclass(frozen=True, slots=True)
class Mixture:
    """Shares of the examples. With a near miss beside the answer; of those with an answer: with the
    question changed so that it has none, with the answering sentence taken away, with its whole
    paragraph taken away. `strange`: of the near misses, those that may come from any article."""

    near_misses: float = 0.5
    altered: float = 0.12
    emptied: float = 0.08
    elsewhere: float = 0.06
    strange: float = 0.3


class Source(Protocol):
    """Of examples, drawn anew at each call."""

    def examples(self, mixture: Mixture, draw: random.Random) -> Iterator[RankingExample]: ...


class Pairs:
    """Lines of a question, a tab, and the sentence that answers it, rows of one article together
    (Du et al. 2017): lower-cased and tokenised, which is taken back as far as it goes."""

    def __init__(self, path: Path, altering: Altering) -> None:
        rows = [line.split("\t") for line in path.read_text("utf-8").splitlines() if "\t" in line]
        self._pairs = [(written(question), written(sentence)) for question, sentence in rows]
        self._sentences = list(dict.fromkeys(sentence for _, sentence in self._pairs))
        self._places = {sentence: place for place, sentence in enumerate(self._sentences)}
        self._near = _Nearest(self._sentences)
        self._altering = altering

    def examples(self, mixture: Mixture, draw: random.Random) -> Iterator[RankingExample]:
        for question, sentence in self._pairs:
            place, most = self._places[sentence], draw.randint(*_WORDS)
            first, last = _around(place, self._sentences, most, draw)
            window = Window(tuple(self._sentences[first:last]), place - first)
            nearby = self._sentences[max(0, place - _NEARBY) : place + _NEARBY]
            question, window = _varied(question, window, nearby, mixture, draw, self._altering)
            windows = [window]
            if draw.random() < mixture.near_misses or not window.sentences:
                others = [n for n in self._near.to(question) if not first <= n < last]
                begin, end = _around(draw.choice(others), self._sentences, most, draw)
                windows.append(
                    Window(
                        tuple(
                            s for n, s in enumerate(self._sentences[begin:end], begin) if n != place
                        )
                    )
                )
            if example := _example(question, windows):
                yield example


class Articles:
    """Articles in SQuAD format; questions that the file calls unanswerable come with the paragraph
    they were written about."""

    def __init__(self, articles: Iterable[SquadArticle], altering: Altering) -> None:
        self._articles = list(articles)
        self._paragraphs = [
            (article, m.span()) for article in self._articles for m in _LINE.finditer(article.text)
        ]
        self._near = _Nearest([article.text[a:b] for article, (a, b) in self._paragraphs])
        self._altering = altering

    def examples(self, mixture: Mixture, draw: random.Random) -> Iterator[RankingExample]:
        for article in self._articles:
            nearby = [article.text[a:b] for a, b in _sentences(article.text, 0, len(article.text))]
            for asked in article.questions:
                most = draw.randint(*_WORDS)
                window = _window(article.text, asked, most, draw)
                if window is None:
                    continue
                question, window = _varied(
                    asked.question, window, nearby, mixture, draw, self._altering
                )
                windows = [window]
                if draw.random() < mixture.near_misses or not window.sentences:
                    windows.append(self._near_miss(article, asked, most, mixture, draw))
                if example := _example(question, windows):
                    yield example

    def _near_miss(
        self,
        article: SquadArticle,
        asked: SquadQuestion,
        most: int,
        mixture: Mixture,
        draw: random.Random,
    ) -> Window:
        strange = draw.random() < mixture.strange
        found = [
            place
            for place in map(self._paragraphs.__getitem__, self._near.to(asked.question))
            if (place[0] is not article if strange else place[0] is article)
            and not (place[0] is article and _overlap(place[1], asked.paragraph))
        ]
        if not found:
            return Window(())
        other, (start, end) = draw.choice(found[:_NEAREST])
        spans = _sentences(other.text, start, end)
        if other is article and any(_overlap(span, gold) for span in spans for gold in asked.spans):
            return Window(())
        texts = [other.text[a:b] for a, b in spans]
        begin, last = _around(draw.randrange(len(texts)), texts, most, draw)
        return Window(tuple(texts[begin:last]))


def _varied(
    question: str,
    window: Window,
    nearby: Sequence[str],
    mixture: Mixture,
    draw: random.Random,
    altering: Altering,
) -> tuple[str, Window]:
    """The question and its window as they are, or a share of them so that there is no answer."""
    chance = draw.random()
    if window.gold is None or chance >= mixture.altered + mixture.emptied + mixture.elsewhere:
        return question, window
    if chance < mixture.altered:
        changed = altering.altered(question, " ".join(window.sentences), nearby, draw)
        return (changed, Window(window.sentences)) if changed else (question, window)
    if chance < mixture.altered + mixture.emptied:
        return question, _emptied(window)
    return question, Window(())


def _example(question: str, windows: Sequence[Window]) -> RankingExample | None:
    kept = tuple(window for window in windows if window.sentences)
    return RankingExample(question, kept) if kept else None


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


def _window(text: str, asked: SquadQuestion, most: int, draw: random.Random) -> Window | None:
    """The paragraph asked about; None if the answer runs over a sentence's end."""
    spans = _sentences(text, *asked.paragraph)
    texts = [text[start:end] for start, end in spans]
    if not asked.spans:
        first, last = _around(draw.randrange(len(texts)), texts, most, draw)
        return Window(tuple(texts[first:last]))
    start, end = asked.spans[0]
    gold = next((n for n, (a, b) in enumerate(spans) if a <= start and end <= b), None)
    if gold is None:
        return None
    first, last = _around(gold, texts, most, draw)
    begin = spans[gold][0]
    return Window(tuple(texts[first:last]), gold - first, (start - begin, end - begin))


def _sentences(text: str, start: int, end: int) -> list[Span]:
    return [(start + a, start + b) for a, b in sentence_spans(text[start:end])]


def _around(place: int, sentences: Sequence[str], most: int, draw: random.Random) -> Span:
    """From where to where a window around one of the sentences goes: it grows before or after by
    chance, to `most` words if there are as many."""
    first, last = place, place + 1
    words = len(sentences[place].split())
    while first > 0 or last < len(sentences):
        before = last == len(sentences) or (first > 0 and draw.random() < 0.5)
        words += len(sentences[first - 1 if before else last].split())
        if words > most:
            break
        first, last = (first - 1, last) if before else (first, last + 1)
    return first, last


def _emptied(window: Window) -> Window:
    return Window(tuple(s for n, s in enumerate(window.sentences) if n != window.gold))


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


class _Nearest:
    """The texts nearest to a question by tf-idf."""

    def __init__(self, texts: Sequence[str]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._vectorizer = TfidfVectorizer(sublinear_tf=True, stop_words="english")
        self._matrix = self._vectorizer.fit_transform(texts)

    def to(self, question: str) -> list[int]:
        scores = (self._matrix @ self._vectorizer.transform([question]).T).toarray()[:, 0]
        return [int(n) for n in np.argsort(-scores, kind="stable")[:_RANKED]]
