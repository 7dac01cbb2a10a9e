"""What a client of OpenAI's protocol sends. Fields that mean nothing here are passed over."""

from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StringConstraints,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    field_validator,
)
from pydantic_core import PydanticCustomError, PydanticKnownError

from service.http.schemas import (
    EXAMPLE,
    MOST_DOCUMENTS,
    WITH_WORDS,
    Described,
    DocumentId,
    stripped,
)
from service.settings import MOST_QUESTION

MOST_MESSAGES = 1000

# A string without constraints may hold half a character.
Text = Annotated[str, StringConstraints(strip_whitespace=True), BeforeValidator(stripped)]


class TextPart(BaseModel):
    type: Literal["text"]
    text: Text


# To tell of each of a million wrong ones would take gigabytes.
Parts = Annotated[list[TextPart], Field(fail_fast=True)]


def _as_text(value: Any, handler: ValidatorFunctionWrapHandler) -> Any:
    """One error that tells what to do, instead of one for each shape that it has not."""
    try:
        return handler(value)
    except ValidationError:
        if isinstance(value, str):
            raise PydanticKnownError("string_unicode") from None
        raise PydanticCustomError(
            "content", 'only text can be read, as a string or as parts of type "text"'
        ) from None


class ChatMessage(BaseModel):
    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: Annotated[Text | Parts | None, WrapValidator(_as_text)] = None

    @property
    def text(self) -> str:
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content).strip()
        return self.content or ""


class StreamOptions(BaseModel):
    include_usage: StrictBool | None = None


_WITH_TEXT = {"type": "string", "pattern": WITH_WORDS}
_WITH_QUESTION = {
    "contains": {
        "type": "object",
        "properties": {
            "role": {"const": "user"},
            "content": {
                "anyOf": [
                    _WITH_TEXT,
                    {
                        "type": "array",
                        "contains": {"type": "object", "properties": {"text": _WITH_TEXT}},
                    },
                ]
            },
        },
        "required": ["role", "content"],
    }
}


class ChatCompletionBody(Described):
    """Any `model` will do. Sampling parameters, tools and the like have no effect."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"messages": [{"role": "user", "content": EXAMPLE}]}]}
    )

    messages: Annotated[
        list[ChatMessage],
        Field(fail_fast=True, max_length=MOST_MESSAGES, json_schema_extra=_WITH_QUESTION),
    ]
    """The last one of role user with a text is the question; those of users and assistants before
    it are the conversation. Others are not read: what they say changes no answer."""
    model: str | None = None
    stream: StrictBool | None = None
    stream_options: StreamOptions | None = None
    n: Literal[1] | None = None
    document_ids: Annotated[
        list[DocumentId] | None, Field(min_length=1, max_length=MOST_DOCUMENTS)
    ] = None
    """Not OpenAI's: the answer is limited to these documents."""

    @property
    def question_at(self) -> int:
        """The position of the question among the messages."""
        return _question_at(self.messages)

    @property
    def includes_usage(self) -> bool:
        """Whether a stream tells the tokens in a chunk of its own."""
        return bool(self.stream_options and self.stream_options.include_usage)

    @field_validator("messages")
    @classmethod
    def _with_a_question(cls, messages: list[ChatMessage]) -> list[ChatMessage]:
        at = _question_at(messages)
        if at < 0:
            raise PydanticCustomError(
                "question", "none is of role user and has a text, so there is no question"
            )
        if len(messages[at].text) > MOST_QUESTION:
            raise PydanticCustomError(
                "question",
                "the question, which is the last message of role user, is longer than {most} "
                "characters",
                {"most": MOST_QUESTION},
            )
        return messages


def _question_at(messages: list[ChatMessage]) -> int:
    """-1 without one."""
    asking = (at for at, one in enumerate(messages) if one.role == "user" and one.text)
    return max(asking, default=-1)
