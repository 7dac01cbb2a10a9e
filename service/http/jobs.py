"""`GET /v1/jobs/{job_id}`: how an ingest of uploaded files goes, once or as it changes."""

from collections.abc import Iterator

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response, StreamingResponse
from fastapi.sse import format_sse_event

from service.http.dependencies import AssemblyDependency
from service.http.problems import problem_of
from service.http.schemas import JobOut, Problem
from service.uploading.jobs import Jobs

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
        headers = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
        return StreamingResponse(
            _server_sent(assembly.uploads.jobs, job_id),
            media_type="text/event-stream",
            headers=headers,
        )
    return JSONResponse(JobOut.of(found).model_dump())


def _server_sent(jobs: Jobs, job_id: str) -> Iterator[bytes]:
    try:
        for job in jobs.watch(job_id):
            name = "done" if job.has_ended else "progress"
            yield format_sse_event(event=name, data_str=JobOut.of(job).model_dump_json())
    except Exception as error:  # the status is sent already: the error becomes the last event
        yield format_sse_event(event="error", data_str=problem_of(error).model_dump_json())
