"""`GET /v1/documents` and `GET /v1/documents/{document_id}`."""

from typing import Annotated

from fastapi import APIRouter, Query

from service.http.dependencies import IndexDependency
from service.http.schemas import DocumentOut, DocumentsOut, DocumentTextOut, Problem

router = APIRouter(prefix="/v1/documents")


@router.get("", responses={503: {"model": Problem}})
def documents(
    index: IndexDependency,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    offset: Annotated[int, Query(ge=0, le=2**31)] = 0,
) -> DocumentsOut:
    """The documents of the index, a page at a time."""
    page = index.page_of_records(limit, offset)
    total = index.document_count()
    after = offset + len(page)
    return DocumentsOut(
        documents=[DocumentOut.of(record) for record in page if record.state == "whole"],
        total=total,
        next_offset=after if page and after < total else None,
    )


@router.get("/{document_id}", responses={404: {"model": Problem}, 503: {"model": Problem}})
def document(document_id: str, index: IndexDependency) -> DocumentTextOut:
    """A document with its canonical text, which all offsets refer to."""
    record = index.record(document_id)
    return DocumentTextOut.with_text(record, index.document_of(record))
