"""Messages become a question in its conversation."""

from service.answering.conversation import Turn
from service.http.openai.bodies import ChatCompletionBody, ChatMessage
from service.http.questions import Asked
from service.http.schemas import MOST_HISTORY, MOST_TURN


def asked(body: ChatCompletionBody) -> Asked:
    """Front ends send the whole conversation, so of a long one the latest turns are kept."""
    turns = [turn for message in body.messages[: body.question_at] for turn in _turns_of(message)]
    within = None if body.document_ids is None else tuple(body.document_ids)
    return Asked(body.messages[body.question_at].text, tuple(turns[-MOST_HISTORY:]), within)


def _turns_of(message: ChatMessage) -> list[Turn]:
    """None of a message that is not part of the conversation, or has no text."""
    if message.role in ("user", "assistant") and message.text:
        return [Turn(message.role, message.text[:MOST_TURN])]
    return []
