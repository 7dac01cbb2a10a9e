"""The chat page, the source page, and the files they are made of."""

from importlib.resources import files
from pathlib import Path

from fastapi import APIRouter, FastAPI, Request, Response

from service.http.web_files import WebFiles

WEB = Path(str(files("service"))) / "web"

router = APIRouter(include_in_schema=False)
_web = WebFiles(directory=WEB)


@router.head("/")
@router.get("/")
async def chat_page(request: Request) -> Response:
    return await _web.get_response("index.html", request.scope)


@router.head("/documents/{document_id}")
@router.get("/documents/{document_id}")
async def source_page(request: Request, document_id: str) -> Response:
    """The page reads its own address: `?start=..&end=..` is the span to mark."""
    return await _web.get_response("source.html", request.scope)


def install(app: FastAPI) -> None:
    app.include_router(router)
    app.mount("/static", _web, name="static")
