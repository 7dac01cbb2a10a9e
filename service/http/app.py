"""The application factory."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool

from service.assembly import Assembly
from service.http import ask, documents, guards, health, jobs, pages, problems
from service.http.questions import Questions
from service.settings import ServiceSettings


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
    app.state.questions = Questions(
        settings.concurrent_answers or assembly.concurrent_answers,
        settings.waiting_answers,
        settings.wait_seconds,
    )
    guards.install(app, settings)
    problems.install(app)
    for part in (ask, documents, jobs, health):
        app.include_router(part.router)
    pages.install(app)
    return app
