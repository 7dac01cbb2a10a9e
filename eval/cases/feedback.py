"""Drafts of cases from what people said about answers they got."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from eval.cases.case import DRAFT, Abstain, Case, GoldWords, Words
from eval.cases.files import CaseError, json_lines, read_text
from eval.cases.problems import problems
from service.answering.conversation import Turn
from service.feedback.problems import FeedbackUnavailable
from service.feedback.store import FeedbackStore, is_feedback_file

FEEDBACK = "feedback"
_TO_DO = "TODO: what a right answer says"


class _Part(BaseModel):
    """Fields that are not listed are passed over: the service may come to say more."""

    model_config = ConfigDict(frozen=True)


class GivenCitation(_Part):
    index: int
    source: Words
    start_char_index: Annotated[int, Field(ge=0)]
    cited_text: Words


class GivenStatement(_Part):
    text: Words
    citations: Annotated[tuple[int, ...], Field(min_length=1)]


class GivenAnswer(_Part):
    """What of the body of an answer of POST /v1/ask is needed here."""

    kind: str = "answer"
    """A `reply` to small talk states nothing of the documents, and no case is made of it."""
    abstained: bool
    statements: tuple[GivenStatement, ...]
    citations: tuple[GivenCitation, ...]

    @model_validator(mode="after")
    def _is_whole(self) -> "GivenAnswer":
        known = {citation.index for citation in self.citations}
        for statement in self.statements:
            for number in set(statement.citations) - known:
                raise ValueError(f"a statement cites [{number}], which is no citation's index")
        if self.kind != "reply" and self.abstained == bool(self.statements):
            raise ValueError("an abstention has no statements, any other answer has some")
        return self


class FeedbackRecord(_Part):
    """A line of an export: a question, the answer it got, and what a person thought of it."""

    answer_id: Words
    question: Words
    history: tuple[Turn, ...] = ()
    rating: Literal["up", "down"]
    comment: str = ""
    created: datetime
    """UTC unless it says otherwise."""
    response: GivenAnswer

    @field_validator("created")
    @classmethod
    def _with_zone(cls, created: datetime) -> datetime:
        return created if created.tzinfo else created.replace(tzinfo=UTC)


def feedback_cases(path: Path) -> list[Case]:
    """A draft for each question asked, from the latest feedback on it; a person is to confirm it.

    A good answer's citations become gold. What a bad one said becomes forbidden; of a bad
    abstention only a fact to fill in is made. Raises CaseError with every line that is no record.
    """
    latest: dict[tuple[str, tuple[Turn, ...]], FeedbackRecord] = {}
    for record in _records(path):
        key = (" ".join(record.question.split()).casefold(), record.history)
        if key not in latest or record.created >= latest[key].created:
            latest[key] = record
    return [_case(record) for record in latest.values() if record.response.kind != "reply"]


def _records(path: Path) -> list[FeedbackRecord]:
    records: list[FeedbackRecord] = []
    errors: list[str] = []
    for line, value in _values(path):
        if isinstance(value, ValueError):
            errors.append(f"{path}:{line}: {value}")
            continue
        try:
            records.append(FeedbackRecord.model_validate(value))
        except ValidationError as error:
            errors += [f"{path}:{line}: {said}" for _, said in problems(error)]
    if errors:
        raise CaseError.of(errors)
    if not records:
        raise CaseError(f"{path} holds no feedback")
    return records


def _values(path: Path) -> Iterator[tuple[int, Any]]:
    """From the service's own file, or from an export: the number and the value of each."""
    if not is_feedback_file(path):
        yield from json_lines(read_text(path))
        return
    try:
        yield from enumerate(FeedbackStore(path).export(), 1)
    except FeedbackUnavailable as error:
        raise CaseError(str(error)) from None


def _case(record: FeedbackRecord) -> Case:
    response = record.response
    bad = record.rating == "down"
    abstain: Abstain = "never"
    if response.abstained:
        abstain = "never" if bad else "must"
    elif bad:
        abstain = "may"
    return Case(
        id=f"feedback-{record.answer_id}",
        question=record.question,
        history=record.history,
        gold=() if bad else _gold(response),
        facts=((_TO_DO,),) if bad and response.abstained else (),
        forbidden=_said(response) if bad else (),
        abstain=abstain,
        tags=(FEEDBACK, DRAFT),
        note=record.comment,
    )


def _said(response: GivenAnswer) -> tuple[str, ...]:
    return tuple(dict.fromkeys(statement.text for statement in response.statements))


def _gold(response: GivenAnswer) -> tuple[tuple[GoldWords, ...], ...]:
    """For each statement its citations, any of which will do."""
    given = {citation.index: citation for citation in response.citations}
    groups = (
        tuple(_words(given[number]) for number in dict.fromkeys(statement.citations))
        for statement in response.statements
    )
    return tuple(dict.fromkeys(groups))


def _words(citation: GivenCitation) -> GoldWords:
    return GoldWords(
        document=citation.source, words=citation.cited_text, start=citation.start_char_index
    )
