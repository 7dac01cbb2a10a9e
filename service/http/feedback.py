"""`/v1/feedback`: what people think of answers, and all of it as JSON Lines."""

import json
from collections.abc import Iterator
from itertools import chain
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import StreamingResponse

from service.feedback.giving import FeedbackDesk
from service.http.feedback_bodies import FeedbackBody, FeedbackOut
from service.http.schemas import Problem

router = APIRouter(prefix="/v1/feedback", tags=["Feedback"])
_PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem} for status in (404, 409, 503)
}
_LINES = {
    "description": "A line for each, as `python -m eval import-feedback` reads them.",
    "content": {"application/x-ndjson": {"schema": {"type": "string"}}},
}


def _desk(request: Request) -> FeedbackDesk:
    desk: FeedbackDesk = request.app.state.feedback
    return desk


Desk = Annotated[FeedbackDesk, Depends(_desk)]


@router.post("", summary="Give feedback", status_code=201, responses=_PROBLEMS)
async def give(body: FeedbackBody, desk: Desk) -> FeedbackOut:
    """Say whether an answer was good, and why; said again, it replaces what was said before."""
    return FeedbackOut.of(await desk.give(body.answer_id, body.rating, body.comment))


@router.get(
    "",
    summary="Export feedback",
    response_class=StreamingResponse,
    responses={200: _LINES, 503: {"model": Problem}},
)
def export(desk: Desk) -> StreamingResponse:
    """All feedback with the questions and the answers it is on, the oldest first."""
    found = desk.store.export()
    first = next(found, None)  # here, where its failure is still a problem
    lines = _lines(found if first is None else chain([first], found))
    return StreamingResponse(lines, media_type="application/x-ndjson")


def _lines(records: Iterator[dict[str, Any]]) -> Iterator[str]:
    for record in records:
        yield json.dumps(record) + "\n"
