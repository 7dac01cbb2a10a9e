"""`POST /v1/ask`, whole or as server-sent events, and `GET /v1/search`."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, Response
from fastapi.sse import format_sse_event
from pydantic import BaseModel

from service.answering.answer import Answer, Citation, Statement
from service.answering.answerer import Answerer, Event, Retrieved
from service.answering.conversation import Turn
from service.http.dependencies import AnswererDependency
from service.http.event_stream import event_stream
from service.http.problems import problem_of
from service.http.schemas import (
    AnswerOut,
    AskBody,
    PassageOut,
    PassagesEvent,
    Problem,
    QuestionText,
    SearchOut,
    StatementEvent,
)

router = APIRouter(prefix="/v1")

_STREAM = {
    "description": "The answer; with `stream`, events `passages`, `statement`, `done` or `error`.",
    "content": {"text/event-stream": {"schema": {"type": "string"}}},
}


@router.post("/ask", response_model=AnswerOut, responses={200: _STREAM, 503: {"model": Problem}})
def ask(body: AskBody, answerer: AnswererDependency) -> Response:
    """Answer a question from the documents, every sentence with footnotes.

    A greeting, or a question for the service itself, gets a reply without any (`kind`).
    """
    if body.stream:
        return event_stream(_server_sent(answerer, body))
    answer = answerer.ask(body.question, _turns(body), body.document_ids)
    return JSONResponse(AnswerOut.of(answer).model_dump())


@router.get("/search", responses={503: {"model": Problem}})
def search(
    answerer: AnswererDependency,
    q: Annotated[QuestionText, Query()],
    limit: Annotated[int, Query(ge=1, le=50)] = 10,
) -> SearchOut:
    """The passages a question is about, best first."""
    return SearchOut(passages=[PassageOut.of(found) for found in answerer.search(q, limit)])


def _turns(body: AskBody) -> list[Turn]:
    return [Turn(turn.role, turn.content) for turn in body.history]


def _server_sent(answerer: Answerer, body: AskBody) -> Iterator[bytes]:
    numbers: dict[Citation, int] = {}
    try:
        for event in answerer.stream(body.question, _turns(body), body.document_ids):
            name, data = _named(event, numbers)
            yield format_sse_event(event=name, data_str=data.model_dump_json())
    except Exception as error:  # the status is sent already: the error becomes the last event
        yield format_sse_event(event="error", data_str=problem_of(error).model_dump_json())


def _named(event: Event, numbers: dict[Citation, int]) -> tuple[str, BaseModel]:
    match event:
        case Retrieved():
            passages = [PassageOut.of(found) for found in event.passages]
            asked = event.question.standalone
            return "passages", PassagesEvent(passages=passages, standalone_question=asked)
        case Statement():
            return "statement", StatementEvent.of(event, numbers)
        case Answer():
            return "done", AnswerOut.of(event)
