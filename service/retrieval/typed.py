"""The words of a question as they were typed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_CHUNK: Final = re.compile(r"\S+")
_WORDS: Final = re.compile(r"[^\W\d_]+(?:['’‐-][^\W\d_]+)*")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_POSSESSIVE: Final = re.compile(r"['’]s$", re.IGNORECASE)
# A period after few letters is an abbreviation's, as in "St. Olaf".
_END: Final = re.compile(r"(?:[!?…]|[^\W\d_]{3}\.)[\"')\]”’»]*$")
_CLOSING: Final = "\"')]”’»"
_MARKS: Final = ".,;:!?…([“‘„«¿¡" + _CLOSING
_SHORTEST, _SHORTEST_NAME = 3, 5  # letters; in shorter ones one letter makes another


@dataclass(frozen=True, slots=True)
class Typed:
    """A word of a question, without a possessive's ending, and where it starts in it."""

    text: str
    start: int
    starts: bool  # a sentence
    joined: bool  # to others by hyphens

    @property
    def lower(self) -> str:
        return self.text.lower().replace("’", "'")

    @property
    def is_name(self) -> bool:
        """As its writer typed it: with a capital where no sentence starts."""
        return self.text[0].isupper() and not self.starts

    def may_be_mistyped(self) -> bool:
        """Capitals inside make an abbreviation or a product's name; other letters than a to z
        are of other languages."""
        plain = self.text.isascii() and self.text.isalpha()
        rest = self.text[1:].islower()
        return plain and rest and len(self.text) >= (_SHORTEST_NAME if self.is_name else _SHORTEST)

    def written_as(self, word: str) -> str:
        """Another word, in lower case, with a capital where this one has it."""
        return word.capitalize() if self.text[0].isupper() else word


def typed_words(question: str) -> Iterator[Typed]:
    """In order; not what has a figure or a sign in it, as an address or a file's name has."""
    starts = True
    for chunk in _CHUNK.finditer(question):
        words = chunk[0].strip(_MARKS)
        if _WORDS.fullmatch(words):
            first = chunk.start() + chunk[0].index(words)
            found = list(_WORD.finditer(words))
            for word in found:
                text = _POSSESSIVE.sub("", word[0])
                yield Typed(text, first + word.start(), starts, len(found) > 1)
                starts = False
        starts = bool(_END.search(chunk[0])) or (starts and not words)
