"""Phrases as people type them: templates that stand for many, and messages evened out to match.

A template is words with alternatives in parentheses, `(thanks|thank you) (a lot|)`; an empty
alternative may be left out. Templates are data, one on a line.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain, product
from typing import TypeVar

from service.retrieval.words import within_one_edit

Words = tuple[str, ...]
T = TypeVar("T")

_ALTERNATIVES = re.compile(r"\(([^()]*)\)")
_WORD = re.compile(r"[^\W_]+")
_INSIDE_WORDS = frozenset("'’‘`´")
_RUN = re.compile(r"(.)\1{2,}")  # "hellooo"
_RUN_AT_END = re.compile(r"(.)\1+$")  # "heyy"


def words_of(text: str) -> Words:
    """Words without case, accents, apostrophes, punctuation and emoji."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    kept = (c for c in folded if not unicodedata.combining(c) and c not in _INSIDE_WORDS)
    return tuple(_WORD.findall("".join(kept)))


def expand(template: str) -> Iterator[Words]:
    """Every phrase that a template stands for."""
    parts = _ALTERNATIVES.split(template)  # those between parentheses are at odd places
    choices = [part.split("|") if n % 2 else [part] for n, part in enumerate(parts)]
    for chosen in product(*([words_of(one) for one in choice] for choice in choices)):
        yield tuple(chain.from_iterable(chosen))


def expand_lines(templates: str) -> Iterator[Words]:
    """Every phrase of some templates, one on a line."""
    for line in templates.splitlines():
        yield from expand(line)


def cover(words: Words, guessed: Words, phrases: Mapping[Words, T], longest: int) -> list[T] | None:
    """What the phrases stand for that a message is made of from end to end; None when there is
    more to it.

    `guessed` are the words with letters put right, for phrases of several words: a word alone
    must be the very word. `longest` bounds the words of a phrase.
    """
    made: list[list[T] | None] = [[]]
    for end in range(1, len(words) + 1):
        made.append(None)
        for start in range(max(0, end - longest), end):
            before = made[start]
            phrase = (guessed if end - start > 1 else words)[start:end]
            if before is not None and phrase in phrases:
                made[end] = [*before, phrases[phrase]]
                break
    return made[-1]


class Spelling:
    """Takes words with a letter amiss for known ones."""

    def __init__(
        self, phrases: Iterable[Words], misspelt: Mapping[str, str], kept: Collection[str]
    ) -> None:
        """The known words are those of `phrases`. `misspelt` says what some are certain to be
        meant for; `kept` are real words, no misspellings of a known one."""
        self._known = frozenset(word for phrase in phrases for word in phrase)
        self._misspelt = misspelt
        self._kept = frozenset(kept)
        # People seldom miss the first letter, and with another one it is mostly another word.
        self._by_first: dict[str, list[str]] = {}
        for word in sorted(self._known):
            self._by_first.setdefault(word[0], []).append(word)

    def evened(self, words: Words) -> Words:
        """Without what is certain to be amiss: "hellooo", "waht"."""
        return tuple(map(self._evened, words))

    def guessed(self, words: Words) -> Words:
        """Each word that is one letter away from a known one as that one."""
        return tuple(map(self._guessed, words))

    def _evened(self, word: str) -> str:
        doubled, single = _RUN.sub(r"\1\1", word), _RUN.sub(r"\1", word)
        for form in (word, doubled, single, _RUN_AT_END.sub(r"\1", word)):
            if form in self._misspelt:
                return self._misspelt[form]
            if form in self._known:
                return form
        return word

    def _guessed(self, word: str) -> str:
        if word in self._known or word in self._kept:
            return word
        return within_one_edit(word, self._by_first.get(word[0], ())) or word
