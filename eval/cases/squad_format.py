"""What a SQuAD-format file holds, as far as it is used, and what is wrong with one that is not."""

import re
from collections.abc import Iterator
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class Answer(_Part):
    text: Line
    answer_start: Annotated[int, Field(ge=0)]
    """Offset in code points of the paragraph's context."""


class Question(_Part):
    question: Line
    id: str | int | None = None
    answers: tuple[Answer, ...] = ()
    is_impossible: bool = False


class Paragraph(_Part):
    context: str
    qas: tuple[Question, ...]


class Article(_Part):
    title: str
    paragraphs: tuple[Paragraph, ...]


class File(_Part):
    data: tuple[Article, ...]


def complaints(error: ValidationError) -> Iterator[str]:
    """Each problem of a file that is no valid `File`, with its place: data[3].paragraphs[0]."""
    for found in error.errors():
        place = "".join(
            f"[{part}]" if isinstance(part, int) else f".{part}" for part in found["loc"]
        )
        kind, said = found["type"], found["msg"].replace("Input should", "should")
        if kind == "json_invalid":
            yield _no_json(found["msg"])
        elif place in ("", ".data"):
            yield 'not in SQuAD format: that is a JSON object with a list "data" of articles'
        else:
            yield f"{place[1:]}: {'is missing' if kind == 'missing' else said}"


def _no_json(message: str) -> str:
    line = re.search(r"at line (\d+)", message)
    where = f"line {line[1]}: " if line else ""
    if "EOF" in message:
        return f"{where}not valid JSON: it breaks off, as after an incomplete download"
    return f"{where}not valid JSON: {message.removeprefix('Invalid JSON: ')}"
