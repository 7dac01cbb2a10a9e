"""`GET /v1/suggestions`: first questions, made from the documents."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response

from ingest.index.record import DocumentRecord
from service.assembly import Assembly
from service.http.ask import CLIENT_GONE
from service.http.dependencies import AssemblyDependency, QuestionsDependency
from service.http.disconnection import unless_gone
from service.http.schemas import Described, DocumentId, Problem
from service.suggesting import Suggestion

MOST_SUGGESTIONS = 12
_MOST_DOCUMENTS = 20

router = APIRouter(prefix="/v1", tags=["Answers"])

_PROBLEMS: dict[int | str, dict[str, Any]] = {503: {"model": Problem}}


class SuggestionOut(Described):
    question: str
    document_id: str
    """Of the document that answers it."""
    document_title: str

    @classmethod
    def of(cls, question: str, record: DocumentRecord) -> "SuggestionOut":
        return cls(question=question, document_id=record.document_id, document_title=record.title)


class SuggestionsOut(Described):
    suggestions: list[SuggestionOut]
    """Empty where no question is known to be answered well."""


@router.get(
    "/suggestions",
    summary="Suggest questions",
    response_model=SuggestionsOut,
    responses=_PROBLEMS,
)
async def suggestions(
    request: Request,
    assembly: AssemblyDependency,
    questions: QuestionsDependency,
    limit: Annotated[int, Query(ge=1, le=MOST_SUGGESTIONS, description="The most to give.")] = 4,
    document_ids: Annotated[
        list[DocumentId] | None,
        Query(max_length=_MOST_DOCUMENTS, description="Only from these documents."),
    ] = None,
) -> Response:
    """Questions to begin with, made from the documents; each was asked, and is answered well.

    They are made at the first request after the documents have changed, which takes a moment.
    """
    making = questions.call(lambda: _suggested(assembly, limit, document_ids))
    found = await unless_gone(request, making, lambda: None)
    if found is None:
        return Response(status_code=CLIENT_GONE)
    told = [SuggestionOut.of(one.question, one.record) for one in found]
    return JSONResponse(SuggestionsOut(suggestions=told).model_dump())


def _suggested(
    assembly: Assembly, limit: int, document_ids: list[str] | None
) -> tuple[Suggestion, ...]:
    return assembly.suggester().suggest(limit, document_ids)
