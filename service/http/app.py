"""The application factory."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request, Response
from starlette.concurrency import run_in_threadpool

from service.assembly import Assembly
from service.http import ask, documents, health, jobs, pages, problems, threads
from service.http.guards import BodyLimit, SameOrigin
from service.settings import ServiceSettings

# Nothing from elsewhere, nothing inline, no frame around the page.
_POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
_GENERATED_DOCS = ("/docs", "/redoc")  # FastAPI's own pages, which load their script from a CDN


def create_app(settings: ServiceSettings) -> FastAPI:
    """An application over the index that the settings name; it may be made later."""
    assembly = Assembly(settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(assembly.warm_up)
        yield

    app = FastAPI(
        title="Footnote",
        summary="Answers over your documents, every sentence footnoted to the exact words.",
        version="0.1.0",
        lifespan=lifespan,
    )
    app.state.assembly = assembly
    app.add_middleware(SameOrigin)
    app.add_middleware(BodyLimit, most_upload=settings.most_upload_megabytes * 1_000_000)
    app.middleware("http")(_secured)
    problems.install(app)
    threads.install(app)
    for part in (ask, documents, jobs, health):
        app.include_router(part.router)
    pages.install(app)
    return app


async def _secured(
    request: Request, following: Callable[[Request], Awaitable[Response]]
) -> Response:
    response = await following(request)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    if not request.url.path.startswith(_GENERATED_DOCS):
        response.headers["Content-Security-Policy"] = _POLICY
    return response
