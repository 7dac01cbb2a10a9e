"""The interface of what says whether cited sentences support a statement."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from service.answering.support.verdict import Evidence, SupportVerdict
from service.language_models.limits import Limits


class SupportChecker(Protocol):
    """To add one: write a module with such a class, and name it in `loading.py`."""

    name: str
    prompts: Mapping[str, str]
    """The versions of the prompts it asks with, by their names; empty where it asks no model."""

    def check(
        self, statement: str, evidence: Sequence[Evidence], limits: Limits | None = None
    ) -> list[SupportVerdict]:
        """One verdict for each evidence: does it alone support the whole statement?

        `limits`: what ends the whole answer. Raises Cancelled when nobody waits for it any more.
        """
        ...

    def warm_up(self) -> None:
        """Load what it needs, before the first statement."""
        ...
