"""What a message asks: by a language model where there is one and a conversation, else by rule."""

from collections.abc import Mapping, Sequence

from service.answering.conversation import Turn, understand
from service.answering.engine import Question
from service.answering.replies.small_talk import small_talk
from service.answering.summaries.request import summary_request
from service.answering.written.rewriting import FollowUpRewriter
from service.language_models.limits import Limits
from service.retrieval.spelling import Spelling


class Understanding:
    """Corrects mistyped words, and makes each question of a message stand alone."""

    def __init__(self, spelling: Spelling, rewriter: FollowUpRewriter | None) -> None:
        self._spelling = spelling
        self._rewriter = rewriter

    @property
    def prompts(self) -> Mapping[str, str]:
        """Versions of the prompts that a follow-up takes, by name."""
        return self._rewriter.prompts if self._rewriter else {}

    def questions(self, message: str, before: Sequence[Turn], limits: Limits) -> list[Question]:
        """At least one. Raises Cancelled."""
        asked = self._spelling.corrected(message)
        if self._rewriter and before:
            rewritten = self._rewriter.rewrite(asked, before, limits)
            if rewritten:
                return _as_asked(asked, understand(rewritten, ()))
        return understand(asked, before)


def asked_before(history: Sequence[Turn]) -> list[Turn]:
    """The conversation without what was no question to the documents: a follow-up that leaned on
    "thanks!" would be looked for with it. A summary stays, for what it says may be asked about."""
    kept: list[Turn] = []
    replied = False
    for turn in history:
        if turn.role == "user":
            replied = small_talk(turn.content) is not None
        if not replied and not (turn.role == "user" and _asks_for_all(turn.content)):
            kept.append(turn)
    return kept


def _asks_for_all(message: str) -> bool:
    request = summary_request(message)
    return request is not None and not request.named


def _as_asked(asked: str, rewritten: Sequence[Question]) -> list[Question]:
    """The questions of a rewritten message, with the words of the message as it was."""
    if len(rewritten) == 1:
        return [Question(asked, rewritten[0].standalone)]
    return list(rewritten)
