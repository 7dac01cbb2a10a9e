"""Real sentences to fill an index with: each as it is once, and after that never the same again."""

import random
import re
from collections.abc import Sequence

_WORD = re.compile(r"[^\W_]+")
_SHORTEST = 4  # letters of a word that says something
_EXCHANGED = 0.4


class VariedSentences:
    """Draws each sentence once, in random order; then all again and again, a share of their words
    and numbers exchanged for those of others. As many different sentences as are asked for, with
    the words and the build of real ones.

    Use one for each set of documents: what it draws depends on what it drew before."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self._sentences = sentences
        self._words: dict[tuple[str, int], list[str]] = {}
        for sentence in sentences:
            for word in _WORD.findall(sentence):
                self._words.setdefault(_sort(word), []).append(word)
        self._left: list[str] = []
        self._rounds = 0

    def __call__(self, chance: random.Random) -> str:
        if not self._left:
            self._left = chance.sample(self._sentences, len(self._sentences))
            self._rounds += 1
        sentence = self._left.pop()
        if self._rounds == 1:
            return sentence
        return _WORD.sub(lambda found: self._other(found[0], chance), sentence)

    def _other(self, word: str, chance: random.Random) -> str:
        """Another one of its sort, as often as words of that sort are exchanged."""
        if len(word) < _SHORTEST or chance.random() >= _EXCHANGED:
            return word
        return chance.choice(self._words[_sort(word)])


def _sort(word: str) -> tuple[str, int]:
    """Numbers, names and other words are told apart, and by their length in steps of three."""
    kind = "number" if word.isnumeric() else "name" if word[:1].isupper() else "word"
    return kind, len(word) // 3
