"""A model at a server, and what its failures are called."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from json import JSONDecodeError

from pydantic import ValidationError

from service.language_models.address import shown_address
from service.language_models.failures import FailureKind, ModelFailure
from service.language_models.retry_after import retry_after_seconds

_LONGEST_REASON = 200
_NOT_TO_BE_REACHED = "cannot be reached: is it running, and is FOOTNOTE_MODEL_BASE_URL right?"


@dataclass(frozen=True)
class Endpoint:
    provider: str
    model: str
    url: str
    key: str = field(repr=False)
    unreachable: tuple[type[Exception], ...]
    """What the client library raises before there is an answer."""
    transport: tuple[type[Exception], ...]
    """What it raises when the connection breaks."""
    reported: tuple[type[Exception], ...]
    """What it raises for an error that the server tells of."""

    @property
    def name(self) -> str:
        return f"the language model server {shown_address(self.url)}"

    def failure(self, error: Exception, said: bool) -> ModelFailure:
        """`said`: whether text had come before."""
        if isinstance(error, ModelFailure):
            return error
        kind, what, after = self._explained(error)
        if said and kind not in ("malformed", "broke_off"):
            kind, what = "broke_off", f"broke off in the middle of an answer: it {what}"
        elif not said and kind == "broke_off":
            kind = "malformed"
        return ModelFailure(kind, f"{self.name} {self._without_key(what)}", retry_after_s=after)

    def _explained(self, error: Exception) -> tuple[FailureKind, str, float | None]:
        reason = shortened(_reason(error)) or type(error).__name__
        status = _status(error)
        if status >= 400:
            return self._refused(status, reason, _headers(error))
        if isinstance(error, self.unreachable):
            return "unreachable", _NOT_TO_BE_REACHED, None
        if isinstance(error, self.transport):
            return "broke_off", f"broke off in the middle of an answer: {reason}", None
        if isinstance(error, self.reported):
            return "server_error", f"failed: {reason}", None
        return "malformed", f"did not answer with a chat completion: {reason}", None

    def _refused(
        self, status: int, reason: str, headers: Mapping[str, str]
    ) -> tuple[FailureKind, str, float | None]:
        after = retry_after_seconds(headers)
        if status in (401, 403):
            wants = "refused the API key" if self.key else "wants an API key"
            return "bad_key", f"{wants} ({status}): set FOOTNOTE_MODEL_API_KEY", None
        if status == 404:
            return "no_model", self._missing(), None
        if status == 429:
            when = f"; it will again in {after:.0f} seconds" if after is not None else ""
            return "rate_limited", f"allows no more requests now (429){when}", after
        if status >= 500 or status in (408, 409):
            return "server_error", f"failed ({status}): {reason}", after
        return "malformed", f"refused the request ({status}): {reason}", None

    def _missing(self) -> str:
        if self.provider == "ollama":
            return f"has no model {self.model} (404): ollama pull {self.model}"
        return (
            f"has no model {self.model} (404): check FOOTNOTE_MODEL, and whether "
            "FOOTNOTE_MODEL_BASE_URL is complete"
        )

    def _without_key(self, text: str) -> str:
        return text.replace(self.key, "***") if self.key else text


def _status(error: Exception) -> int:
    status = getattr(error, "status_code", None)
    return status if isinstance(status, int) else 0


def _reason(error: Exception) -> str:
    """In the server's own words, where there are any."""
    if isinstance(error, JSONDecodeError):
        return "what came is no JSON"
    if isinstance(error, ValidationError):
        return "what came has another form"
    body = getattr(error, "body", None)
    for _ in range(2):  # {"message": ...}, or that inside {"error": ...}
        if isinstance(body, Mapping):
            if isinstance(body.get("message"), str):
                return str(body["message"])
            body = body.get("error")
    return str(getattr(error, "error", "") or error)


def _headers(error: Exception) -> Mapping[str, str]:
    """Ollama's client raises an error of its own from the one that has the response."""
    for one in (error, error.__context__):
        headers = getattr(getattr(one, "response", None), "headers", None)
        if isinstance(headers, Mapping):
            return headers
    return {}


def shortened(text: str) -> str:
    line = " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", text).split())
    return line if len(line) <= _LONGEST_REASON else line[:_LONGEST_REASON] + " ..."
