"""How a language model fails, in words for people, and how a caller leaves."""

from typing import Literal

from ingest.errors import ModelError

FailureKind = Literal[
    "unreachable",
    "timeout",
    "bad_key",
    "no_model",
    "rate_limited",
    "server_error",
    "malformed",
    "broke_off",
    "resting",
]

_NO_ROOM = ("length", "max_tokens", "model_context_window_exceeded")
_FILTERED = ("content_filter", "refusal")


class ModelFailure(ModelError):
    """`str(failure)` is one line that people can act on. `broke_off` only after some text came;
    `resting`: it failed too often in a row, and is left alone for a while."""

    def __init__(
        self, kind: FailureKind, message: str, *, retry_after_s: float | None = None
    ) -> None:
        """`retry_after_s`: when it may work again, in seconds, where that is known."""
        super().__init__(message)
        self.kind = kind
        self.retry_after_s = retry_after_s


class StoppedEarly(ModelFailure):
    """The model works, but its answer was ended before it was whole."""


def only_thought(model: str) -> StoppedEarly:
    return StoppedEarly(
        "malformed",
        f"{model} only thought and gave no answer: allow it more tokens "
        "(FOOTNOTE_MODEL_MOST_TOKENS), or switch its thinking off",
    )


def stopped_early(model: str, reason: str, most_tokens: int, said: bool) -> StoppedEarly | None:
    """`reason`: why the answer ended, as the protocols say it; None when it is whole. `said`:
    whether text came."""
    if reason in _NO_ROOM:
        what = f"stopped at {most_tokens} tokens: allow it more (FOOTNOTE_MODEL_MOST_TOKENS)"
    elif reason in _FILTERED:
        what = "was stopped by a content filter"
    else:
        return None
    return StoppedEarly("broke_off" if said else "malformed", f"{model} {what}")


class Cancelled(Exception):
    """Whoever asked has gone; nobody waits for the answer."""
