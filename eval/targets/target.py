"""What can be evaluated. To add a target, write a class of this shape beside `in_process.py`."""

from typing import Protocol

from eval.cases.case import Case
from eval.targets.library import Library
from eval.targets.response import Response
from ingest.errors import FootnoteError

PASSAGES = 40
"""How deep a target's ranking is looked at."""


class TargetError(FootnoteError):
    """A target that cannot be evaluated at all."""


class Target(Protocol):
    @property
    def name(self) -> str:
        """What it is, for a person."""
        ...

    @property
    def model(self) -> str: ...

    @property
    def library(self) -> Library:
        """The documents that its citations are in."""
        ...

    def ask(self, case: Case) -> Response:
        """Ask a case's question after its history. A failure is a response with an `error`."""
        ...

    def settings(self) -> dict[str, str]:
        """What a run's result depends on, for the record; no secrets, no paths."""
        ...
