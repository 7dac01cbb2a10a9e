"""One language model, whoever runs it."""

from collections.abc import Iterator, Sequence
from queue import Empty

from service.language_models.breaker import Breaker
from service.language_models.failures import ModelFailure
from service.language_models.limits import Limits
from service.language_models.source import Done, Inbox, Message, Source
from service.language_models.tokens import TokenCounter
from service.observing.metrics import MODEL_FAILURES

__all__ = ["LanguageModel", "Message"]

_CONTEXT_TOKENS = 8192
_NO_ANSWER = "the language model did not answer"
_UNFINISHED = "the language model did not finish its answer"


class LanguageModel:
    """Wraps one LlamaIndex LLM, behind a `Source`."""

    def __init__(
        self,
        name: str,
        source: Source,
        tokens: TokenCounter,
        *,
        context_tokens: int | None,
        most_tokens: int,
        breaker: Breaker,
    ) -> None:
        """`context_tokens`: None to ask the source for it, 0 when nobody knows. `most_tokens`: of
        an answer."""
        self.name = name
        self.tokens = tokens
        self._source = source
        self._context_tokens = context_tokens
        self._most_tokens = most_tokens
        self._breaker = breaker

    @property
    def context_tokens(self) -> int:
        """Of prompt and answer together."""
        return self._context_tokens or _CONTEXT_TOKENS

    @property
    def most_tokens(self) -> int:
        """Of an answer; in a small context, half of it."""
        return min(self._most_tokens, self.context_tokens // 2)

    def count_tokens(self, text: str) -> int:
        return self.tokens.count(text)

    def stream(self, messages: Sequence[Message], limits: Limits) -> Iterator[str]:
        """Pieces of text as they come, none of them empty; closing the iterator stops the
        generation.

        Raises ModelFailure, `broke_off` only after some text has come, also when the answer
        was stopped at `most_tokens`; or Cancelled.
        """
        try:
            yield from self._breaker.guard(lambda: self._streamed(messages, limits))
        except ModelFailure as failure:
            MODEL_FAILURES.labels(failure.kind).inc()
            raise

    def complete(self, messages: Sequence[Message], limits: Limits) -> str:
        """The same, joined."""
        return "".join(self.stream(messages, limits))

    def warm_up(self) -> None:
        """Load what would make the first answer slow; a server that is away is no error."""
        self._source.warm_up()
        self._ask_for_context()

    def _streamed(self, messages: Sequence[Message], limits: Limits) -> Iterator[str]:
        inbox = Inbox()
        limits.cancellation.on_cancel(lambda: inbox.put(None))
        limits.hold(_NO_ANSWER)
        stop = self._source.start(messages, self.most_tokens, limits, inbox)
        try:
            yield from _received(inbox, limits)
        finally:
            stop()
        self._ask_for_context()  # after the answer, which it would make late

    def _ask_for_context(self) -> None:
        """Until it is known: the server may have been away."""
        if self._context_tokens is None:
            self._context_tokens = self._source.context_tokens()


def _received(inbox: Inbox, limits: Limits) -> Iterator[str]:
    said = False
    while True:
        limits.hold(_UNFINISHED if said else _NO_ANSWER)
        try:
            item = inbox.get(timeout=limits.deadline.left())
        except Empty:
            continue
        if isinstance(item, Done):
            return
        if isinstance(item, Exception):
            raise item
        if item is not None:
            said = True
            yield item
