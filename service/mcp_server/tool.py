"""What a tool is, and what tools work with."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from service.assembly import Assembly
from service.http.questions import Questions


@dataclass(frozen=True, slots=True)
class Parts:
    """Those of the running service that tools use."""

    assembly: Assembly
    questions: Questions


@dataclass(frozen=True, slots=True)
class Output:
    """What a tool gives: for programs, and the same to be read."""

    result: BaseModel
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToolKind:
    """A tool that only reads."""

    name: str
    title: str
    description: str
    arguments: type[BaseModel]
    result: type[BaseModel]
    run: Callable[[Parts, Any], Awaitable[Output]]
    """Given the arguments, validated. What it raises is told as an error of the tool."""
