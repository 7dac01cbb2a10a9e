"""`GET /healthz` (the process is alive) and `GET /readyz` (it can answer)."""

from fastapi import APIRouter

from service.http.dependencies import AnswererDependency
from service.http.schemas import Problem

router = APIRouter()


@router.get("/healthz")
async def alive() -> dict[str, str]:
    """Without a thread, so that it is told however busy the service is."""
    return {"status": "alive"}


@router.get("/readyz", responses={503: {"model": Problem}})
def ready(answerer: AnswererDependency) -> dict[str, str | int]:
    """503 with the reason while there is no index, or it cannot be read."""
    return {
        "status": "ready",
        "model": answerer.model,
        "documents": answerer.retriever.index.document_count(),
    }
