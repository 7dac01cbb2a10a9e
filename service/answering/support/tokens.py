"""The words of a text with what the checks look at."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from service.retrieval.words import says_something, stems

_MARKS = str.maketrans({"’": "'", "‘": "'", "`": "'", "“": '"', "”": '"', "–": "-", "—": "-"})
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe"})
_WORD = re.compile(r"[^\W_]+(?:['.&][^\W_]+)*")
_OPENS = re.compile(r"[.!?:]['\")\]]*\s|[\n\"•*]|\s-\s|^\s*-\s")
_CLAUSE = re.compile(r"[,;:.!?()\"]|\s-\s")
_ABBREVIATED = re.compile(r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Mt|Prof|Gen|Gov|Sen|Rep|Col|Capt)$")
_POSSESSIVE = re.compile(r"'s$", re.IGNORECASE)
_NOT = re.compile(r"n't\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    written: str
    word: str
    """Lower case, accents folded, without possessive."""
    stem: str
    content: bool
    """It carries meaning of its own."""
    capital: bool
    """It has a capital letter, anywhere: "iPhone"."""
    acronym: bool
    """It has two capital letters or more."""
    opens: bool
    """It is the first word of a sentence, so that a capital at its beginning says nothing."""
    clause: int
    """The number of the clause it stands in, by punctuation."""


def folded(text: str) -> str:
    """One kind of quotation mark and dash, lower case, accents and runs of spaces folded."""
    if not text.isascii():
        plain = unicodedata.normalize("NFKD", text.translate(_MARKS))
        text = "".join(letter for letter in plain if not unicodedata.combining(letter))
        text = text.casefold().translate(_LETTERS)
    return " ".join(text.lower().replace("`", "'").split())


@lru_cache(maxsize=2000)
def tokens(text: str) -> tuple[Token, ...]:
    """Words in order; "n't" is a word of its own, "not"."""
    text = _NOT.sub(" not", text.translate(_MARKS))
    made = []
    clause = end = 0
    for found in _WORD.finditer(text):
        between = text[end : found.start()]
        if between == ". " and _ABBREVIATED.search(text[max(0, end - 5) : end]):
            between = " "
        plain = between == " "
        clause += not plain and bool(_CLAUSE.search(between))
        opens = end == 0 or (not plain and bool(_OPENS.search(between)))
        end = found.end()
        word = _word(found[0])
        made.append(
            Token(
                written=word.written,
                word=word.folded,
                stem=word.stem,
                content=word.content,
                capital=word.capitals > 0,
                acronym=word.capitals > 1,
                opens=opens and not word.capital_within,
                clause=clause,
            )
        )
    return tuple(made)


@dataclass(frozen=True, slots=True)
class _Word:
    written: str
    folded: str
    stem: str
    content: bool
    capitals: int
    capital_within: bool
    """Behind its first letter."""


@lru_cache(maxsize=20_000)
def _word(found: str) -> _Word:
    """The same wherever it stands."""
    written = _POSSESSIVE.sub("", found)
    word = folded(written).replace(".", "")
    capitals = sum(letter.isupper() for letter in written)
    return _Word(
        written=written,
        folded=word,
        stem=next(iter(stems(word)), word),
        content=says_something(word) or (len(word) > 1 and capitals > 1),
        capitals=capitals,
        capital_within=any(letter.isupper() for letter in written[1:]),
    )
