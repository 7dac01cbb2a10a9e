"""`GET /healthz` (the process is alive) and `GET /readyz` (it can answer)."""

from fastapi import APIRouter

from service.http.dependencies import AnswererDependency
from service.http.schemas import Problem

router = APIRouter(tags=["Operation"])


@router.head("/healthz", include_in_schema=False)
@router.get("/healthz", summary="Is it alive?")
async def alive() -> dict[str, str]:
    """The process is alive, however busy it is."""
    # In no thread: there may be none to be had.
    return {"status": "alive"}


@router.head("/readyz", include_in_schema=False)
@router.get("/readyz", summary="Can it answer?", responses={503: {"model": Problem}})
def ready(answerer: AnswererDependency) -> dict[str, str | int]:
    """503 with the reason while there is no index, or it cannot be read."""
    return {
        "status": "ready",
        "model": answerer.model,
        "documents": answerer.retriever.index.document_count(),
    }
