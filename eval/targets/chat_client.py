"""One chat completion from any OpenAI-compatible server, as plain data.

https://platform.openai.com/docs/api-reference/chat/create
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ingest.errors import FootnoteError
from service.language_models.address import shown_address

if TYPE_CHECKING:
    from openai import OpenAI

Message = dict[str, str]
"""`role` and `content`."""

# Models that think aloud put it before the answer; servers that know them cut it off themselves.
_THOUGHTS = re.compile(r"\A\s*<think>.*?(?:</think>|\Z)", re.DOTALL)
_LONGEST_REASON = 300


class ChatError(FootnoteError):
    """A chat endpoint cannot be reached, refuses, or answers what is no chat completion."""


@dataclass(frozen=True, slots=True)
class ChatReply:
    text: str
    """What the model said, its thoughts aloud cut off."""
    body: Mapping[str, Any]
    """The whole reply, with the fields that this server adds to the standard ones."""
    message: Mapping[str, Any]
    """The first choice's message."""
    cut_off: bool
    """The model was stopped for length."""

    @property
    def tokens(self) -> dict[str, int]:
        """`prompt` and `completion`, as far as the server counts them."""
        usage = _mapping(self.body.get("usage"))
        named = {"prompt": usage.get("prompt_tokens"), "completion": usage.get("completion_tokens")}
        return {name: count for name, count in named.items() if isinstance(count, int)}

    @property
    def model(self) -> str:
        """The model as the server names it, which may be more exact than what was asked for."""
        return str(self.body.get("model") or "")


class ChatClient:
    """`base_url` is the address before `/chat/completions`; it mostly ends in `/v1`."""

    def __init__(
        self, base_url: str, model: str, api_key: str = "", *, timeout_s: float, retries: int
    ) -> None:
        """`retries` are the client's own: of no connection, 408, 409, 429 and 5xx."""
        self._url, self._model, self._key = base_url, model, api_key
        self._shown = shown_address(base_url)
        self._timeout = timeout_s
        self._client = self._connect(retries)

    def complete(self, messages: Sequence[Message], options: Mapping[str, object]) -> ChatReply:
        """`options` are further fields of the request. Raises ChatError."""
        from openai import APIError

        body: dict[str, Any] = {"model": self._model, "messages": list(messages), "stream": False}
        try:
            # As raw text, since the fields that matter here are in no client's types.
            raw = self._client.chat.completions.with_raw_response.create(
                **body, extra_body=dict(options)
            )
        except APIError as error:
            raise ChatError(self._without_key(self._failure(error))) from None
        return self._reply(raw.text)

    def _connect(self, retries: int) -> "OpenAI":
        from openai import OpenAI, OpenAIError  # takes half a second to import

        try:
            # Servers of one's own want no key, but the library wants one.
            return OpenAI(
                base_url=self._url,
                api_key=self._key or "none",
                timeout=self._timeout,
                max_retries=retries,
            )
        except (OpenAIError, ValueError) as error:
            raise ChatError(f"{self._shown} cannot be used as an address: {error}") from None

    def _reply(self, text: str) -> ChatReply:
        try:
            body = _writable(json.loads(text))
        except ValueError:
            raise ChatError(self._no_completion(f"it is not JSON: {_shortened(text)}")) from None
        choices = body.get("choices") if isinstance(body, dict) else None
        choice = choices[0] if isinstance(choices, list) and choices else None
        message = choice.get("message") if isinstance(choice, dict) else None
        if not isinstance(choice, dict) or not isinstance(message, dict):
            raise ChatError(self._no_completion(f"no choice with a message: {_shortened(text)}"))
        return ChatReply(
            text=_THOUGHTS.sub("", _said(message)).strip(),
            body=body,
            message=message,
            cut_off=choice.get("finish_reason") == "length",
        )

    def _no_completion(self, what: str) -> str:
        return self._without_key(
            f"{self._shown}/chat/completions did not answer with a chat completion, {what}"
        )

    def _failure(self, error: Exception) -> str:
        from openai import APIConnectionError, APIStatusError, APITimeoutError

        if isinstance(error, APITimeoutError):
            return f"{self._shown} gave no answer within {self._timeout:g} seconds"
        if isinstance(error, APIConnectionError):
            return (
                f"{self._shown} cannot be reached: is the server running, and is the address right?"
            )
        reason = _shortened(str(error))
        if not isinstance(error, APIStatusError):
            return f"{self._shown} failed: {reason}"
        if error.status_code in (401, 403):
            return f"{self._shown} refused the API key ({error.status_code}): {reason}"
        if error.status_code == 404:
            return (
                f"{self._shown} has no model {self._model}, or is not the address before "
                f"/chat/completions (404): {reason}"
            )
        if error.status_code == 429:
            return f"{self._shown} allows no more requests now (429): {reason}"
        return f"{self._shown} failed ({error.status_code}): {reason}"

    def _without_key(self, message: str) -> str:
        return message.replace(self._key, "***") if self._key else message


def _said(message: Mapping[str, Any]) -> str:
    """`content` is a text, a list of parts, or null when the model says why it refuses."""
    content = message.get("content")
    if isinstance(content, list):
        parts = [_mapping(part).get("text") for part in content]
        return "".join(part for part in parts if isinstance(part, str))
    return str(content or message.get("refusal") or "")


def _writable(body: Any) -> Any:
    """Without halves of surrogate pairs, which JSON may hold and no file can."""
    return json.loads(json.dumps(body, ensure_ascii=False).encode("utf-8", "replace"))


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_REASON else line[:_LONGEST_REASON] + " ..."
