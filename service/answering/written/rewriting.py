"""A follow-up made to stand alone by a language model, held to what was said before."""

import re
from collections.abc import Mapping, Sequence
from contextlib import closing

from service.answering.conversation import Turn
from service.answering.written.asking import asked
from service.answering.written.marks import without_marks
from service.language_models.failures import ModelFailure
from service.language_models.language_model import LanguageModel, Message
from service.language_models.limits import Deadline, Limits
from service.prompts import fence, load_prompt
from service.retrieval.words import content_stems

_HISTORY_TOKENS = 1000
_MOST_TURN = 600  # characters; of a longer turn the beginning is shown
_SPARE_TOKENS = 128  # for the rewritten question and a chat template
_SHARE_OF_TIME = 1 / 3
_MOST_ADDED = 200  # characters
_FROM_BEFORE = 0.5  # least share of a rewritten question's words that the conversation has
_LABEL = re.compile(
    r"^(?:(?:rewritten|standalone|stand-alone|last) )?(?:message|question):\s*", re.IGNORECASE
)
_FULL_STOPS = (".", "。")
_QUOTES = "\"'“”‘’«»`*"


class FollowUpRewriter:
    """Asks the model; says nothing where the reply cannot be trusted or does not come in time."""

    prompts: Mapping[str, str]

    def __init__(self, model: LanguageModel) -> None:
        self._model = model
        self._prompt = load_prompt("rewrite-question")
        self.prompts = {self._prompt.name: self._prompt.version}

    def rewrite(self, message: str, history: Sequence[Turn], limits: Limits) -> str | None:
        """One line, or None. Takes at most a third of the time that is left. Raises Cancelled."""
        conversation = self._conversation(message, history)
        filled = self._fill(message, conversation)
        limits = Limits(
            Deadline.after(limits.deadline.left() * _SHARE_OF_TIME), limits.cancellation
        )
        try:
            reply = self._reply(filled, len(message) + _MOST_ADDED, limits)
        except ModelFailure:
            return None
        return _accepted(reply, message, conversation)

    def _reply(self, filled: str, most: int, limits: Limits) -> str:
        """The reply, or as much of it as shows that it is too long or has a second line."""
        text = ""
        with closing(asked(self._model, [Message("user", filled)], limits)) as pieces:
            for piece in pieces:
                text += piece
                if len(text.strip()) > most + len("standalone question: ") or "\n" in text.strip():
                    break
        return text.strip()

    def _conversation(self, message: str, history: Sequence[Turn]) -> str:
        """The last turns that fit, whole but for long ones, oldest first."""
        model = self._model
        room = model.context_tokens - model.count_tokens(self._fill(message, "")) - _SPARE_TOKENS
        left = min(_HISTORY_TOKENS, room)
        shown: list[str] = []
        for turn in reversed(history):
            line = f"{turn.role.capitalize()}: {_shortened(turn.content)}"
            left -= model.count_tokens(line) + 1
            if left < 0:
                break
            shown.insert(0, line)
        return "\n".join(shown)

    def _fill(self, message: str, conversation: str) -> str:
        return self._prompt.fill(
            fence=fence(message, conversation), message=message, conversation=conversation
        )


def _accepted(reply: str, message: str, conversation: str) -> str | None:
    """The rewritten message, unless it is no such: of several lines, too long, an answer in place
    of a question, or about something that nobody has spoken of."""
    text = _LABEL.sub("", reply.strip(_QUOTES)).strip(_QUOTES).strip()
    if not text or "\n" in text or len(text) > len(message) + _MOST_ADDED:
        return None
    if message.rstrip().endswith("?") and not text.endswith(("?", "？")):
        return None
    if text.endswith(_FULL_STOPS) and not message.rstrip().endswith(_FULL_STOPS):
        return None
    said = set(content_stems(f"{message} {conversation}"))
    words = content_stems(text)
    if sum(word in said for word in words) < _FROM_BEFORE * len(words):
        return None
    return text


def _shortened(content: str) -> str:
    text = " ".join(without_marks(" ".join(content.split()))[0].split())
    return text if len(text) <= _MOST_TURN else f"{text[:_MOST_TURN]} …"
