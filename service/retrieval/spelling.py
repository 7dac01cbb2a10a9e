"""Mistyped words of a question, corrected before it is looked for.

A word that neither the documents nor English have is taken for a mistyped one, if a word close to
it is likely enough. How likely was tried on questions that people typed: a right word changed into
another costs more than a mistyped one left as it is.
"""

from collections.abc import Sequence
from string import ascii_lowercase
from typing import Final

from service.retrieval.english import closest, english_close_to, is_common, is_english, share
from service.retrieval.fulltext import FullText
from service.retrieval.slips import Slip, slip
from service.retrieval.typed import Typed, typed_words
from service.retrieval.words import says_something, stems

_OPENERS: Final = ("who", "what", "when", "where", "which", "whose", "whom", "why", "how")
_RARER = 100  # times than a question word one slip away: such a first word is that one mistyped
_FEW_LETTERS, _SOME_LETTERS, _MANY_LETTERS = 3, 5, 8
_FREQUENT = 5e-5  # share of English
_ENGLISH = 2 / 3  # of a question's words


class Spelling:
    """Corrects questions over the documents of a full-text index."""

    def __init__(self, fulltext: FullText) -> None:
        self._fulltext = fulltext

    def corrected(self, question: str) -> str:
        """The question with each mistyped word replaced by what was meant; as it is where nothing
        is mistyped, or where it would not be English even so."""
        typed = list(typed_words(question))
        meant = {word: self._meant(word) for word in typed if not self._is_right(word)}
        if not any(meant.values()) or not self._is_understood(
            [meant.get(word) or word.lower for word in typed if not word.is_name]
        ):
            return question
        for word, right in reversed(meant.items()):
            if right:
                end = word.start + len(word.text)
                question = question[: word.start] + word.written_as(right) + question[end:]
        return question

    def _is_right(self, typed: Typed) -> bool:
        word = typed.lower
        if not typed.may_be_mistyped() or self._is_told(word):
            return True
        return is_english(word) and not (typed.starts and _is_opener_mistyped(word))

    def _is_in_documents(self, word: str) -> bool:
        return all(map(self._fulltext.has, stems(word)))

    def _is_told(self, word: str) -> bool:
        """Whether the documents have the word, or any question may."""
        return not says_something(word) or self._is_in_documents(word)

    def _is_understood(self, words: Sequence[str]) -> bool:
        """Whether these are words of an English question over the documents, for the most part."""
        known = [self._is_told(word) or (len(word) > 2 and is_common(word)) for word in words]
        return sum(known) >= _ENGLISH * len(words)

    def _meant(self, typed: Typed) -> str | None:
        """The word that was meant, in lower case, if one is likely enough.

        Few edits tell most, then whether the documents have the word, whether it begins so, how
        typing makes them, and how frequent it is.
        """
        word = typed.lower
        edits = self._close_to(typed)
        likely = [other for other in edits if self._may_mean(typed, other, slip(word, other))]

        def unlikeliness(other: str) -> tuple[object, ...]:
            made = slip(word, other)
            opens = typed.starts and other in _OPENERS and made != Slip.OTHER
            begins = other[0] == word[0]
            told = self._is_told(other)
            return (edits[other], not opens, not told, not begins, made, -share(other), other)

        return min(likely, key=unlikeliness, default=None)

    def _may_mean(self, typed: Typed, other: str, made: Slip) -> bool:
        """Whether it is likely enough; the fewer its letters, the more other words are near it."""
        letters = len(typed.text)
        if letters <= _FEW_LETTERS and (says_something(other) or len(other) < letters):
            return False
        if letters < _SOME_LETTERS and share(other) < _FREQUENT and not self._is_told(other):
            return False
        if typed.lower[0] != other[0] and not self._may_begin_so(typed, other, made):
            return False
        if made == Slip.VOWEL:  # many names and short words differ by no more
            return letters > _SOME_LETTERS and not typed.is_name
        return made != Slip.OTHER or (letters >= _MANY_LETTERS and not typed.is_name)

    def _may_begin_so(self, typed: Typed, other: str, made: Slip) -> bool:
        """Few slips are in the first letter, and many words differ in no other."""
        if made == Slip.SWAPPED or not says_something(other):
            return True
        return made == Slip.SIMPLE and len(typed.text) > _SOME_LETTERS and not typed.is_name

    def _close_to(self, typed: Typed) -> dict[str, int]:
        """Words close enough, and how many edits away. What may be a name is compared with the
        documents alone: else it would become another word where they do not have it."""
        word = typed.lower
        may_be_name = typed.is_name or typed.joined
        most = 2 if len(word) >= _MANY_LETTERS and not may_be_name else 1
        told = self._documents_close_to(word, most)
        return told if may_be_name else told | english_close_to(word, most)

    def _documents_close_to(self, word: str, most: int) -> dict[str, int]:
        """Of words that begin otherwise, only such as differ in the first letter alone, or have
        the first two swapped."""
        prefixes = (word[0], word[1] + word[0], word[1:3])
        near = [other for prefix in prefixes for other in self._fulltext.words(prefix)]
        changed = [first + rest for first in ascii_lowercase for rest in (word, word[1:])]
        near += filter(self._fulltext.has_word, changed)
        return closest(word, [other for other in near if _is_plain(other)], most)


def _is_plain(word: str) -> bool:
    return word.isascii() and word.isalpha()


def _is_opener_mistyped(word: str) -> bool:
    """ "wen", "wat", "hoe"."""
    near = [opener for opener in closest(word, _OPENERS, 1) if slip(word, opener) != Slip.OTHER]
    return any(share(opener) >= _RARER * share(word) for opener in near)
