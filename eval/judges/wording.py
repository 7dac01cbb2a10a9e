"""A text as a row of words with what decides its meaning: names, figures, words that turn it round.

All of it is by general rules of English spelling; nothing is looked up but closed classes.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from eval.marks import STRAIGHT
from service.retrieval.words import says_something, stems

_NEGATIONS = frozenset(
    (
        *("not", "no", "never", "without", "nor", "neither"),
        *("none", "nobody", "nothing", "nowhere", "hardly", "scarcely"),
    )
)
_LIMITS = frozenset(
    (
        *("may", "might", "could", "can", "would", "should", "must", "shall"),
        *("perhaps", "possibly", "probably", "certainly", "only"),
        *("all", "every", "each", "any", "some", "many", "most", "few", "several"),
    )
)
_SPELT = "two three four five six seven eight nine ten eleven twelve"
_FIGURES = {word: str(number) for number, word in enumerate(_SPELT.split(), 2)}
_FOOTNOTE = re.compile(r"\s*(?:\[\^?\d+(?:\s*[,-]\s*\d+)*\]|【\d+[^】]*】)")
_INSERTED = re.compile(r"\[[^\]]{2,}\](?!\w)")
_NOT = re.compile(r"\b(?:(\w+?)n't|(ca)nnot)\b", re.IGNORECASE)
_WHOLE = {"wo": "will", "sha": "shall", "ca": "can"}
_POSSESSIVE = re.compile(r"(?<=\w)'s\b", re.IGNORECASE)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_GAP = re.compile(r"\[?(?:…|\.\s?\.\s?\.)\]?")
_DOTTED = re.compile(r"\b(?:[A-Za-z]\.){2,}|\b(?:[A-Z]\.)+[A-Z]\b")
_WORD = re.compile(r"[^\W_]+")
_CLAUSE_END = re.compile(r"[,;:.!?()\"…]|-{2,}|\s-\s")
_CLAUSE_WORDS = frozenset(["but", "and", "while", "although", "though", "whereas", "because"])
_QUOTED = re.compile(r'"([^"]+)"')


@dataclass(frozen=True, slots=True)
class Word:
    stem: str
    """A number in figures; any other word stemmed."""
    content: bool
    """It carries meaning of its own."""
    name: bool
    """It is written with a capital. The first word of a sentence is taken for a name too."""
    negates: bool
    limits: bool
    """It says how sure or how many."""
    clause: int
    """The number of the clause it stands in, by punctuation and a few conjunctions."""

    @property
    def fixed(self) -> bool:
        """A name or a figure: there is no other way to say it."""
        return self.content and (self.name or any(letter.isdigit() for letter in self.stem))


def plain(text: str) -> str:
    """One kind of quotation mark and dash, one space, no footnote marks, "n't" as "not".

    "U.N." becomes "UN", "1,000" becomes "1000", and a mark of omission becomes "…".
    """
    text = unicodedata.normalize("NFKC", text).translate(STRAIGHT)
    text = _FOOTNOTE.sub("", _GAP.sub(" … ", text))
    text = _DOTTED.sub(lambda found: found[0].replace(".", ""), text)
    text = _NOT.sub(_spelt_out, _THOUSANDS.sub("", text))
    return " ".join(_POSSESSIVE.sub("", text).split())


def without_insertions(text: str) -> str:
    """Without the words that a quotation adds in brackets: "it [the bill] passed"."""
    return " ".join(_INSERTED.sub(" ", text).split())


def sections(text: str) -> list[str]:
    """The pieces between marks of omission, of a text that is `plain`."""
    return [piece for piece in text.split("…") if _WORD.search(piece)]


def quotations(text: str) -> list[str]:
    """What stands in quotation marks in a text that is `plain`."""
    return _QUOTED.findall(text)


def words(text: str) -> list[Word]:
    """The words of a text that is `plain`; "[c]ertain" is read as "certain"."""
    text = text.replace("[", "").replace("]", "")
    made: list[Word] = []
    clause = end = 0
    for found in _WORD.finditer(text):
        clause += bool(_CLAUSE_END.search(text, end, found.start()))
        clause += found[0].lower() in _CLAUSE_WORDS
        end = found.end()
        made.append(_word(found[0], clause))
    return made


def place(part: Sequence[Word], whole: Sequence[Word], start: int = 0) -> int | None:
    """Where `part` stands in `whole`, word for word, from `start` on."""
    wanted, row = [word.stem for word in part], [word.stem for word in whole]
    ends = range(start, len(row) - len(wanted) + 1)
    return next((n for n in ends if row[n : n + len(wanted)] == wanted), None)


def _word(written: str, clause: int) -> Word:
    lower = written.lower()
    initials = len(written) > 1 and written.isupper()  # "US" is not the stop word "us"
    return Word(
        stem=_FIGURES.get(lower) or next(iter(stems(written)), lower),
        content=initials or says_something(written),
        name=written[0].isupper(),
        negates=lower in _NEGATIONS,
        limits=lower in _LIMITS,
        clause=clause,
    )


def _spelt_out(found: re.Match[str]) -> str:
    verb = found[1] or found[2]
    return f"{_WHOLE.get(verb.lower(), verb)} not"
