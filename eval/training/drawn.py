"""Examples drawn for training: in random order, those of about the same length together."""

import random
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

_POOL = 50  # batches among which examples of about the same length are put together

Example = TypeVar("Example")


def drawn(
    examples: Sequence[Example],
    size: int,
    epochs: float,
    seed: int,
    length: Callable[[Example], int],
) -> Iterator[list[Example]]:
    """Groups of `size`, so that little is padded, for as many passes as `epochs` says."""
    draw = random.Random(seed)
    left = int(epochs * len(examples))
    while left > 0:
        order = draw.sample(list(examples), min(left, len(examples)))
        left -= len(order)
        groups = []
        for first in range(0, len(order), _POOL * size):
            part = sorted(order[first : first + _POOL * size], key=length)
            groups += [part[n : n + size] for n in range(0, len(part), size)]
        draw.shuffle(groups)
        yield from groups
