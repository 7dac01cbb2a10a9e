"""A language model's answer, cut into sentences with their marks while it streams."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.sentences import sentence_spans
from service.answering.written.marks import (
    NumberedStatement,
    begins_sources,
    open_mark,
    plain,
    says_nothing,
    without_marks,
)

_STOPS = ".!?…。！？"
_WIDE_STOPS = "。！？"  # no space follows them
_CLOSERS = "\"'”’»)]」』*_"
_BEFORE_WORDS = ("]", "】", ")", "*", "_", *_WIDE_STOPS)
_ENDED = re.compile(rf"[{_STOPS}][{re.escape(_CLOSERS)}]*\s*$")
_NO_MARK = re.compile(
    r"\s*(\(\s*)?\[[\d\s,;–-]+\](?(1)\s*\))"
)  # as [0]: it would look like a footnote
_STOP_AFTER_MARK = re.compile(r"[\]】]\)?[.!?…]$")
_TRAILING_MARK = re.compile(r"[\[【][^\]】]*$")


@dataclass(frozen=True, slots=True)
class WrittenSentence:
    said: NumberedStatement
    ended: bool
    """By a full stop, a mark or its line's end; if not, it may have been cut off."""


class SentenceSplitter:
    """Gives each sentence as soon as its marks are complete and no further mark follows.

    The text is read letter by letter, so that its pieces do not matter. A mark belongs to the
    sentence before it, after the full stop and alone on the next line too; one that opens a line,
    to the line's first sentence. Headings say nothing, and what follows the heading of a list of
    sources is no answer.
    """

    def __init__(self) -> None:
        self._text = ""  # of the sentence that has not ended yet, on one line
        self._line_ended = False  # it has no mark yet: one may follow on the next line
        self.in_sources = False
        """Whether a list of sources has begun: nothing more is given."""
        self._said_something = False
        self.letters_since_sentence = 0
        """Of any kind, read since the last sentence was given."""

    @property
    def unended(self) -> str:
        """What has been read of the sentence that goes on."""
        return self._text

    def feed(self, piece: str) -> Iterator[WrittenSentence]:
        for letter in piece:
            if self.in_sources:
                return
            self.letters_since_sentence += 1
            if letter == "\n":
                yield from self._end_line()
            else:
                yield from self._read(letter)

    def finish(self) -> Iterator[WrittenSentence]:
        """What is left when the text has come to its end."""
        if not self.in_sources:
            self._text = _TRAILING_MARK.sub("", self._text)
            yield from self._give(self._text, self._line_ended)
        self._text, self._line_ended = "", False

    def _end_line(self) -> Iterator[WrittenSentence]:
        if self._said_something and begins_sources(self._text):
            self.in_sources = True
        elif self._text.strip() and not self._line_ended:
            if without_marks(self._text)[1]:
                yield from self._give(self._text, True)
                self._text = ""
            else:
                self._line_ended = True

    def _read(self, letter: str) -> Iterator[WrittenSentence]:
        before = self._text
        self._text += letter
        if open_mark(self._text) is not None:
            return
        start = self._token_start(before, letter)
        if start is None or not self._text[:start].strip():
            return
        if self._line_ended or self._ends_at(start):
            yield from self._give(self._text[:start], self._line_ended)
            self._text, self._line_ended = self._text[start:].lstrip(), False

    def _token_start(self, before: str, letter: str) -> int | None:
        """Where the word begins that the last letter shows to be no mark."""
        opened = open_mark(before)
        if opened is not None and not without_marks(before[opened:])[1]:
            return opened  # it looked like a mark until now
        if letter.isspace() or letter in "*_":
            return None
        if self._line_ended or before[-1:].isspace() or before.endswith(_BEFORE_WORDS):
            return len(before)
        if letter.isalpha() and _STOP_AFTER_MARK.search(before[-3:]):
            return len(before)  # "[1].The": no space after a sentence
        return None

    def _ends_at(self, start: int) -> bool:
        """Whether a sentence of the text ends before `start`, where another word begins."""
        text = plain(without_marks(self._text[:start])[0]).strip()
        if not _ENDED.search(text):
            return False
        if text[-1] in _WIDE_STOPS:
            return True
        spans = sentence_spans(f"{text} {self._text[start:]}")
        return len(spans) > 1 and spans[-1][0] > len(text)

    def _give(self, raw: str, line_ended: bool) -> Iterator[WrittenSentence]:
        if says_nothing(raw):
            return
        text, marks = without_marks(plain(raw))
        marked = bool(marks) and marks[-1][0] == len(text.rstrip())
        text = " ".join(_NO_MARK.sub("", text).split())
        if not any(letter.isalnum() for letter in text):
            return
        self._said_something = True
        self.letters_since_sentence = 0
        numbers = [number for _, listed in marks for number in listed]
        ended = line_ended or marked or bool(_ENDED.search(text))
        yield WrittenSentence(NumberedStatement.of(text, numbers), ended)
