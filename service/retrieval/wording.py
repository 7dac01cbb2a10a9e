"""Whether two passages say the same in nearly the same words.

Nearly: of the word bigrams that either has, both have 0.8 (resemblance of shingles, Broder 1997).
That alone takes "rose by 5 %" for "rose by 7 %", so the words that tell must be equal, in order:
numbers, names and all else that is no lower-case word, negations, and words such as "more" or
"after" (telling_words.txt). Where a script has no case, any word may be a name: all must be equal.

Titles and headings may differ, but for numbers and negations: papers name a story as they like, and
none of it is quoted as an answer.
"""

import re
from collections.abc import Iterable
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from itertools import chain

from ingest.documents import Passage
from service.retrieval.words import says_something

_LEAST_SHARED = 0.8
_LONGEST_LINE = 10  # words
_PUNCTUATION = (
    ".,;:!?…'\"‘’‚‛“”„«»‹›()[]{}-‐‑‒–—―/\\|_*•·#&@©®™`\u00ad\u200b\ufeff"
    "،؛؟।॥。、，．：；？！「」『』（）【】《》〈〉・"
)
_TOKEN = re.compile(
    r"\d+(?:[^\w\s]\d+)+"  # a number such as 1,000 or 3.5 or 10:30
    r"|[^\W_]+"
    r"|(?<!\w)-(?=\d)"  # a minus
    rf"|[^\w\s{re.escape(_PUNCTUATION)}]"  # %, $, +, vowel signs
)
_NEGATIONS = frozenset(
    ("no", "not", "never", "none", "nobody", "nothing", "nor", "neither", "without", "cannot", "t")
)  # the last one is what a contraction ends in
_Bigram = tuple[str, str]
_REVERSING = ("un", "in", "im", "il", "ir", "dis", "non", "mis", "anti")
_SHORTEST_REVERSED = 4  # letters: "under" is not the opposite of "der"


class Wording:
    """The words of a passage. `telling` are those that must be equal."""

    def __init__(self, passage: Passage) -> None:
        self._body, self._headings, self._lines = _parts(passage)
        above = f"{self._headings} {self._lines}".split()
        self.telling = (
            *chain.from_iterable(filter(None, map(_telling, self._body.split()))),
            "\n",  # no token
            *chain.from_iterable(map(_telling_in_heading, above)),
        )

    def same(self, other: "Wording") -> bool:
        """Whether both say the same; `telling` must be equal already."""
        # A line that is no heading here may be one there, but it may also be a name to be quoted.
        if not (_names(self._lines) <= other._above and _names(other._lines) <= self._above):
            return False
        one, two = self._shingles, other._shingles
        shared = len(one & two)
        if shared < _LEAST_SHARED * (len(one) + len(two) - shared):
            return False
        return not _reverses(_words(one), _words(two))

    @cached_property
    def _shingles(self) -> frozenset[_Bigram]:
        words = [token.lower() for token in _TOKEN.findall(self._body)]
        return frozenset(zip(["", *words], [*words, ""], strict=True))

    @property
    def _above(self) -> frozenset[str]:
        return _names(f"{self._headings} {self._lines}")


def _parts(passage: Passage) -> tuple[str, str, str]:
    """The text proper, its title and headings, and the short lines, such as a paper's name, that
    stand above the first sentence of a document without being marked as a heading."""
    body, headings, lines = [], [], []
    leading = passage.position == 0
    for block in passage.blocks:
        text = passage.text[block.start - passage.start : block.end - passage.start]
        if block.kind in ("title", "heading"):
            headings.append(text)
        elif leading and block.kind == "paragraph" and _is_line(text):
            lines.append(text)
        else:
            leading = False
            body.append(text)
    if not body:
        return passage.text, "", ""
    return "\n".join(body), "\n".join(headings), "\n".join(lines)


def _is_line(text: str) -> bool:
    return len(text.split()) <= _LONGEST_LINE and text[-1:] not in '.?!:;…"”'


@lru_cache(maxsize=50_000)
def _telling(chunk: str) -> tuple[str, ...]:
    """Of a text between white space, the tokens that must be in both texts."""
    return tuple(filter(None, map(_tells, _TOKEN.findall(chunk))))


def _tells(token: str) -> str:
    """The token as it must be in both texts; "" where another may be in its place."""
    lower = token.lower()
    if lower in _telling_words():
        return lower
    if token.isalpha() and (token.islower() or (token.istitle() and not says_something(token))):
        return ""
    return token


@lru_cache(maxsize=50_000)
def _telling_in_heading(chunk: str) -> tuple[str, ...]:
    tokens = (token.lower() for token in _TOKEN.findall(chunk))
    return tuple(token for token in tokens if token in _NEGATIONS or any(map(str.isnumeric, token)))


def _names(text: str) -> frozenset[str]:
    return frozenset(chain.from_iterable(map(_telling, text.split())))


def _words(shingles: frozenset[_Bigram]) -> frozenset[str]:
    return frozenset(word for word, _ in shingles)


@cache
def _telling_words() -> frozenset[str]:
    words = files("service.retrieval").joinpath("telling_words.txt").read_text("utf-8")
    return _NEGATIONS.union(words.split())


def _reverses(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether a word that one text has more is the opposite of a word: "unlikely", "likely"."""
    return any(rest in one or rest in other for rest in _without_prefix(one ^ other))


def _without_prefix(words: Iterable[str]) -> Iterable[str]:
    return (
        word.removeprefix(prefix)
        for word in words
        for prefix in _REVERSING
        if word.startswith(prefix) and len(word) >= len(prefix) + _SHORTEST_REVERSED
    )
