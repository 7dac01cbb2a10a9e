"""`/docs`: the HTTP interface, to be read and tried in a browser, offline."""

from fastapi import APIRouter, FastAPI
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles

from service.http.guards.headers import POLICY
from service.http.pages import WEB

# Swagger UI's style sheet draws its icons by data: addresses; of images alone that is harmless.
_POLICY = f"{POLICY}; img-src 'self' data:"

router = APIRouter(include_in_schema=False)


@router.head("/docs")
@router.get("/docs")
def interface_page() -> FileResponse:
    return FileResponse(WEB / "docs.html", headers={"Content-Security-Policy": _POLICY})


def install(app: FastAPI) -> None:
    """Before the other static files, which have the same beginning."""
    app.include_router(router)
    files = StaticFiles(packages=[("fastapi_swagger", "resources")])
    app.mount("/static/swagger", files, name="swagger")
