"""`POST /v1/ask`, whole or as server-sent events, and `GET /v1/search`."""

from collections.abc import Iterator
from contextlib import closing
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response
from fastapi.sse import format_sse_event
from pydantic import BaseModel

from service.answering.answer import Answer, Citation, Statement
from service.answering.answerer import Answerer, Event, Retrieved
from service.answering.conversation import Turn
from service.http.dependencies import AnswererDependency
from service.http.disconnection import unless_gone
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
from service.http.threads import QuestionThreads, in_threads
from service.language_models.failures import Cancelled
from service.language_models.limits import Cancellation

router = APIRouter(prefix="/v1")

_STREAM = {
    "description": "The answer; with `stream`, events `passages`, `statement`, `done` or `error`.",
    "content": {"text/event-stream": {"schema": {"type": "string"}}},
}


_CLIENT_GONE = 499  # what nginx calls it; nobody reads it
_PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem} for status in (502, 503, 504)
}


@router.post("/ask", response_model=AnswerOut, responses={200: _STREAM, **_PROBLEMS})
async def ask(
    request: Request, body: AskBody, answerer: AnswererDependency, threads: QuestionThreads
) -> Response:
    """Answer a question from the documents, every sentence with footnotes.

    A greeting, or a question for the service itself, gets a reply without any (`kind`). A client
    that goes away stops what a language model writes for it.
    """
    cancellation = Cancellation()
    if body.stream:
        events = in_threads(_server_sent(answerer, body, cancellation), threads)
        return event_stream(events, cancellation.cancel)
    asked = partial(answerer.ask, body.question, _turns(body), body.document_ids, cancellation)
    answer = await unless_gone(request, asked, cancellation.cancel, threads)
    if answer is None:
        return Response(status_code=_CLIENT_GONE)
    return JSONResponse(AnswerOut.of(answer, body.debug).model_dump())


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


def _server_sent(answerer: Answerer, body: AskBody, cancellation: Cancellation) -> Iterator[bytes]:
    numbers: dict[Citation, int] = {}
    asked = (body.question, _turns(body), body.document_ids, cancellation)
    try:
        with closing(answerer.stream(*asked)) as events:
            for event in events:
                name, data = _named(event, numbers, body.debug)
                yield format_sse_event(event=name, data_str=data.model_dump_json())
    except Cancelled:
        return
    except Exception as error:  # the status is sent already: the error becomes the last event
        yield format_sse_event(event="error", data_str=problem_of(error).model_dump_json())


def _named(event: Event, numbers: dict[Citation, int], debug: bool) -> tuple[str, BaseModel]:
    match event:
        case Retrieved():
            passages = [PassageOut.of(found) for found in event.passages]
            asked = event.question.standalone
            return "passages", PassagesEvent(passages=passages, standalone_question=asked)
        case Statement():
            return "statement", StatementEvent.of(event, numbers)
        case Answer():
            return "done", AnswerOut.of(event, debug)
