"""The words of a question and how much each tells, for comparing texts with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.retrieval.fulltext import FullText
from service.retrieval.words import content_stems, within_one_edit

_MISSPELT = 0.8  # what a word found with one letter amiss counts
_NEARBY = 0.5  # what a word found next to a text, not in it, counts


@dataclass(frozen=True, slots=True)
class AskedWords:
    """Inverse document frequencies of a question's content stems."""

    idf: dict[str, float]

    @classmethod
    def of(cls, question: str, fulltext: FullText) -> "AskedWords":
        return cls(fulltext.idf(content_stems(question)))

    def coverage(self, words: Sequence[str], nearby: Sequence[str] = ()) -> float:
        """Share of the question's words, weighted by rarity, that stand among `words`, 0 to 1.

        A word that stands only in `nearby` counts half, one misspelt by a letter a little less.
        """
        total = sum(self.idf.values())
        if not total:
            return 0.0
        own, others = frozenset(words), frozenset(nearby)
        return sum(idf * _found(word, own, others) for word, idf in self.idf.items()) / total

    def misses_rarest(self, words: Sequence[str]) -> bool:
        """Whether the question's most telling word is not among `words`."""
        rarest = max(self.idf, key=lambda word: self.idf[word], default="")
        return _found(rarest, frozenset(words), frozenset()) == 0.0


def _found(word: str, own: frozenset[str], nearby: frozenset[str]) -> float:
    if word in own:
        return 1.0
    if within_one_edit(word, own):
        return _MISSPELT
    return _NEARBY if word in nearby else 0.0
