"""What endpoints are handed: the parts of the running service, from the application's state."""

from typing import Annotated

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from ingest.index import Index
from service.answering.answerer import Answerer
from service.assembly import Assembly
from service.http.questions import Questions


def _assembly(request: Request) -> Assembly:
    assembly: Assembly = request.app.state.assembly
    return assembly


def _questions(request: Request) -> Questions:
    questions: Questions = request.app.state.questions
    return questions


async def answerer_of(assembly: Assembly) -> Answerer:
    """Without a thread once there is one. Raises as `Assembly.answerer` does."""
    opened = assembly.opened
    return await run_in_threadpool(assembly.answerer) if opened is None else opened


async def _answerer(request: Request) -> Answerer:
    return await answerer_of(_assembly(request))


def _index(assembly: Annotated[Assembly, Depends(_assembly)]) -> Index:
    return assembly.index()


AssemblyDependency = Annotated[Assembly, Depends(_assembly)]
AnswererDependency = Annotated[Answerer, Depends(_answerer)]
IndexDependency = Annotated[Index, Depends(_index)]
QuestionsDependency = Annotated[Questions, Depends(_questions)]
