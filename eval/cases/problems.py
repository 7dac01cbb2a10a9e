"""What is wrong with a record of a file, in words for the person who wrote the file."""

import difflib
from collections.abc import Collection, Iterator
from typing import Any

from pydantic import BaseModel, ValidationError

from eval.cases.case import Case, GoldWords

_MOST_SHOWN = 60  # characters of a value
_NO_SUCH_FIELD = frozenset({"extra_forbidden", "unexpected_keyword_argument"})
_CASE_FIELDS = ("document", *Case.model_fields)
_TURN_FIELDS = ("role", "content")

Place = tuple[int | str, ...]


def problems(error: ValidationError) -> Iterator[tuple[Place, str]]:
    """What pydantic found, each with the place in the record and a message that names it."""
    for found in error.errors():
        place = found["loc"]
        if found["type"] in _NO_SUCH_FIELD:
            yield place, unknown_field(place)
        else:
            said = _said(found["type"], found["msg"], found["input"])
            yield place, f"{dotted(place)}: {said}" if place else said


def dotted(place: Place) -> str:
    return ".".join(str(part) for part in place)


def unknown_field(place: Place) -> str:
    within, name = place[:-1], str(place[-1])
    known = _CASE_FIELDS
    if within[:1] == ("history",):
        known = _TURN_FIELDS
    elif within:
        known = tuple(GoldWords.model_fields)
    return f"unknown field {dotted(place)!r}: {nearest_name(name, known)}"


def nearest_name(name: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(name, known, 1)
    return f"did you mean {near[0]!r}?" if near else f"the fields are {', '.join(known)}"


def shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _MOST_SHOWN else text[: _MOST_SHOWN - 1] + "…"


def _said(kind: str, message: str, value: Any) -> str:
    if kind == "missing":
        return "is missing"
    if kind in ("string_too_short", "string_pattern_mismatch"):
        return "is empty"
    if kind == "value_error":
        return message.removeprefix("Value error, ")
    value = "an object" if isinstance(value, dict | BaseModel) else shown(value)
    said = message.replace("Input should", "should").replace("valid tuple", "list")
    hint = "; put it in quotes" if kind == "string_type" and value.isdigit() else ""
    return f"{said}, not {value}{hint}"
