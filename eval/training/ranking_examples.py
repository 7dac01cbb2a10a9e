"""Training examples for the sentence ranker: a question with windows of text.

A window is a paragraph, or a few sentences that stand together. Beside the one with the answer
there may be another of the same article, whose words are near to the question's: a near miss. A
share of the questions comes with its answering sentence taken away, so that it learns what
is no answer.
"""

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.cases.squad import SquadArticle, SquadQuestion
from eval.training.nearest import Nearest
from ingest.sentences import sentence_spans

_WORDS = (60, 150)  # of a window, at most: drawn anew for each
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
    """Shares of the examples: with a near miss beside the answer; without the answer."""

    near_misses: float = 0.5
    emptied: float = 0.15


def from_pairs(path: Path, mixture: Mixture, seed: int) -> Iterator[RankingExample]:
    """From lines of a question, a tab, and the sentence that answers it, rows of one article
    together (Du et al. 2017): lower-cased and tokenised, which is taken back as far as it goes."""
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines() if "\t" in line]
    pairs = [(written(question), written(sentence)) for question, sentence in rows]
    sentences = list(dict.fromkeys(sentence for _, sentence in pairs))
    places = {sentence: place for place, sentence in enumerate(sentences)}
    near = Nearest(sentences)
    draw = random.Random(seed)
    for question, sentence in pairs:
        place = places[sentence]
        first, last = _around(place, sentences, draw)
        window = Window(tuple(sentences[first:last]), place - first)
        windows = [_emptied(window)] if draw.random() < mixture.emptied else [window]
        if draw.random() < mixture.near_misses or not windows[0].sentences:
            others = [n for n in near.to(question) if not first <= n < last]
            begin, end = _around(draw.choice(others), sentences, draw)
            rest = tuple(s for n, s in enumerate(sentences[begin:end], begin) if n != place)
            windows.append(Window(rest))
        yield RankingExample(question, tuple(w for w in windows if w.sentences))


def from_articles(
    articles: Iterable[SquadArticle], mixture: Mixture, seed: int
) -> Iterator[RankingExample]:
    """From articles in SQuAD format; questions that the file calls unanswerable come with the
    paragraph they were written about."""
    draw = random.Random(seed)
    for article in articles:
        paragraphs = [m.span() for m in re.finditer(r"[^\n]+", article.text)]
        near = Nearest([article.text[start:end] for start, end in paragraphs])
        for asked in article.questions:
            window = _window(article.text, asked, draw)
            if window is None:
                continue
            emptied = window.gold is not None and draw.random() < mixture.emptied
            windows = [_emptied(window) if emptied else window]
            if draw.random() < mixture.near_misses or not windows[0].sentences:
                start, end = draw.choice(
                    [
                        paragraphs[n]
                        for n in near.to(asked.question)[:4]
                        if not _overlap(paragraphs[n], asked.paragraph)
                    ]
                    or paragraphs
                )
                other = _sentences(article.text, start, end)
                if not any(_overlap(span, gold) for span in other for gold in asked.spans):
                    texts = [article.text[a:b] for a, b in other]
                    begin, last = _around(draw.randrange(len(texts)), texts, draw)
                    windows.append(Window(tuple(texts[begin:last])))
            windows = [w for w in windows if w.sentences]
            if windows:
                yield RankingExample(asked.question, tuple(windows))


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


def _window(text: str, asked: SquadQuestion, draw: random.Random) -> Window | None:
    """The paragraph asked about; None if the answer runs over a sentence's end."""
    spans = _sentences(text, *asked.paragraph)
    texts = [text[start:end] for start, end in spans]
    if not asked.spans:
        first, last = _around(draw.randrange(len(texts)), texts, draw)
        return Window(tuple(texts[first:last]))
    start, end = asked.spans[0]
    gold = next((n for n, (a, b) in enumerate(spans) if a <= start and end <= b), None)
    if gold is None:
        return None
    first, last = _around(gold, texts, draw)
    begin = spans[gold][0]
    return Window(tuple(texts[first:last]), gold - first, (start - begin, end - begin))


def _sentences(text: str, start: int, end: int) -> list[Span]:
    return [(start + a, start + b) for a, b in sentence_spans(text[start:end])]


def _around(place: int, sentences: Sequence[str], draw: random.Random) -> Span:
    """From where to where a window around one of the sentences goes: it grows before or after by
    chance until it has as many words as a passage."""
    first, last = place, place + 1
    most = draw.randint(*_WORDS)
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
