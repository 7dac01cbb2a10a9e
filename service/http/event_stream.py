"""Server-sent events as a response that no proxy keeps or holds up."""

from collections.abc import AsyncIterator, Iterator

from fastapi.responses import StreamingResponse


def event_stream(events: Iterator[bytes] | AsyncIterator[bytes]) -> StreamingResponse:
    headers = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
    return StreamingResponse(events, media_type="text/event-stream", headers=headers)
