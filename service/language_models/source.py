"""Where a model's words come from: handed over through a queue, so that whoever reads them never
waits longer than allowed, whatever the model does."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from queue import SimpleQueue
from typing import TYPE_CHECKING, Literal, Protocol

from service.language_models.limits import Limits

if TYPE_CHECKING:
    from llama_index.core.llms import ChatMessage


@dataclass(frozen=True, slots=True)
class Message:
    role: Literal["system", "user", "assistant"]
    content: str


class Done:
    """The answer is whole."""


Item = str | Done | Exception
"""A piece of text, not empty; the end; or a ModelFailure."""
Inbox = SimpleQueue[Item | None]
"""None wakes the reader up."""


class Source(Protocol):
    """One model. Its words come without thoughts."""

    def start(
        self, messages: Sequence[Message], most_tokens: int, limits: Limits, inbox: "Inbox"
    ) -> Callable[[], None]:
        """Generate an answer of at most so many tokens, apart from the caller's thread; what it
        gives stops the generation."""
        ...

    def context_tokens(self) -> int | None:
        """What the model says of itself, 0 when it says nothing. It may take a request to its
        server; None when that did not answer."""
        ...

    def warm_up(self) -> None:
        """Load what would make the first answer slow. A server that is away is no error."""
        ...


def put_text(text: str, inbox: Inbox) -> bool:
    """Whether there was any."""
    if text:
        inbox.put(text)
    return bool(text)


def chat_messages(messages: Sequence[Message]) -> "list[ChatMessage]":
    from llama_index.core.llms import ChatMessage

    return [ChatMessage(role=message.role, content=message.content) for message in messages]
