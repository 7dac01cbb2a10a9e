"""`GET /v1/jobs/{job_id}`: how an ingest of uploaded files goes, once or as it changes."""

import asyncio
from collections.abc import AsyncIterator

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response
from fastapi.sse import format_sse_event

from service.http.dependencies import AssemblyDependency
from service.http.event_stream import event_stream
from service.http.problems import problem_of
from service.http.schemas import JobOut, Problem
from service.uploading.jobs import Job, Jobs

_SECONDS_BETWEEN_LOOKS = 0.1
_LOOKS_PER_SIGN = 50  # after which a job is told again, so that the connection lives

router = APIRouter(prefix="/v1/jobs")

_STREAM = {
    "description": "The job; with `stream`, an event `progress` whenever it changes, then `done`.",
    "content": {"text/event-stream": {"schema": {"type": "string"}}},
}


@router.get("/{job_id}", response_model=JobOut, responses={200: _STREAM, 404: {"model": Problem}})
def job(job_id: str, assembly: AssemblyDependency, stream: bool = False) -> Response:
    """An ingest job: `state` is `queued`, `running`, `done` or `failed`."""
    jobs = assembly.uploads.jobs
    found = jobs.get(job_id)
    if stream:
        return event_stream(_server_sent(jobs, job_id))
    return JSONResponse(JobOut.of(found).model_dump())


async def _server_sent(jobs: Jobs, job_id: str) -> AsyncIterator[bytes]:
    """Looks now and then: a thread for each watcher would leave none for questions."""
    told: Job | None = None
    looks = 0
    try:
        while told is None or not told.has_ended:
            job = jobs.get(job_id)
            if job is not told or looks % _LOOKS_PER_SIGN == 0:
                told = job
                name = "done" if job.has_ended else "progress"
                yield format_sse_event(event=name, data_str=JobOut.of(job).model_dump_json())
            looks += 1
            await asyncio.sleep(0 if job.has_ended else _SECONDS_BETWEEN_LOOKS)
    except Exception as error:  # the status is sent already: the error becomes the last event
        yield format_sse_event(event="error", data_str=problem_of(error).model_dump_json())
