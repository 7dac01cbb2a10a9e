"""Telling that a language model goes round in circles, or will not come to an end."""

from collections import Counter

_MOST_TIMES = 2  # that a sentence may be said
_MOST_LETTERS = 1500  # of one sentence, blanks and marks included
_LONGEST_ROUND = 60  # letters
_FEWEST_ROUNDS = 5
_FEWEST_LETTERS = 120


class Sayings:
    """The sentences of a reply, as they come."""

    def __init__(self) -> None:
        self._times: Counter[str] = Counter()

    def add(self, sentence: str) -> int:
        """How often it has been said now."""
        said = " ".join(word for word in sentence.lower().split())
        self._times[said] += 1
        return self._times[said]

    @property
    def in_circles(self) -> bool:
        return any(times > _MOST_TIMES for times in self._times.values())


def has_no_end(unended: str, letters: int) -> bool:
    """Whether a sentence of so many letters, `unended` as read, is too long or repeats itself."""
    if letters > _MOST_LETTERS:
        return True
    for size in range(1, _LONGEST_ROUND + 1):
        tail = unended[-max(_FEWEST_LETTERS, _FEWEST_ROUNDS * size) :]
        if len(tail) < _FEWEST_LETTERS:
            return False
        if len(tail) >= _FEWEST_ROUNDS * size and tail[size:] == tail[:-size]:
            return True
    return False
