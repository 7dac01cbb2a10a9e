"""What is usual in a PDF: the size of its body text, and how far apart its lines are."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ingest.readers.pdf.lines import Column, Line

_SAME_SIZE = 0.08  # share that font sizes in one paragraph differ by at most
_USUAL = 1.2  # distance of baselines, as a multiple of the font size


@dataclass(frozen=True, slots=True)
class Measures:
    """What is usual in a document: the size of its body text, and the distances of lines."""

    body: float
    spacing: dict[float, float] = field(default_factory=dict)

    def distance(self, size: float) -> float:
        """Between the baselines of two lines of a paragraph in this size."""
        return size * self.spacing.get(round(size), self.spacing.get(round(self.body), _USUAL))


def body_size(lines: Iterable[Line]) -> float:
    letters: Counter[float] = Counter()
    for line in lines:
        letters[round(line.size * 2) / 2] += len(line.text)
    return letters.most_common(1)[0][0] if letters else 10.0


def measure(columns: Sequence[Column]) -> Measures:
    counts: dict[float, Counter[float]] = {}
    for column in columns:
        for above, below in zip(column.lines, column.lines[1:], strict=False):
            size = below.size
            step = (below.base - above.base) / size
            if 0.8 < step < 2.6 and is_same_size(above, below) and not below.is_row:
                counts.setdefault(round(size), Counter())[round(step * 20) / 20] += 1
    usual = {size: seen.most_common(1)[0][0] for size, seen in counts.items() if seen.total() > 2}
    return Measures(body_size(line for column in columns for line in column.lines), usual)


def is_same_size(one: Line, other: Line) -> bool:
    return abs(one.size - other.size) <= _SAME_SIZE * max(one.size, other.size)
