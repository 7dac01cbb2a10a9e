"""The tool `ask`: an answer with its footnotes."""

import asyncio
from typing import Annotated

from pydantic import BaseModel, Field

from service.answering.answer import Answer, AnswerKind
from service.answering.conversation import Turn
from service.http.dependencies import answerer_of
from service.http.questions import Asked
from service.http.schemas import (
    MOST_DOCUMENTS,
    MOST_HISTORY,
    AnswerOut,
    Body,
    CitationOut,
    DocumentId,
    PassageOut,
    QuestionText,
    StatementOut,
    TurnBody,
)
from service.language_models.limits import Cancellation
from service.mcp_server.readable_text import footnote_line, passage_lines
from service.mcp_server.tool import Output, Parts, ToolKind


class AskArguments(Body):
    question: Annotated[QuestionText, Field(description="The question, in plain words.")]
    history: list[TurnBody] = Field(
        [],
        max_length=MOST_HISTORY,
        description="Earlier turns of the conversation, oldest first, for a question that refers "
        "to them.",
    )
    document_ids: Annotated[
        list[DocumentId] | None,
        Field(
            min_length=1,
            max_length=MOST_DOCUMENTS,
            description="Answer from these documents only; all of them if left out.",
        ),
    ] = None


class AskResult(BaseModel):
    id: str
    answer: str
    """With footnote numbers, such as [1]."""
    kind: AnswerKind
    abstained: bool
    statements: list[StatementOut]
    citations: list[CitationOut]
    closest_passages: list[PassageOut]
    """Instead of an answer: only when it abstained."""
    standalone_question: str
    notice: str | None

    @classmethod
    def of(cls, answer: Answer) -> "AskResult":
        told = AnswerOut.of(answer)
        fields = told.model_dump(include=set(cls.model_fields))
        return cls(**fields, closest_passages=told.passages if told.abstained else [])


async def _ask(parts: Parts, arguments: AskArguments) -> Output:
    cancellation = Cancellation()
    history = tuple(Turn(turn.role, turn.content) for turn in arguments.history)
    within = None if arguments.document_ids is None else tuple(arguments.document_ids)
    asked = Asked(arguments.question, history, within)
    try:
        answerer = await answerer_of(parts.assembly)
        answer = await parts.questions.answer(answerer, asked, cancellation)
    except asyncio.CancelledError:
        cancellation.cancel()  # the client is gone: a thread must be told
        raise
    result = AskResult.of(answer)
    return Output(result, (_text(result),))


def _text(result: AskResult) -> str:
    lines = [result.answer]
    if result.notice:
        lines += ["", result.notice]
    if result.citations:
        lines += ["", "Footnotes:", *(footnote_line(citation) for citation in result.citations)]
    if result.closest_passages:
        lines += ["", "Closest passages:", *passage_lines(result.closest_passages)]
    return "\n".join(lines)


ASK = ToolKind(
    name="ask",
    title="Ask the documents",
    description="Answer a question from the documents. Every sentence of the answer has a footnote "
    "to the exact words of a document that it rests on, with offsets in Unicode code points. If "
    "the documents do not say it, it says so and gives the closest passages.",
    arguments=AskArguments,
    result=AskResult,
    run=_ask,
)
