"""Numbers as the reports write them, and the figures by group."""

from collections.abc import Sequence
from itertools import groupby

from eval.results import Figure

NOTHING = "–"


def number(value: float | None, like: float | None = None) -> str:
    """Three decimals for a share, fewer for what is larger, such as milliseconds.

    `like` is the number whose decimals are wanted: a bound takes those of its figure.
    """
    if value is None:
        return NOTHING
    return _signed(f"{value:,.{_decimals(value if like is None else like)}f}")


def difference(before: float, after: float) -> str:
    """The change with its sign."""
    decimals = _decimals(max(abs(before), abs(after)))
    return _signed(f"{after - before:+,.{decimals}f}")


def interval(low: float | None, high: float | None, like: float | None = None) -> str:
    """`like` as in `number`."""
    if low is None or high is None:
        return ""
    return f"{number(low, like)} to {number(high, like)}"


def by_group(figures: Sequence[Figure]) -> list[tuple[str, list[Figure]]]:
    """In the order in which groups first come."""
    order = list(dict.fromkeys(figure.group for figure in figures))
    ranked = sorted(figures, key=lambda figure: order.index(figure.group))
    return [(group, list(of_it)) for group, of_it in groupby(ranked, key=lambda f: f.group)]


def _signed(written: str) -> str:
    """With a real minus."""
    return written.replace("-", "−")


def _decimals(value: float) -> int:
    if abs(value) <= 1:
        return 3
    return 1 if abs(value) < 100 else 0
