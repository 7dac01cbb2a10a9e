"""`GET /v1/models`: there is one."""

import time
from typing import Literal

from fastapi import APIRouter
from starlette.exceptions import HTTPException

from service.http.dependencies import AnswererDependency
from service.http.openai.errors import TAG, problems
from service.http.schemas import Described

_STARTED = int(time.time())

router = APIRouter(prefix="/v1/models", tags=[TAG], responses=problems(503))


class ModelOut(Described):
    id: str
    object: Literal["model"]
    created: int
    """When the service started, in seconds since 1970."""
    owned_by: Literal["footnote"]

    @classmethod
    def named(cls, name: str) -> "ModelOut":
        return cls(id=name, object="model", created=_STARTED, owned_by="footnote")


class ModelsOut(Described):
    object: Literal["list"]
    data: list[ModelOut]


@router.get("", summary="List models")
async def models(answerer: AnswererDependency) -> ModelsOut:
    """What makes the answers, as the only model of a list."""
    return ModelsOut(object="list", data=[ModelOut.named(answerer.model)])


@router.get("/{model_id:path}", summary="Describe a model", responses=problems(404))
async def model(model_id: str, answerer: AnswererDependency) -> ModelOut:
    """The model, by its name."""
    if model_id != answerer.model:
        raise HTTPException(404, f"there is no such model here: the only one is {answerer.model}")
    return ModelOut.named(answerer.model)
