"""What endpoints are handed: the parts of the running service, from the application's state."""

from typing import Annotated

from fastapi import Depends, Request

from ingest.index import Index
from service.answering.answerer import Answerer
from service.assembly import Assembly


def _assembly(request: Request) -> Assembly:
    assembly: Assembly = request.app.state.assembly
    return assembly


def _answerer(assembly: Annotated[Assembly, Depends(_assembly)]) -> Answerer:
    return assembly.answerer()


def _index(assembly: Annotated[Assembly, Depends(_assembly)]) -> Index:
    return assembly.index()


AssemblyDependency = Annotated[Assembly, Depends(_assembly)]
AnswererDependency = Annotated[Answerer, Depends(_answerer)]
IndexDependency = Annotated[Index, Depends(_index)]
