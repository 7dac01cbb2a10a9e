"""A statement with the words it cites, true to them or made untrue by a rule."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random

from eval.cases.drafts.sentences import Prose

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Claim:
    """`kind` names the rule that made it. `changed` are the spans of the statement that its
    evidence does not bear out, where the rule knows them."""

    statement: str
    evidence: str
    supported: bool
    kind: str
    changed: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Reworded:
    """A sentence said otherwise. `changed` are spans of it that make it untrue."""

    text: str
    changed: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Told:
    """A sentence where it stands: the `place`-th of its paragraph's; `names` are those of its
    document and of others, which may take another's place."""

    paragraph: tuple[str, ...]
    place: int
    prose: Prose
    names: Sequence[str]

    @cached_property
    def text(self) -> str:
        return self.paragraph[self.place]

    @cached_property
    def others(self) -> tuple[str, ...]:
        """The other sentences of the paragraph."""
        return self.paragraph[: self.place] + self.paragraph[self.place + 1 :]


Rule = Callable[[Told, Random], Reworded | None]
"""Says a sentence otherwise; None where the rule does not apply."""


def replaced(text: str, span: Span, by: str) -> Reworded:
    """Other words at a span, which make it untrue."""
    start, end = span
    return Reworded(text[:start] + by + text[end:], ((start, start + len(by)),))
