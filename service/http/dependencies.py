"""What endpoints are handed: the parts of the running service, from the application's state."""

from typing import Annotated

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from ingest.index import Index
from service.answering.answerer import Answerer
from service.assembly import Assembly
from service.http.document_names import DocumentNames
from service.http.document_texts import DocumentTexts
from service.http.questions import Questions


def _assembly(request: Request) -> Assembly:
    assembly: Assembly = request.app.state.assembly
    return assembly


def _questions(request: Request) -> Questions:
    questions: Questions = request.app.state.questions
    return questions


def _document_names(request: Request) -> DocumentNames:
    names: DocumentNames = request.app.state.document_names
    return names


def _document_texts(request: Request) -> DocumentTexts:
    texts: DocumentTexts = request.app.state.document_texts
    return texts


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
DocumentNamesDependency = Annotated[DocumentNames, Depends(_document_names)]
DocumentTextsDependency = Annotated[DocumentTexts, Depends(_document_texts)]
IndexDependency = Annotated[Index, Depends(_index)]
QuestionsDependency = Annotated[Questions, Depends(_questions)]
