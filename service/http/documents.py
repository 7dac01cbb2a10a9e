"""`/v1/documents`: the list, each document with its text, upload and deletion."""

from typing import Annotated

from fastapi import APIRouter, File, Query, Response, UploadFile
from fastapi.responses import JSONResponse
from pydantic import BeforeValidator

from ingest.index import DocumentRecord, DuplicateRecord, Index
from service.http.dependencies import (
    AssemblyDependency,
    DocumentNamesDependency,
    DocumentTextsDependency,
    IndexDependency,
)
from service.http.document_bodies import DocumentOut, DocumentsOut, DocumentTextOut
from service.http.schemas import JobOut, Problem, stripped

router = APIRouter(prefix="/v1/documents", tags=["Documents"])

_PROBLEMS: dict[int | str, dict[str, object]] = {
    status: {"model": Problem} for status in (404, 409, 413, 422, 503, 507)
}

Files = Annotated[
    list[UploadFile], File(min_length=1, description="Documents of the kinds that ingest reads.")
]
NamesWanted = Annotated[
    str,
    BeforeValidator(stripped),
    Query(
        max_length=200,
        description="Words, or parts of them, of titles and file names: only documents that have "
        "all of them.",
        examples=["minutes 2024"],
    ),
]


@router.get("", summary="List documents", responses={503: {"model": Problem}})
def documents(
    index: IndexDependency,
    names: DocumentNamesDependency,
    assembly: AssemblyDependency,
    limit: Annotated[int, Query(ge=1, le=1000, description="The most to give.")] = 100,
    offset: Annotated[int, Query(ge=0, le=2**31, description="How many to pass over.")] = 0,
    q: NamesWanted = "",
) -> DocumentsOut:
    """The documents of the index, or those that `q` names, a page at a time."""
    if q:
        found = names.matching(index, q)
        wanted = found[offset : offset + limit]
        records = index.records(wanted)
        page, total = [records[key] for key in wanted if key in records], len(found)
        after = offset + len(wanted)
    else:
        page = index.page_of_records(limit, offset)
        total = index.document_count()
        after = offset + len(page)
    return DocumentsOut(
        documents=_listed(index, page, assembly.uploads.folder),
        total=total,
        next_offset=after if page and after < total else None,
    )


@router.post("", summary="Upload files", status_code=202, responses=_PROBLEMS)
def upload(files: Files, assembly: AssemblyDependency) -> JSONResponse:
    """Add files, or new versions of them; the answer is a job to ask for.

    A file of the same name as an earlier upload replaces it. Its folders, if any, are left out.
    """
    job = assembly.uploads.add([(file.filename or "", file.file) for file in files])
    place = f"/v1/jobs/{job.id}"
    return JSONResponse(JobOut.of(job).model_dump(), 202, headers={"Location": place})


@router.get(
    "/{document_id}",
    summary="Read a document",
    responses={404: {"model": Problem}, 503: {"model": Problem}},
)
def document(
    document_id: str,
    index: IndexDependency,
    texts: DocumentTextsDependency,
    assembly: AssemblyDependency,
) -> DocumentTextOut:
    """A document with its canonical text, which all offsets refer to."""
    record = index.record(document_id)
    (listed,) = _listed(index, [record], assembly.uploads.folder)
    return DocumentTextOut.with_text(listed, texts.of(index, record))


@router.delete("/{document_id}", summary="Remove a document", status_code=204, responses=_PROBLEMS)
def delete(document_id: str, assembly: AssemblyDependency) -> Response:
    """Remove a document from the index, and its file if it was uploaded.

    A file that was ingested from a folder stays there: the next ingest of it adds it again.
    """
    assembly.uploads.delete(document_id)
    return Response(status_code=204)


def _listed(index: Index, records: list[DocumentRecord], uploads: str) -> list[DocumentOut]:
    whole = [record for record in records if record.state == "whole"]
    duplicates = _by_original(index, [record.document_id for record in whole])
    return [DocumentOut.of(r, duplicates.get(r.document_id, []), uploads) for r in whole]


def _by_original(index: Index, document_ids: list[str]) -> dict[str, list[DuplicateRecord]]:
    found: dict[str, list[DuplicateRecord]] = {}
    for duplicate in index.duplicates_of(document_ids):
        found.setdefault(duplicate.duplicate_of, []).append(duplicate)
    return found
