"""What an answer is made of: citations, statements, and the answer itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ingest.documents import Passage
from ingest.index.record import DocumentRecord
from service.retrieval.hybrid import RetrievedPassage

AnswerKind = Literal["answer", "abstention", "reply"]


class SpanError(ValueError):
    """A span that does not lie inside the passage it is said to be in."""


@dataclass(frozen=True, slots=True, eq=False)
class Citation:
    """A span of one document, in Unicode code points of its canonical text, end exclusive. Two are
    equal, and have one footnote number, when they are the same span of the same document.

    It is made of a passage and two offsets; the words are read from the passage, so they cannot
    be other than the document's. Raises SpanError when the span is not inside the passage.
    """

    record: DocumentRecord
    passage: Passage
    start_char_index: int
    end_char_index: int
    support: float
    """How well the words support the statement, 0 to 1; 1 for a statement that is the words."""

    def __post_init__(self) -> None:
        if self.record.document_id != self.passage.document_id:
            raise SpanError(f"{self.passage.id} is no passage of {self.record.document_id}")
        start, end = self.start_char_index, self.end_char_index
        if not self.passage.start <= start < end <= self.passage.end:
            raise SpanError(f"{start} to {end} is not inside passage {self.passage.id}")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Citation) and self._span == other._span

    def __hash__(self) -> int:
        return hash(self._span)

    @property
    def _span(self) -> tuple[str, int, int]:
        return self.document_id, self.start_char_index, self.end_char_index

    @property
    def document_id(self) -> str:
        return self.record.document_id

    @property
    def page(self) -> int | None:
        """The page of the source that the cited words start on; None without pages."""
        return self.passage.page_at(self.start_char_index)

    @property
    def cited_text(self) -> str:
        """`document.text[start_char_index:end_char_index]`."""
        origin = self.passage.start
        return self.passage.text[self.start_char_index - origin : self.end_char_index - origin]


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer with the citations that support it, never none."""

    text: str
    citations: tuple[Citation, ...]
    attribution: str | None = None
    """Who makes the claim, as the document names them; None for what it says itself."""
    written: bool = False
    """Whether a language model wrote the words: they may hold Markdown; otherwise they are the
    document's own."""

    def __post_init__(self) -> None:
        if not self.citations:
            raise ValueError("a statement needs a citation")


@dataclass(frozen=True, slots=True)
class DroppedStatement:
    """A sentence that was written and not shown."""

    text: str
    reason: str
    support: float
    """The best that was found for it, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Statements in order, an abstention when there are none, or a reply to small talk.

    A reply states nothing of the documents, so it has neither statements nor passages.
    """

    id: str
    question: str
    standalone_question: str
    statements: tuple[Statement, ...]
    passages: tuple[RetrievedPassage, ...]
    confidence: float
    """Probability that the documents answer the question, 0 to 1."""
    model: str
    dropped_statements: int = 0
    timings_ms: dict[str, float] = field(default_factory=dict)
    dropped: tuple[DroppedStatement, ...] = ()
    """Those of the dropped statements that a language model wrote."""
    notice: str | None = None
    """What a reader should know of how the answer came about, as a sentence."""
    prompts: dict[str, str] = field(default_factory=dict)
    """Versions of the prompts that were used, by name."""
    reply: str | None = None
    """What the service says for itself: to a greeting, or to who asks which documents it has."""

    def __post_init__(self) -> None:
        if self.reply is not None and (self.statements or self.passages):
            raise ValueError("a reply states nothing of the documents")

    @property
    def kind(self) -> AnswerKind:
        if self.reply is not None:
            return "reply"
        return "answer" if self.statements else "abstention"

    @property
    def abstained(self) -> bool:
        return self.kind == "abstention"

    @property
    def numbers(self) -> dict[Citation, int]:
        """Footnote numbers, from 1, of the distinct citations in order of appearance; of a
        span that is cited several times, the first citation with its support."""
        distinct = dict.fromkeys(c for s in self.statements for c in s.citations)
        return {citation: number for number, citation in enumerate(distinct, 1)}

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Distinct citations in the order of their footnote numbers."""
        return tuple(self.numbers)

    @property
    def text(self) -> str:
        """The answer with its footnote numbers, a sentence that says there is none, or a reply."""
        if self.reply is not None:
            return self.reply
        if self.abstained:
            if self.passages:
                return (
                    "I did not find an answer to this in the documents. "
                    "The closest passages are shown instead."
                )
            return "I did not find an answer to this: no passage comes near the question."
        numbers = self.numbers
        return " ".join(marked(statement, numbers) for statement in self.statements)


def marked(statement: Statement, numbers: Mapping[Citation, int]) -> str:
    """A statement as it stands in the answer's text, its footnote numbers behind it."""
    return f"{statement.text} {''.join(mark(numbers[c]) for c in statement.citations)}"


def mark(number: int) -> str:
    return f"[{number}]"
