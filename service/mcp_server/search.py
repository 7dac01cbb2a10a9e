"""The tool `search`: passages."""

from functools import partial
from typing import Annotated

from pydantic import Field

from service.http.dependencies import answerer_of
from service.http.schemas import Body, PassageOut, QuestionText, SearchOut
from service.mcp_server.readable_text import passage_lines
from service.mcp_server.tool import Output, Parts, ToolKind


class SearchArguments(Body):
    query: Annotated[QuestionText, Field(description="What to look for: a question, or words.")]
    limit: Annotated[int, Field(ge=1, le=50, description="The most passages to give.")] = 5


async def _search(parts: Parts, arguments: SearchArguments) -> Output:
    answerer = await answerer_of(parts.assembly)
    search = partial(answerer.search, arguments.query, arguments.limit)
    found = await parts.questions.call(search)
    result = SearchOut(passages=[PassageOut.of(passage) for passage in found])
    return Output(result, ("\n".join(passage_lines(result.passages)) or "No passage was found.",))


SEARCH = ToolKind(
    name="search",
    title="Search the documents",
    description="The passages of the documents that a question is about, best first, each with its "
    "place: to read further, give read_document its document_id and offsets.",
    arguments=SearchArguments,
    result=SearchOut,
    run=_search,
)
