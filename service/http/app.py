"""The application factory."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool

from service.assembly import Assembly
from service.feedback.giving import FeedbackDesk
from service.http import (
    access,
    ask,
    documents,
    feedback,
    guards,
    health,
    interface_page,
    jobs,
    metrics,
    openapi,
    pages,
    problems,
    suggestions,
)
from service.http.document_names import DocumentNames
from service.http.document_texts import DocumentTexts
from service.http.openai import chat_completions, models
from service.http.questions import Questions
from service.http.turns import Turns
from service.http.web_files import CompressedPages
from service.mcp_server import endpoint
from service.observing.observed import observe
from service.serving.stopping import ends_answers
from service.settings import ServiceSettings


def create_app(settings: ServiceSettings) -> FastAPI:
    """An application over the index that the settings name; it may be made later."""
    assembly = Assembly(settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(assembly.warm_up)
        assembly.uploads.start()
        with ends_answers(app.state.questions, settings.shutdown_seconds):
            yield
        await run_in_threadpool(assembly.uploads.stop)
        await run_in_threadpool(app.state.feedback.close)
        await run_in_threadpool(app.state.flush_traces)

    app = FastAPI(
        title="Footnote",
        summary="Answers over your documents, every sentence footnoted to the exact words.",
        description=openapi.DESCRIPTION,
        openapi_tags=openapi.TAGS,
        version="0.1.0",
        lifespan=lifespan,
        docs_url=None,  # interface_page has one that needs nothing from elsewhere
        redoc_url=None,
    )
    app.state.assembly = assembly
    app.state.questions = Questions(
        Turns(
            settings.concurrent_answers or assembly.concurrent_answers,
            settings.waiting_answers,
            settings.wait_seconds,
        )
    )
    app.state.document_names = DocumentNames()
    app.state.document_texts = DocumentTexts()
    app.state.feedback = FeedbackDesk(settings)
    app.state.questions.observers += app.state.feedback.observers
    app.add_middleware(CompressedPages)  # first: what was added last is met first
    guards.install(app, settings)
    observe(app, settings, assembly, app.state.questions)
    problems.install(app)
    for part in (
        *(ask, suggestions, documents, jobs, access, health),
        *(chat_completions, models, feedback, metrics),
    ):
        app.include_router(part.router)
    endpoint.install(app, assembly, app.state.questions)
    interface_page.install(app)
    pages.install(app)
    openapi.install(app, settings)
    return app
