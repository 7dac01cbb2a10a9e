"""A model at a server, asked through LlamaIndex's asynchronous streaming."""

import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import stamina
from stamina.instrumentation import RetryDetails, set_on_retry_hooks

from service.language_models.background import run_in_background
from service.language_models.endpoint import Endpoint
from service.language_models.failures import ModelFailure, only_thought, stopped_early
from service.language_models.limits import Limits
from service.language_models.source import Done, Inbox, Message, chat_messages, put_text
from service.language_models.thoughts import ThoughtFilter

if TYPE_CHECKING:
    from llama_index.core.base.llms.types import ChatResponse
    from llama_index.core.llms import LLM

CONNECT_S = 5.0
"""For a connection; everything else may take as long as the caller allows."""
_RETRIED = ("unreachable", "rate_limited", "server_error")
_FIRST_WAIT_S, _LONGEST_WAIT_S, _JITTER_S = 0.25, 5.0, 0.25
_SOONER_S = 0.2  # a retry later than this before the deadline would be in vain

_log = logging.getLogger(__name__)


def _log_retry(details: RetryDetails) -> None:
    _log.info("asking again in %.1f seconds: %s", details.wait_for, details.caused_by)


set_on_retry_hooks([_log_retry])  # stamina's own say nothing of the reason


class RemoteSource:
    """The client libraries' own retries must be off: these are in force."""

    def __init__(
        self,
        llm: "LLM",
        endpoint: Endpoint,
        end_reason: "Callable[[ChatResponse], str | None]",
        retries: int,
        *,
        context_tokens: Callable[[], int | None] = lambda: 0,
        begin: Callable[[], Callable[[], bool]] = lambda: lambda: False,
        allow: Callable[[int], dict[str, Any]] = lambda tokens: {"max_tokens": tokens},
        warm_up: Callable[[], None] = lambda: None,
    ) -> None:
        """`end_reason`: from the reply of the stream that has its protocol's end mark, why it
        ends. `begin` is called before a request, and gives what says at its end whether a mark
        came that no reply shows. `allow`: the arguments for an answer of so many tokens.
        """
        self._llm, self._endpoint, self._end_reason = llm, endpoint, end_reason
        self._attempts = retries + 1
        self._begin, self._allow = begin, allow
        self.context_tokens = context_tokens
        self.warm_up = warm_up

    def start(
        self, messages: Sequence[Message], most_tokens: int, limits: Limits, inbox: Inbox
    ) -> Callable[[], None]:
        running = run_in_background(self._hand_over(messages, most_tokens, limits, inbox))

        def stop() -> None:
            running.cancel()

        return stop

    async def _hand_over(
        self, messages: Sequence[Message], most_tokens: int, limits: Limits, inbox: Inbox
    ) -> None:
        try:
            async for attempt in stamina.retry_context(
                on=lambda error: _wait(error, limits),
                attempts=self._attempts,
                timeout=max(limits.deadline.left(), 1e-3),
                wait_initial=_FIRST_WAIT_S,
                wait_max=_LONGEST_WAIT_S,
                wait_jitter=_JITTER_S,
            ):
                with attempt:
                    await self._attempt(messages, most_tokens, inbox)
        except Exception as error:
            inbox.put(error)
        else:
            inbox.put(Done())

    async def _attempt(self, messages: Sequence[Message], most_tokens: int, inbox: Inbox) -> None:
        """Raises ModelFailure, one that may be retried only before any text has come."""
        thoughts, said, ended = ThoughtFilter(), False, ""
        marked, allowed = self._begin(), self._allow(most_tokens)
        try:
            async for reply in await self._llm.astream_chat(chat_messages(messages), **allowed):
                ended = self._end_reason(reply) or ended
                thoughts.thought |= _thinks(reply)
                said |= put_text(thoughts.feed(reply.delta or ""), inbox)
        except Exception as error:
            raise self._endpoint.failure(error, said) from None
        said |= put_text(thoughts.end(), inbox)
        if not ended and not marked():
            raise _unended(self._endpoint, said)
        if thoughts.thought and not said:
            raise only_thought(self._endpoint.model)
        if stopped := stopped_early(self._endpoint.name, ended, most_tokens, said):
            raise stopped


def _thinks(reply: "ChatResponse") -> bool:
    """Integrations have a thought's piece in different places, and none in `delta`."""
    named = "thinking_delta"
    said = reply.additional_kwargs.get(named) or reply.message.additional_kwargs.get(named)
    return bool(said)


def _wait(error: Exception, limits: Limits) -> bool | float:
    """For stamina: whether to try again, or after how many seconds, rather than when it likes."""
    if not isinstance(error, ModelFailure) or error.kind not in _RETRIED:
        return False
    if error.retry_after_s is None:
        return True
    in_time = error.retry_after_s + _SOONER_S < limits.deadline.left()
    return error.retry_after_s if in_time else False


def _unended(endpoint: Endpoint, said: bool) -> ModelFailure:
    if said:
        return ModelFailure("broke_off", f"{endpoint.name} broke off in the middle of an answer")
    what = "did not answer with a chat completion: nothing in it can be read"
    return ModelFailure("malformed", f"{endpoint.name} {what}")
