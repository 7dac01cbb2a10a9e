"""What a support checker is given and says."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Evidence:
    """Cited sentences as one text. `context` is what the reader of the document has before them:
    its title and the text before, so that "she" and "the company" have a name."""

    text: str
    context: str = ""


@dataclass(frozen=True, slots=True)
class SupportVerdict:
    support: float
    """How surely the evidence supports the whole statement, 0 to 1."""
    supported: bool
    reason: str = ""
    """Why not, in words for people; empty when it is supported."""
