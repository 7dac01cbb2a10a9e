"""What a target answered: plain data, the same whatever was asked, and storable."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class Plain(BaseModel):
    model_config = ConfigDict(frozen=True, allow_inf_nan=False)


class CitedSpan(Plain):
    """What a footnote points at. Offsets in code points of the document, end exclusive.

    `document_id`, `start` and `end` are None where a target's citation could not be found in any
    document.
    """

    document_id: str | None
    source: str
    start: int | None
    end: int | None
    cited_text: str
    page: int | None = None
    support: float | None = None


class SaidStatement(Plain):
    """A sentence of an answer; `citations` are positions, from 1, in the response's list."""

    text: str
    citations: tuple[Annotated[int, Field(ge=1)], ...]
    attribution: str | None = None
    """Who makes the claim, as the target names them; empty for nobody, None where the target does
    not say."""


class PassagePlace(Plain):
    document_id: str
    start: int
    end: int


class RankedPassage(PassagePlace):
    text: str = ""
    score: float = 0.0
    also: tuple[PassagePlace, ...] = ()
    """Where else the same stands, of which the ranking shows only one."""


class Response(Plain):
    """An answer as it came. `error` says why there is none; it is then an empty abstention."""

    answer: str
    abstained: bool
    statements: tuple[SaidStatement, ...] = ()
    citations: tuple[CitedSpan, ...] = ()
    passages: tuple[RankedPassage, ...] = ()
    """In the order of their rank."""
    shows_passages: bool = True
    """False where a target does not say what it retrieved."""
    confidence: Annotated[float, Field(ge=0, le=1)] | None = None
    """Probability that the documents answer the question, 0 to 1."""
    standalone_question: str = ""
    model: str = ""
    dropped_statements: int = 0
    timings_ms: dict[str, float] = {}
    """By stage; `total` as the target says, `round_trip` as the asker saw."""
    tokens: dict[str, int] = {}
    """`prompt` and `completion`, where a language model says so."""
    notice: str | None = None
    """What the target tells a reader of how the answer came about."""
    error: str | None = None

    @classmethod
    def failed(cls, error: str) -> "Response":
        return cls(answer="", abstained=True, error=error)

    def cited_by(self, statement: SaidStatement) -> tuple[CitedSpan, ...]:
        """A number without a citation is passed over; `uncited` metrics count it."""
        return tuple(self.citations[n - 1] for n in statement.citations if n <= len(self.citations))
