"""Ranking examples as tensors: tokens of question and window together, and where sentences are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from eval.training.drawn import drawn
from eval.training.ranking_examples import RankingExample, Window
from service.answering.ranking.pair import Pair

if TYPE_CHECKING:
    from tokenizers import Tokenizer


@dataclass(frozen=True, slots=True)
class Batch:
    """Of W windows, padded to T tokens, with S sentences, of Q questions."""

    ids: np.ndarray
    """(W, T)"""
    types: np.ndarray
    """(W, T): 1 in the window."""
    mask: np.ndarray
    """(W, T): 1 where there is a token."""
    sentence: np.ndarray
    """(W, T): the number of the sentence a token is in, 0 to S - 1, and S outside."""
    question: np.ndarray
    """(S,): the number of the question a sentence is a candidate for."""
    gold: np.ndarray
    """(S,): whether it answers the question."""
    answers: np.ndarray
    """(W,): whether the window holds the answer."""
    starts: np.ndarray
    """(W, T): where the answer may start; at the first token if the window does not hold it."""
    ends: np.ndarray
    """(W, T): likewise, its last token."""


class Tokens:
    """Token ids of texts, each made once."""

    def __init__(self, tokenizer: "Tokenizer") -> None:
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        self.first = int(tokenizer.token_to_id("[CLS]") or 0)
        self.separator = int(tokenizer.token_to_id("[SEP]") or 0)
        self.of = cache(self._of)

    def _of(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        """Ids, and the span of each in the text."""
        encoded = self._tokenizer.encode(text, add_special_tokens=False)
        return encoded.ids, encoded.offsets


def batches(
    examples: Sequence[RankingExample], size: int, epochs: float, seed: int, tokens: Tokens
) -> Iterator[Batch]:
    """Examples of about the same length together, so that little is padded; in random order."""
    for group in drawn(examples, size, epochs, seed, _length):
        yield batch_of(group, tokens)


def batch_of(examples: Sequence[RankingExample], tokens: Tokens) -> Batch:
    rows: list[_Row] = []
    question: list[int] = []
    gold: list[bool] = []
    for number, example in enumerate(examples):
        asked = tokens.of(example.question)[0]
        for window in example.windows:
            row = _row(asked, window, len(gold), tokens)
            rows.append(row)
            gold += [n == window.gold for n in range(len(row.pair.sentences))]
            question += [number] * len(row.pair.sentences)
    width = max(len(row.pair.ids) for row in rows)
    shape = (len(rows), width)
    ids, types, mask = (np.zeros(shape, np.int64) for _ in range(3))
    sentence = np.full(shape, len(gold), np.int64)
    starts, ends = np.zeros(shape, bool), np.zeros(shape, bool)
    for number, row in enumerate(rows):
        long = len(row.pair.ids)
        ids[number, :long], types[number, :long], mask[number, :long] = (
            row.pair.ids,
            row.pair.types,
            1,
        )
        for place, (begin, end) in enumerate(row.pair.sentences, row.first):
            sentence[number, begin:end] = place
        starts[number, list(row.starts)] = True
        ends[number, list(row.ends)] = True
    answers = np.array([row.starts[0] != 0 for row in rows])
    return Batch(
        ids, types, mask, sentence, np.array(question), np.array(gold), answers, starts, ends
    )


@dataclass(frozen=True, slots=True)
class _Row:
    pair: Pair
    first: int
    """The number of its first sentence in the batch."""
    starts: Sequence[int]
    ends: Sequence[int]


def _row(asked: Sequence[int], window: Window, first: int, tokens: Tokens) -> _Row:
    read = [tokens.of(text) for text in window.sentences]
    pair = Pair.of(asked, [ids for ids, _ in read], tokens.first, tokens.separator)
    if window.gold is None or window.gold >= len(pair.sentences):
        return _Row(pair, first, (0,), (0,))
    begin, end = pair.sentences[window.gold]
    inside = _tokens_of(window.answer, read[window.gold][1])
    right = [begin + n for n in inside if begin + n < end] or [0]
    if window.answer:
        return _Row(pair, first, right[:1], right[-1:])
    return _Row(pair, first, right, right)


def _tokens_of(answer: tuple[int, int] | None, offsets: Sequence[tuple[int, int]]) -> list[int]:
    """The answer's tokens; all of the sentence when it is not known."""
    if answer is None:
        return list(range(len(offsets)))
    return [n for n, (start, end) in enumerate(offsets) if start < answer[1] and answer[0] < end]


def _length(example: RankingExample) -> int:
    return max(sum(map(len, window.sentences)) for window in example.windows)
