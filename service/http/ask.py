"""`POST /v1/ask`, whole or as server-sent events, and `GET /v1/search`."""

from collections.abc import AsyncIterator
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response
from fastapi.sse import format_sse_event
from pydantic import BaseModel

from service.answering.answer import Answer, Citation, Statement
from service.answering.answerer import Event, Retrieved
from service.answering.conversation import Turn
from service.http.dependencies import AnswererDependency, QuestionsDependency
from service.http.disconnection import unless_gone
from service.http.event_stream import event_stream
from service.http.problems import problem_of
from service.http.questions import Asked
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
from service.language_models.failures import Cancelled
from service.language_models.limits import Cancellation

router = APIRouter(prefix="/v1", tags=["Answers"])

_STREAM = {
    "description": "The answer; with `stream`, events `passages`, `statement`, `done` or `error`.",
    "content": {"text/event-stream": {"schema": {"type": "string"}}},
}


CLIENT_GONE = 499  # what nginx calls it; nobody reads it
_PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem} for status in (502, 503, 504)
}


@router.post("/ask", summary="Ask", response_model=AnswerOut, responses={200: _STREAM, **_PROBLEMS})
async def ask(
    request: Request, body: AskBody, answerer: AnswererDependency, questions: QuestionsDependency
) -> Response:
    """Answer a question from the documents, every sentence with footnotes.

    A greeting, or a question for the service itself, gets a reply without any (`kind`). A client
    that goes away stops what a language model writes for it.
    """
    cancellation = Cancellation()
    asked = _asked(body)
    if body.stream:
        beginning = questions.events(answerer, asked, cancellation)
        events = await unless_gone(request, beginning, cancellation.cancel)
        if events is not None:
            return event_stream(_server_sent(events, body.debug), cancellation.cancel)
        return Response(status_code=CLIENT_GONE)
    asking = questions.answer(answerer, asked, cancellation)
    answer = await unless_gone(request, asking, cancellation.cancel)
    if answer is None:
        return Response(status_code=CLIENT_GONE)
    return JSONResponse(AnswerOut.of(answer, body.debug).model_dump())


@router.get("/search", response_model=SearchOut, responses={503: {"model": Problem}})
async def search(
    request: Request,
    answerer: AnswererDependency,
    questions: QuestionsDependency,
    q: Annotated[
        QuestionText, Query(description="A question, or words.", examples=["opening hours"])
    ],
    limit: Annotated[int, Query(ge=1, le=50, description="The most passages to give.")] = 10,
) -> Response:
    """The passages a question is about, best first."""
    searching = questions.call(partial(answerer.search, q, limit))
    found = await unless_gone(request, searching, lambda: None)
    if found is None:
        return Response(status_code=CLIENT_GONE)
    passages = [PassageOut.of(passage) for passage in found]
    return JSONResponse(SearchOut(passages=passages).model_dump())


def _asked(body: AskBody) -> Asked:
    history = tuple(Turn(turn.role, turn.content) for turn in body.history)
    within = None if body.document_ids is None else tuple(body.document_ids)
    return Asked(body.question, history, within)


async def _server_sent(events: AsyncIterator[Event], debug: bool) -> AsyncIterator[bytes]:
    numbers: dict[Citation, int] = {}
    try:
        async for event in events:
            name, data = _named(event, numbers, debug)
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
