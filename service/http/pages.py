"""The chat page, the source page, and the files they are made of."""

from importlib.resources import files
from pathlib import Path

from fastapi import APIRouter, FastAPI
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles

WEB = Path(str(files("service"))) / "web"

router = APIRouter(include_in_schema=False)


@router.head("/")
@router.get("/")
def chat_page() -> FileResponse:
    return FileResponse(WEB / "index.html")


@router.head("/documents/{document_id}")
@router.get("/documents/{document_id}")
def source_page(document_id: str) -> FileResponse:
    """The page reads its own address: `?start=..&end=..` is the span to mark."""
    return FileResponse(WEB / "source.html")


def install(app: FastAPI) -> None:
    app.include_router(router)
    app.mount("/static", StaticFiles(directory=WEB), name="static")
