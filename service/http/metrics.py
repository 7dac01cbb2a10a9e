"""`GET /metrics`: for Prometheus."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse

from service.observing.exposition import Exposition

router = APIRouter(tags=["Operation"])
_FORMS = {
    "description": "The metrics, in the form that the `Accept` header prefers.",
    "content": {
        "text/plain": {"schema": {"type": "string"}},
        "application/openmetrics-text": {"schema": {"type": "string"}},
    },
}


@router.get(
    "/metrics",
    summary="Metrics for Prometheus",
    response_class=PlainTextResponse,
    responses={200: _FORMS},
)
async def metrics(request: Request) -> Response:
    """What was counted since the start, in all workers, and the size of the index."""
    exposition: Exposition = request.app.state.exposition
    text, content_type = await exposition.text(request.headers.get("accept", ""))
    return Response(text, headers={"Content-Type": content_type})
