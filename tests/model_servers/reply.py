"""What a scripted model server answers to one request, whatever its protocol."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Hang = Literal["before_headers", "in_headers", "before_text", "after_text"]


@dataclass(frozen=True)
class Reply:
    pieces: tuple[str, ...] = ()
    """Text as it is streamed."""
    pause_s: float = 0.0
    """Before each piece."""
    thoughts: tuple[str, ...] = ()
    """Sent before the text, in the protocol's own field for them."""
    finish: Literal["stop", "length", "content_filter"] = "stop"
    status: int = 200
    error: str = "the model is asleep"
    """Why, for a status that is an error."""
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: str | None = None
    """The whole body, sent instead of anything of the protocol."""
    garbage_after: int | None = None
    """After so many pieces comes what is no JSON."""
    breaks_after: int | None = None
    """After so many pieces the connection is closed, in the middle of the body."""
    stops_after: int | None = None
    """After so many pieces the body ends well, but without the protocol's end mark."""
    error_after: int | None = None
    """After so many pieces the server says, in its protocol, that it failed."""
    hangs: Hang | None = None
    """Where nothing more is sent, while the connection stays open; in the headers, ever more."""
    drips: bool = False
    """Sends what keeps a connection alive for ever, and never a piece."""
    endless: bool = False
    """Begins again with the first piece after the last one, for ever."""


def words(text: str) -> tuple[str, ...]:
    """A text in pieces such as models stream: a word and the space before it."""
    return tuple(re.findall(r"\s*\S+|\s+\Z", text))


def says(text: str, *, pause_s: float = 0.0) -> Reply:
    return Reply(words(text), pause_s=pause_s)
