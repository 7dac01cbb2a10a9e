"""An answer as chunks of a chat completion, each statement once it is verified."""

from collections.abc import AsyncIterator
from typing import Any, Literal

from fastapi.sse import format_sse_event
from pydantic import BaseModel

from service.answering.answer import Answer, Citation, Statement, marked
from service.answering.answerer import Event, Retrieved
from service.http.openai.annotations import Annotation, annotations_of
from service.http.openai.completion import AnswerDetails, Usage, completion_id
from service.http.openai.errors import OpenAIProblem
from service.http.problems import problem_of
from service.http.questions import Asked
from service.http.schemas import AnswerOut, CitationOut
from service.language_models.failures import Cancelled

_DONE = format_sse_event(data_str="[DONE]")


class Delta(BaseModel):
    role: Literal["assistant"] | None = None
    content: str | None = None
    annotations: list[Annotation] | None = None


class ChunkChoice(BaseModel):
    index: Literal[0]
    delta: Delta
    finish_reason: Literal["stop"] | None


class ChatCompletionChunk(BaseModel):
    """Fields without a value are left out, but for `finish_reason` and a wanted `usage`."""

    id: str
    object: Literal["chat.completion.chunk"]
    created: int
    model: str
    choices: list[ChunkChoice]
    usage: Usage | None = None
    citations: list[CitationOut] | None = None
    footnote: AnswerDetails | None = None


class Chunks:
    """The chunks of one answer: the role, each statement with its footnote numbers, what is cited,
    and the usage if it is wanted. The contents, joined, are the answer's text."""

    def __init__(
        self, asked: Asked, *, model: str, created: int, base_url: str, includes_usage: bool
    ) -> None:
        """`base_url` ends in a slash."""
        self._asked = asked
        self._model = model
        self._created = created
        self._base_url = base_url
        self._includes_usage = includes_usage
        self._id = ""
        self._said = ""
        self._numbers: dict[Citation, int] = {}

    async def server_sent(self, events: AsyncIterator[Event]) -> AsyncIterator[bytes]:
        """An error, once chunks are sent, is the last of them."""
        try:
            async for event in events:
                for chunk in self._chunks(event):
                    yield chunk
            yield _DONE
        except Cancelled:
            return
        except Exception as error:
            told = OpenAIProblem.of(problem_of(error)).error
            yield format_sse_event(data_str=f'{{"error":{told.model_dump_json()}}}')

    def _chunks(self, event: Event) -> list[bytes]:
        match event:
            case Retrieved():
                self._id = completion_id(event.answer_id)
                return [self._choice(Delta(role="assistant", content=""))]
            case Statement():
                return [self._content(self._next(event))]
            case Answer():
                rest = event.text.removeprefix(self._said)  # all of what states nothing
                said = [self._content(rest)] if rest else []
                usage = [self._usage(event)] if self._includes_usage else []
                return [*said, self._last(event), *usage]

    def _next(self, statement: Statement) -> str:
        for citation in statement.citations:
            self._numbers.setdefault(citation, len(self._numbers) + 1)
        return (" " if self._said else "") + marked(statement, self._numbers)

    def _content(self, text: str) -> bytes:
        self._said += text
        return self._choice(Delta(content=text))

    def _last(self, answer: Answer) -> bytes:
        told = AnswerOut.of(answer)
        annotations = annotations_of(answer, self._base_url)
        return self._choice(
            Delta(annotations=annotations),
            "stop",
            citations=told.citations,
            footnote=AnswerDetails.of(told),
        )

    def _usage(self, answer: Answer) -> bytes:
        return self._chunk(choices=[], usage=Usage.of(self._asked, answer))

    def _choice(
        self, delta: Delta, finish_reason: Literal["stop"] | None = None, **more: Any
    ) -> bytes:
        if self._includes_usage:
            more["usage"] = None
        choice = ChunkChoice(index=0, delta=delta, finish_reason=finish_reason)
        return self._chunk(choices=[choice], **more)

    def _chunk(self, **fields: Any) -> bytes:
        chunk = ChatCompletionChunk(
            id=self._id,
            object="chat.completion.chunk",
            created=self._created,
            model=self._model,
            **fields,
        )
        return format_sse_event(data_str=chunk.model_dump_json(exclude_unset=True))
