"""Questions changed so that what answered them no longer does: near misses to train with.

The kinds of change are those of Jia & Liang 2017 ("Adversarial Examples for Evaluating Reading
Comprehension Systems") and of the unanswerable questions of SQuAD 2.0 (Rajpurkar et al. 2018):
another number, an opposite, a negation, and a word of the passage exchanged for another word of
the same sort, as the embedder's own token vectors tell sorts.
"""

import random
import re
from collections.abc import Callable, Iterable, Sequence
from importlib.resources import files

import numpy as np

_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\b\d+\b")
_NEGATED = re.compile(r"\b(is|are|was|were|do|does|did|has|have|had|can|could|would|will)\b", re.I)
_SAME_SORT = (0.25, 0.6)  # cosine of token vectors: above it stand other forms and synonyms
_LEAST_LETTERS = 4
_STEM = 4
_TRIED = 12


class WordVectors:
    """Token vectors of words, as rows of length 1; only of words that are one token."""

    def __init__(self, vocabulary: dict[str, int], vectors: np.ndarray) -> None:
        """`vectors`: (tokens, dimensions)."""
        self._vocabulary = vocabulary
        self._vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def __contains__(self, word: str) -> bool:
        return word.casefold() in self._vocabulary

    def cosine(self, one: str, other: str) -> float:
        places = [self._vocabulary[word.casefold()] for word in (one, other)]
        return float(self._vectors[places[0]] @ self._vectors[places[1]])


class Altering:
    def __init__(self, vectors: WordVectors) -> None:
        self._vectors = vectors
        self._opposites = _opposites()

    def altered(
        self, question: str, answering: str, nearby: Iterable[str], draw: random.Random
    ) -> str | None:
        """The question, changed so that the text `answering` does not answer it; None if no way is
        found. Words to put in come from `nearby`, sentences of the same subject."""
        texts = [text for text in nearby if text != answering]
        ways: list[Callable[[], str | None]] = [
            lambda: self._other_number(question, answering, texts, draw),
            lambda: self._opposite(question, draw),
            lambda: self._other_word(question, answering, texts, draw),
            lambda: self._other_word(question, answering, texts, draw),
        ]
        draw.shuffle(ways)
        ways.append(lambda: _negated(question))
        return next((changed for way in ways if (changed := way())), None)

    def _other_number(
        self, question: str, answering: str, texts: Sequence[str], draw: random.Random
    ) -> str | None:
        found = list(_NUMBER.finditer(question))
        if not found:
            return None
        place = draw.choice(found)
        here = set(_NUMBER.findall(question)) | set(_NUMBER.findall(answering))
        others = sorted(
            {
                number
                for text in texts
                for number in _NUMBER.findall(text)
                if len(number) == len(place[0]) and number not in here
            }
        )
        return _put(question, place, draw.choice(others)) if others else None

    def _opposite(self, question: str, draw: random.Random) -> str | None:
        found = [m for m in _WORD.finditer(question) if m[0].casefold() in self._opposites]
        if not found:
            return None
        place = draw.choice(found)
        return _put(question, place, draw.choice(self._opposites[place[0].casefold()]))

    def _other_word(
        self, question: str, answering: str, texts: Sequence[str], draw: random.Random
    ) -> str | None:
        """A word that question and passage share, for one of the same sort from nearby."""
        here = {word.casefold() for word in _WORD.findall(f"{question} {answering}")}
        shared = {word.casefold() for word in _WORD.findall(answering)}
        found = [
            m for m in _WORD.finditer(question) if self._tells(m[0]) and m[0].casefold() in shared
        ]
        if not found:
            return None
        place = draw.choice(found)
        others = {
            word
            for text in texts
            for word in _WORD.findall(text)
            if self._tells(word)
            and word.casefold() not in here
            and word[0].isupper() == place[0][0].isupper()
            and word[:_STEM].casefold() != place[0][:_STEM].casefold()
        }
        for word in draw.sample(sorted(others), min(_TRIED, len(others))):
            if _SAME_SORT[0] <= self._vectors.cosine(word, place[0]) <= _SAME_SORT[1]:
                return _put(question, place, word)
        return None

    def _tells(self, word: str) -> bool:
        from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

        return (
            len(word) >= _LEAST_LETTERS
            and word.casefold() not in ENGLISH_STOP_WORDS
            and word in self._vectors
        )


def _negated(question: str) -> str | None:
    found = _NEGATED.search(question)
    if not found:
        return None
    short = {"can": "ca", "will": "wo"}.get(found[0].casefold(), found[0])
    return _put(question, found, f"{short}n't")


def _put(text: str, place: re.Match[str], word: str) -> str:
    return text[: place.start()] + word + text[place.end() :]


def _opposites() -> dict[str, list[str]]:
    lines = files("eval.training").joinpath("opposites.txt").read_text("utf-8").splitlines()
    found: dict[str, list[str]] = {}
    for one, other in (line.split() for line in lines if line and not line.startswith("#")):
        found.setdefault(one, []).append(other)
        found.setdefault(other, []).append(one)
    return found
