"""A whole answer as a chat completion."""

import math
from typing import Literal

from pydantic import BaseModel

from service.answering.answer import Answer, AnswerKind
from service.http.openai.annotations import Annotation, annotations_of
from service.http.questions import Asked
from service.http.schemas import AnswerOut, CitationOut, Described, PassageOut, StatementOut

_CHARACTERS_A_TOKEN = 4


class Usage(Described):
    """Estimated: a token for every four characters."""

    prompt_tokens: int
    """Of the question and its conversation."""
    completion_tokens: int
    total_tokens: int

    @classmethod
    def of(cls, asked: Asked, answer: Answer) -> "Usage":
        read = _tokens(asked.question) + sum(_tokens(turn.content) for turn in asked.history)
        written = _tokens(answer.text)
        return cls(prompt_tokens=read, completion_tokens=written, total_tokens=read + written)


class AnswerDetails(Described):
    """What is known of an answer beside its text and citations; see `POST /v1/ask`."""

    answer_id: str
    kind: AnswerKind
    abstained: bool
    confidence: float
    standalone_question: str
    model: str
    """What made the answer: another than the completion's where that one failed (`notice`)."""
    notice: str | None
    dropped_statements: int
    statements: list[StatementOut]
    passages: list[PassageOut]

    @classmethod
    def of(cls, answer: AnswerOut) -> "AnswerDetails":
        return cls(
            answer_id=answer.id, **answer.model_dump(include=set(cls.model_fields) - {"answer_id"})
        )


class AssistantMessage(BaseModel):
    role: Literal["assistant"]
    content: str
    refusal: None = None
    annotations: list[Annotation]


class Choice(BaseModel):
    index: Literal[0]
    message: AssistantMessage
    logprobs: None = None
    finish_reason: Literal["stop"]


class ChatCompletion(Described):
    id: str
    """`chatcmpl-` and the answer's id."""
    object: Literal["chat.completion"]
    created: int
    """Seconds since 1970."""
    model: str
    choices: list[Choice]
    usage: Usage
    citations: list[CitationOut]
    """Not OpenAI's: the cited words with their places, by footnote number."""
    footnote: AnswerDetails
    """Not OpenAI's."""

    @classmethod
    def of(
        cls, asked: Asked, answer: Answer, *, model: str, created: int, base_url: str
    ) -> "ChatCompletion":
        """`model`: the one that the service has; `base_url` ends in a slash."""
        told = AnswerOut.of(answer)
        message = AssistantMessage(
            role="assistant", content=answer.text, annotations=annotations_of(answer, base_url)
        )
        return cls(
            id=completion_id(answer.id),
            object="chat.completion",
            created=created,
            model=model,
            choices=[Choice(index=0, message=message, finish_reason="stop")],
            usage=Usage.of(asked, answer),
            citations=told.citations,
            footnote=AnswerDetails.of(told),
        )


def completion_id(answer_id: str) -> str:
    return f"chatcmpl-{answer_id}"


def _tokens(text: str) -> int:
    return math.ceil(len(text) / _CHARACTERS_A_TOKEN)
