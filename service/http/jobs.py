"""`GET /v1/jobs/{job_id}`: how an ingest of uploaded files goes, once or as it changes."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, Response
from fastapi.sse import format_sse_event

from service.http.dependencies import AssemblyDependency, QuestionsDependency
from service.http.event_stream import event_stream
from service.http.problems import problem_of
from service.http.questions import Questions
from service.http.schemas import JobOut, Problem
from service.http.turns import Stopping
from service.uploading.jobs import Job
from service.uploading.store import JobStore

_SECONDS_BETWEEN_LOOKS = 0.2
_LOOKS_PER_SIGN = 25  # after which a job is told again, so that the connection lives

router = APIRouter(prefix="/v1/jobs", tags=["Documents"])

_STREAM = {
    "description": "The job; with `stream`, an event `progress` whenever it changes, then `done`; "
    "`error` when the service stops before.",
    "content": {"text/event-stream": {"schema": {"type": "string"}}},
}


@router.get(
    "/{job_id}",
    summary="Follow an upload",
    response_model=JobOut,
    responses={200: _STREAM, **{status: {"model": Problem} for status in (404, 503, 507)}},
)
def job(
    job_id: str,
    assembly: AssemblyDependency,
    questions: QuestionsDependency,
    stream: Annotated[
        bool, Query(description="Whether to be told of each change, as server-sent events.")
    ] = False,
) -> Response:
    """An ingest job: `state` is `queued`, `running`, `done` or `failed`.

    One that is `queued` with a `detail` was tried, and will be again.
    """
    jobs = assembly.uploads.jobs
    found = jobs.get(job_id)
    if stream:
        return event_stream(_server_sent(jobs, job_id, questions))
    return JSONResponse(JobOut.of(found).model_dump())


async def _server_sent(jobs: JobStore, job_id: str, questions: Questions) -> AsyncIterator[bytes]:
    """Looks now and then: a thread for each watcher would leave none for questions."""
    told: Job | None = None
    looks = 0
    try:
        while told is None or not told.has_ended:
            job = jobs.get(job_id)
            if job != told or looks % _LOOKS_PER_SIGN == 0:
                told = job
                name = "done" if job.has_ended else "progress"
                yield format_sse_event(event=name, data_str=JobOut.of(job).model_dump_json())
            if questions.stopping and not job.has_ended:
                raise Stopping
            looks += 1
            await asyncio.sleep(0 if job.has_ended else _SECONDS_BETWEEN_LOOKS)
    except Exception as error:  # the status is sent already: the error becomes the last event
        yield format_sse_event(event="error", data_str=problem_of(error).model_dump_json())
