"""One reply of a language model, while it streams: each sentence checked when it is complete."""

import time
from collections.abc import Iterator

from service.answering.answer import DroppedStatement, Statement
from service.answering.written.checking import OTHER_LANGUAGE, StatementCheck
from service.answering.written.problems import Problem
from service.answering.written.refusals import is_no_answer, refuses
from service.answering.written.repetition import Sayings, has_no_end
from service.answering.written.splitter import SentenceSplitter, WrittenSentence
from service.language_models.failures import ModelFailure
from service.language_models.limits import Limits

_UNFINISHED = "it was cut off"
_FRAGMENT = "it is no whole sentence"
_FEWEST_WORDS = 3  # that can be held against a source; "mill." is supported by any mill
_NO_END = "it has no end"
_SHOWN_OF_ENDLESS = 200  # letters
_TOO_LATE = "the language model's answer could not be checked"
_LONGEST_SLICE = 200  # letters, after which limits and repetition are looked at


class Reply:
    """Read `statements` once; the rest is known when these have come to their end."""

    def __init__(self, check: StatementCheck, sentences: int, limits: Limits) -> None:
        """`sentences`: how many numbers there are to be cited."""
        self._check = check
        self._limits = limits
        self._failure: ModelFailure | None = None  # of what gives the pieces
        self._numbers = range(1, sentences + 1)
        self._sayings = Sayings()
        self._refusing: list[bool] = []  # of each sentence
        self._no_answer = self._cited = False
        self._kept = 0
        self.dropped: list[DroppedStatement] = []
        self.checking_s = 0.0
        self.endless = False

    def statements(self, pieces: Iterator[str]) -> Iterator[Statement]:
        """What can be shown of the text that comes in pieces; stops early at one without end, and
        at a list of sources.

        Raises what the pieces raise, once what was complete by then is given; ModelFailure and
        Cancelled also where the limits are passed while a text that is here already is read.
        """
        splitter = SentenceSplitter()
        for part in self._slices(pieces):
            for sentence in splitter.feed(part):
                self._limits.hold(_TOO_LATE)
                yield from self._checked(sentence)
                if self.endless:
                    return
            if splitter.in_sources:
                return
            self._limits.hold(_TOO_LATE)
            if has_no_end(splitter.unended, splitter.letters_since_sentence):
                self._stop_endless(splitter.unended)
                return
        for sentence in splitter.finish():
            if self._failure is None:
                self._limits.hold(_TOO_LATE)
                yield from self._checked(sentence)
            elif sentence.ended and sentence.said.numbers:
                yield from self._checked(sentence)
            else:
                self.dropped.append(DroppedStatement(sentence.said.text, _UNFINISHED, 0.0))
        if self._failure:
            raise self._failure

    @property
    def refused(self) -> bool:
        """Whether the model says that there is no answer, and nothing else that can be shown."""
        if self._kept or not self._refusing:
            return False
        most = 2 * sum(self._refusing) > len(self._refusing)
        return self._no_answer or (self._refusing[0] and most)

    @property
    def problem(self) -> Problem:
        """Why nothing could be kept."""
        if self.endless:
            return Problem.ENDLESS
        if not self._refusing:
            return Problem.EMPTY
        if self.dropped and all(one.reason == OTHER_LANGUAGE for one in self.dropped):
            return Problem.OTHER_LANGUAGE
        return Problem.UNSUPPORTED if self._cited else Problem.UNCITED

    def _slices(self, pieces: Iterator[str]) -> Iterator[str]:
        """The text; a server that does not stream sends it in one piece."""
        try:
            for piece in pieces:
                for start in range(0, len(piece), _LONGEST_SLICE):
                    yield piece[start : start + _LONGEST_SLICE]
        except ModelFailure as failure:
            self._failure = failure

    def _checked(self, sentence: WrittenSentence) -> Iterator[Statement]:
        said = sentence.said
        times = self._sayings.add(said.text)
        self.endless = self._sayings.in_circles
        if is_no_answer(said.text) or (not said.numbers and refuses(said.text)):
            self._no_answer = self._no_answer or is_no_answer(said.text)
            self._refusing.append(True)
            return
        self._refusing.append(False)
        if times > 1:
            return
        self._cited = self._cited or any(number in self._numbers for number in said.numbers)
        if not sentence.ended:
            self.dropped.append(DroppedStatement(said.text, _UNFINISHED, 0.0))
            return
        if _is_fragment(said.text):
            self.dropped.append(DroppedStatement(said.text, _FRAGMENT, 0.0))
            return
        started = time.perf_counter()
        try:
            checked = self._check.check(said)
        finally:
            self.checking_s += time.perf_counter() - started
        if isinstance(checked, Statement):
            self._kept += 1
            yield checked
        else:
            self.dropped.append(checked)

    def _stop_endless(self, unended: str) -> None:
        self.endless = True
        if unended.strip():
            text = " ".join(unended[:_SHOWN_OF_ENDLESS].split())
            self.dropped.append(DroppedStatement(text, _NO_END, 0.0))


def _is_fragment(text: str) -> bool:
    wide = sum(letter >= "⺀" for letter in text)  # scripts without spaces between words
    return len(text.split()) + wide < _FEWEST_WORDS
