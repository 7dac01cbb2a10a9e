"""Server-sent events as a response that no proxy keeps or holds up."""

from collections.abc import AsyncIterator, Callable

from fastapi.responses import StreamingResponse
from starlette.types import Receive


class EventStream(StreamingResponse):
    """Says when its client goes away: a step that waits for a language model must hear of it, for
    a thread cannot be interrupted."""

    gone: Callable[[], None]

    async def listen_for_disconnect(self, receive: Receive) -> None:
        await super().listen_for_disconnect(receive)
        self.gone()


def event_stream(
    events: AsyncIterator[bytes], gone: Callable[[], None] = lambda: None
) -> EventStream:
    """`gone` is called when the client goes away before the end, and may be at the end."""
    headers = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
    stream = EventStream(events, media_type="text/event-stream", headers=headers)
    stream.gone = gone
    return stream
