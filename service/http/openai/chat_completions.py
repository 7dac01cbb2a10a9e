"""`POST /v1/chat/completions`, whole or as chunks."""

import time
from collections.abc import AsyncIterator, Coroutine
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from service.answering.answerer import Event
from service.http.ask import CLIENT_GONE
from service.http.dependencies import AnswererDependency, QuestionsDependency
from service.http.disconnection import unless_gone
from service.http.event_stream import event_stream
from service.http.openai.bodies import ChatCompletionBody
from service.http.openai.chunks import Chunks
from service.http.openai.completion import ChatCompletion
from service.http.openai.errors import TAG, problems
from service.http.openai.messages import asked
from service.language_models.limits import Cancellation

router = APIRouter(prefix="/v1/chat", tags=[TAG], responses=problems(422, 502, 503, 504))

_COMPLETION = {
    "description": "The completion; with `stream`, its chunks, the last with annotations and "
    "citations, then `[DONE]`. An error that comes later than the first is the last line.",
    "content": {"text/event-stream": {"schema": {"type": "string"}}},
}


@router.post(
    "/completions",
    summary="Complete a chat",
    response_model=ChatCompletion,
    responses={200: _COMPLETION},
)
async def chat_completions(
    request: Request,
    body: ChatCompletionBody,
    answerer: AnswererDependency,
    questions: QuestionsDependency,
) -> Response:
    """Answer the last message of a user from the documents, every sentence with footnotes.

    OpenAI's protocol, with the cited words in `citations` beside it. A system message is accepted
    and changes nothing.
    """
    cancellation = Cancellation()
    question = asked(body)
    about: dict[str, Any] = {
        "model": answerer.model,
        "created": int(time.time()),
        "base_url": str(request.base_url),
    }
    if body.stream:
        beginning = _begun(questions.events(answerer, question, cancellation))
        events = await unless_gone(request, beginning, cancellation.cancel)
        if events is not None:
            chunks = Chunks(question, includes_usage=body.includes_usage, **about)
            return event_stream(chunks.server_sent(events), cancellation.cancel)
        return Response(status_code=CLIENT_GONE)
    asking = questions.answer(answerer, question, cancellation)
    answer = await unless_gone(request, asking, cancellation.cancel)
    if answer is None:
        return Response(status_code=CLIENT_GONE)
    return JSONResponse(ChatCompletion.of(question, answer, **about).model_dump())


async def _begun(
    beginning: Coroutine[Any, Any, AsyncIterator[Event]],
) -> AsyncIterator[Event]:
    """The events, with the first of them made: what fails until then has a status of its own."""
    events = await beginning
    return _with_first(await anext(events), events)


async def _with_first(first: Event, events: AsyncIterator[Event]) -> AsyncIterator[Event]:
    yield first
    async for event in events:
        yield event
