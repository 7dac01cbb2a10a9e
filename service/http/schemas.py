"""The bodies of the HTTP interface. Field names are part of the contract with clients."""

from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError

from ingest.report import Report
from service.answering.answer import (
    Answer,
    AnswerKind,
    Citation,
    DroppedStatement,
    Statement,
)
from service.observing.request_ids import request_id
from service.retrieval.retrieved import Place, RetrievedPassage
from service.settings import MOST_QUESTION
from service.uploading.jobs import Job, State

MOST_TURN = 20_000
MOST_HISTORY = 50
MOST_DOCUMENTS = 1000
_MOST_FIELDS = 100  # told of one by one, when they are not known


# White space of Python and of the dialect that JSON Schema has: each has some that the other lacks.
_SPACE = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680"
    "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
WITH_WORDS = r"[^\s\x1c-\x1f\x85\ufeff]"
"""The pattern of a text that is not all space."""


def stripped(value: Any) -> Any:
    """A text without the space around it; what is none as it is."""
    return value.strip(_SPACE) if isinstance(value, str) else value


QuestionText = Annotated[
    str,
    Field(min_length=1, max_length=MOST_QUESTION, json_schema_extra={"pattern": WITH_WORDS}),
    BeforeValidator(stripped),
]

DocumentId = Annotated[str, StringConstraints(min_length=1, max_length=64)]

EXAMPLE = "Who released the report?"
"""The question that the interface page proposes."""


class Described(BaseModel):
    """What stands under a field is its description in the OpenAPI document."""

    model_config = ConfigDict(use_attribute_docstrings=True)


class Body(Described):
    """A request body: a field it does not know is an error, not a silence."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _few_fields(cls, value: Any) -> Any:
        if isinstance(value, dict) and len(value) > _MOST_FIELDS:
            raise PydanticCustomError("fields", "there are far too many fields")
        return value


class TurnBody(Body):
    """An earlier turn of the conversation."""

    role: Literal["user", "assistant"]
    content: Annotated[str, Field(max_length=MOST_TURN)]


class AskBody(Body):
    """A question, and what it is asked in."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"question": EXAMPLE}]})

    question: QuestionText
    """In plain words."""
    history: Annotated[list[TurnBody], Field(max_length=MOST_HISTORY)] = []
    """Earlier turns, the oldest first, for a question that refers to them."""
    document_ids: Annotated[
        list[DocumentId] | None, Field(min_length=1, max_length=MOST_DOCUMENTS)
    ] = None
    """Answer from these documents only; from all of them if left out."""
    stream: StrictBool = False
    """Whether the answer comes as server-sent events, a statement at a time."""
    debug: StrictBool = False
    """Whether the answer tells which statements were dropped, and why."""


class CitationOut(Described):
    """The exact words of a document that a footnote stands for."""

    index: int
    """The footnote's number in the answer."""
    document_id: str
    document_title: str
    source: str
    """The document's file."""
    page: int | None
    """Where the source has pages."""
    start_char_index: int
    """Offset of the first character in the document's text, in Unicode code points."""
    end_char_index: int
    """Offset behind the last character."""
    cited_text: str
    """The document's text between the two offsets."""
    support: float
    """How well it supports the statement, 0 to 1."""

    @classmethod
    def of(cls, citation: Citation, index: int) -> "CitationOut":
        return cls(
            index=index,
            document_id=citation.document_id,
            document_title=citation.record.title,
            source=citation.record.source,
            page=citation.page,
            start_char_index=citation.start_char_index,
            end_char_index=citation.end_char_index,
            cited_text=citation.cited_text,
            support=citation.support,
        )


class PlaceOut(Described):
    """Where a passage stands."""

    passage_id: str
    document_id: str
    document_title: str
    start_char_index: int
    end_char_index: int

    @classmethod
    def at(cls, place: Place | RetrievedPassage, **more: Any) -> Self:
        return cls(
            passage_id=place.passage.id,
            document_id=place.record.document_id,
            document_title=place.record.title,
            start_char_index=place.passage.start,
            end_char_index=place.passage.end,
            **more,
        )


class PassageOut(PlaceOut):
    """A part of a document, as it was found."""

    text: str
    score: float
    """How near it is to the question, 0 to 1."""
    also: list[PlaceOut] = []
    """Where else it stands, word for word or nearly."""

    @classmethod
    def of(cls, found: RetrievedPassage) -> "PassageOut":
        return cls.at(
            found,
            text=found.passage.text,
            score=round(found.score, 4),
            also=[PlaceOut.at(place) for place in found.also],
        )


class StatementOut(Described):
    """A sentence of the answer."""

    text: str
    citations: list[int]
    """Numbers of its footnotes: `index` in the answer's `citations`."""
    attribution: str | None = None
    """Who makes the claim, as the document names them."""
    written: bool = False
    """Whether a language model wrote the words, which may hold Markdown; if not, they are the
    document's own."""


