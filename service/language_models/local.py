"""A transformers model in this process, as a source of words."""

import logging
import re
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import ModelError
from service.language_models.endpoint import shortened
from service.language_models.failures import ModelFailure, only_thought, stopped_early
from service.language_models.limits import Limits
from service.language_models.source import Done, Inbox, Message, chat_messages, put_text
from service.language_models.thoughts import ThoughtFilter
from service.settings import ServiceSettings

if TYPE_CHECKING:
    from service.language_models.transformers_llm import TransformersLLM

_LOOKS_EVERY_S = 0.05
_HUB_NAME = re.compile(r"\w[\w.-]*/\w[\w.-]*")
_log = logging.getLogger(__name__)


class LocalSource:
    """One generation at a time: more would only slow each other down."""

    name = "the model's own"

    def __init__(self, llm: "TransformersLLM") -> None:
        self._llm = llm
        self._running = threading.Lock()

    def start(
        self, messages: Sequence[Message], most_tokens: int, limits: Limits, inbox: Inbox
    ) -> Callable[[], None]:
        left = threading.Event()

        def stopped() -> bool:
            return left.is_set() or limits.cancellation.cancelled or limits.deadline.passed

        threading.Thread(
            target=self._hand_over,
            args=(messages, most_tokens, stopped, inbox),
            name="model",
            daemon=True,
        ).start()
        return left.set

    def context_tokens(self) -> int | None:
        return self._llm.context_window

    def count(self, text: str) -> int:
        return self._llm.count_tokens(text)

    def warm_up(self) -> None:
        """It is loaded."""

    def _hand_over(
        self,
        messages: Sequence[Message],
        most_tokens: int,
        stopped: Callable[[], bool],
        inbox: Inbox,
    ) -> None:
        while not self._running.acquire(timeout=_LOOKS_EVERY_S):
            if stopped():
                return
        try:
            self._generate(messages, most_tokens, stopped, inbox)
        except ModelFailure as failure:
            inbox.put(failure)
        except Exception as error:
            reason = shortened(str(error)) or type(error).__name__
            what = f"the local model {self._llm.path} failed: {reason}"
            inbox.put(ModelFailure("server_error", what))
        else:
            inbox.put(Done())
        finally:
            self._running.release()

    def _generate(
        self,
        messages: Sequence[Message],
        most_tokens: int,
        stopped: Callable[[], bool],
        inbox: Inbox,
    ) -> None:
        thoughts, said, ended = ThoughtFilter(), False, ""
        for reply in self._llm.stream_chat(
            chat_messages(messages), max_tokens=most_tokens, stop=stopped
        ):
            said |= put_text(thoughts.feed(reply.delta or ""), inbox)
            ended = reply.raw or ended
        said |= put_text(thoughts.end(), inbox)
        if thoughts.thought and not said and not stopped():
            raise only_thought(self._llm.path)
        name = f"the local model {self._llm.path}"
        if early := stopped_early(name, ended, most_tokens, said):
            raise early


def local(model: str, settings: ServiceSettings) -> LocalSource:
    """`model`: a folder or a name on the hub. Raises ModelError when it cannot be loaded."""
    path = _folder_or_name(model)

    try:
        from service.language_models.transformers_llm import TransformersLLM
    except ModuleNotFoundError as error:
        raise ModelError(
            f"FOOTNOTE_MODEL: {model} needs torch, which is not installed here ({error})"
        ) from None

    try:
        llm = TransformersLLM(
            path=path,
            max_tokens=settings.model_most_tokens,
            temperature=settings.model_temperature,
            context_window=settings.model_context_tokens or 0,
        )
    except Exception as error:
        reason = shortened(str(error))
        raise ModelError(
            f"FOOTNOTE_MODEL: {model} cannot be loaded as a transformers model: {reason}"
        ) from None
    return LocalSource(llm)


def _folder_or_name(model: str) -> str:
    folder = Path(model).expanduser()
    if folder.is_dir():
        return str(folder)
    if not _HUB_NAME.fullmatch(model):
        raise ModelError(f"FOOTNOTE_MODEL: there is no folder {model} with a transformers model")
    _log.warning("%s is no folder here: it is loaded from the Hugging Face hub", model)
    return model
