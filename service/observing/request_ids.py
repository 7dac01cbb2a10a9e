"""An id for each request: in its response, in every line of the log, and in problems."""

import re
import uuid

from asgi_correlation_id import CorrelationIdMiddleware, correlation_id
from fastapi import FastAPI

HEADER = "X-Request-ID"
_USABLE = re.compile(r"[\x21-\x7e]{1,128}")


def request_id() -> str | None:
    """That of the request at work, also in the threads that work for it; None outside of any."""
    return correlation_id.get()


def add_request_ids(app: FastAPI) -> None:
    """A client's own id is kept when it is 1 to 128 visible ASCII characters."""
    app.add_middleware(
        CorrelationIdMiddleware,
        header_name=HEADER,
        generator=lambda: uuid.uuid4().hex,
        validator=lambda given: _USABLE.fullmatch(given) is not None,
    )