class DroppedOut(Described):
    """A sentence of a language model that was not shown."""

    text: str
    reason: str
    support: float

    @classmethod
    def of(cls, dropped: DroppedStatement) -> "DroppedOut":
        support = round(dropped.support, 4)
        return cls(text=dropped.text, reason=dropped.reason, support=support)


class AnswerOut(Described):
    """An answer: its sentences, and the words of documents that each rests on."""

    id: str
    """What feedback is given on."""
    answer: str
    """The statements with their footnote numbers, such as [1]; or that there is no answer."""
    kind: AnswerKind
    """A `reply` is to small talk, or says which documents there are: it needs no citation."""
    abstained: bool
    """Whether the documents do not answer; `passages` are what came closest."""
    statements: list[StatementOut]
    citations: list[CitationOut]
    """By footnote number."""
    passages: list[PassageOut]
    """What the answer was made from, best first."""
    standalone_question: str
    """The question as it was understood, without its conversation."""
    model: str
    """What made the answer."""
    confidence: float
    """That the documents have an answer, 0 to 1."""
    dropped_statements: int
    """How many statements were not shown, since nothing cited supports them."""
    timings_ms: dict[str, float]
    """Milliseconds of each stage."""
    notice: str | None = None
    """What a reader should know of how the answer came about, such as that a model failed."""
    prompts: dict[str, str] = {}
    """Versions of the prompts that a language model was given, by name."""
    dropped: list[DroppedOut] | None = None
    """With `debug`: what a language model wrote and could not be verified."""

    @classmethod
    def of(cls, answer: Answer, debug: bool = False) -> "AnswerOut":
        numbers = answer.numbers
        return cls(
            id=answer.id,
            answer=answer.text,
            kind=answer.kind,
            abstained=answer.abstained,
            statements=[
                StatementOut(
                    text=s.text,
                    citations=[numbers[c] for c in s.citations],
                    attribution=s.attribution,
                    written=s.written,
                )
                for s in answer.statements
            ],
            citations=[CitationOut.of(citation, n) for citation, n in numbers.items()],
            passages=[PassageOut.of(found) for found in answer.passages],
            standalone_question=answer.standalone_question,
            model=answer.model,
            confidence=round(answer.confidence, 4),
            dropped_statements=answer.dropped_statements,
            timings_ms=answer.timings_ms,
            notice=answer.notice,
            prompts=answer.prompts,
            dropped=[DroppedOut.of(one) for one in answer.dropped] if debug else None,
        )


class PassagesEvent(Described):
    """The data of a stream's `passages` event."""

    passages: list[PassageOut]
    standalone_question: str


class StatementEvent(Described):
    """The data of a stream's `statement` event: the sentence with its whole citations."""

    text: str
    citations: list[CitationOut]
    attribution: str | None
    written: bool
    """Whether a language model wrote the words, which may hold Markdown."""

    @classmethod
    def of(cls, statement: Statement, numbers: dict[Citation, int]) -> "StatementEvent":
        """`numbers` has the footnote numbers given so far, and is added to. A span that has its
        number already is told as it was then."""
        for citation in statement.citations:
            numbers.setdefault(citation, len(numbers) + 1)
        first = {citation: citation for citation in numbers}
        cited = [CitationOut.of(first[one], numbers[one]) for one in statement.citations]
        return cls(
            text=statement.text,
            citations=cited,
            attribution=statement.attribution,
            written=statement.written,
        )


class SearchOut(Described):
    passages: list[PassageOut]
    """Best first."""


class SkippedOut(Described):
    file: str
    reason: str


class JobOut(Described):
    """An ingest job: `files` are those that were uploaded; the other lists say what became of them,
    and are empty until `state` is `done`."""

    job_id: str
    state: State
    files: list[str]
    passages: int
    """How many were embedded so far."""
    added: list[str]
    updated: list[str]
    unchanged: list[str]
    duplicates: list[str]
    skipped: list[SkippedOut]
    detail: str | None
    """Why the job failed as a whole, or what keeps it from being done yet."""

    @classmethod
    def of(cls, job: Job) -> "JobOut":
        report = job.report or Report()
        return cls(
            job_id=job.id,
            state=job.state,
            files=[file.name for file in job.files],
            passages=job.passages,
            added=report.added + report.moved,
            updated=report.updated,
            unchanged=report.unchanged,
            duplicates=[source for source, _ in report.duplicates],
            skipped=[SkippedOut(file=file, reason=reason) for file, reason in report.skipped],
            detail=job.error or None,
        )


class Problem(Described):
    """An error as RFC 9457 has it, and the request's id as the log has it."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    """What happened and what to do, in a sentence."""
    request_id: str | None = Field(default_factory=request_id)
    """Also the header `X-Request-ID`."""
