"""Untrue by the order of its words: two groups of words change places, or all of them do."""

from random import Random

from eval.claims.claim import Reworded, Span, Told

_LONGEST_GROUP = 3  # words
_SHORTEST = 2 * _LONGEST_GROUP + 3
_ALL = 0.3  # share of claims whose words all change places
_LISTED = (",", "and", "or", "with")  # between words that may change places


def shuffled(told: Told, draw: Random) -> Reworded | None:
    words = told.text.rstrip(".").split()
    if len(words) < _SHORTEST:
        return None
    if draw.random() < _ALL:
        draw.shuffle(words)
        text = " ".join(words) + "."
        return Reworded(text, ((0, len(text)),))
    size, other = draw.randint(1, _LONGEST_GROUP), draw.randint(1, _LONGEST_GROUP)
    first = draw.randrange(len(words) - size - other - 1)
    second = draw.randrange(first + size + 1, len(words) - other + 1)
    one, two = words[first : first + size], words[second : second + other]
    between = words[first + size : second]
    listed = any(word.strip(",") in _LISTED or word.endswith(",") for word in (*one, *between))
    if listed or [w.lower() for w in one] == [w.lower() for w in two]:
        return None
    made = [words[:first], two, between, one, words[second + other :]]
    return _joined(made)


def _joined(parts: list[list[str]]) -> Reworded:
    """The second and the fourth of the parts are where they do not belong."""
    text = ""
    changed: list[Span] = []
    for place, part in enumerate(parts):
        start = len(text)
        text += "".join(f"{word} " for word in part)
        if place in (1, 3):
            changed.append((start, len(text) - 1))
    return Reworded(text.rstrip() + ".", tuple(changed))
