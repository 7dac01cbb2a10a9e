"""Files of cases: JSON Lines, a JSON list, or a YAML list. `eval/suites/README.md` has the format.

A file is read to its end before anything is said, so that a person sees all that is wrong at once.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from eval.cases.case import Case, GoldWords
from eval.cases.problems import Place, problems
from eval.cases.yaml_list import yaml_records, yaml_text
from ingest.errors import FootnoteError

_MOST_SHOWN = 20
_BETWEEN = re.compile(r"[ \t\r\n,]*")  # items of a JSON list


class CaseError(FootnoteError):
    """Cases, or a file to make them from, that cannot be used; each line names a place."""

    @classmethod
    def of(cls, found: Sequence[str]) -> "CaseError":
        """One error of many: the first twenty, then how many more there are."""
        more = len(found) - _MOST_SHOWN
        return cls("\n".join([*found[:_MOST_SHOWN], *([f"... and {more} more"] * (more > 0))]))


@dataclass(frozen=True, slots=True)
class Record:
    """An object of a file with its line, from 1, and what tells the line of a place inside it."""

    data: Any
    line: int
    line_of: Callable[[Place], int] | None = None


def load_cases(path: Path) -> list[Case]:
    """All cases of a file. Raises CaseError with every problem in it, each with its line."""
    return [case for _, case in load_placed_cases(path)]


def load_placed_cases(path: Path) -> list[tuple[int, Case]]:
    """The same, each case with the line that it begins in."""
    records, errors = _records(path)
    cases: list[tuple[int, Case]] = []
    lines: dict[str, int] = {}
    for record in records:
        found, case = _checked(record)
        name = record.data.get("id") if isinstance(record.data, dict) else None
        if isinstance(name, str):
            if name in lines:
                found = [(record.line, f"the id stands twice, first in line {lines[name]}"), *found]
            lines.setdefault(name, record.line)
        shown_name = f"{name}: " if name and isinstance(name, str) else ""
        errors += [(line, shown_name + said) for line, said in found]
        cases += [(record.line, case)] if case else []
    if errors:
        raise CaseError.of([f"{path}:{line}: {said}" for line, said in sorted(errors)])
    if not cases:
        raise CaseError(f"{path} holds no cases")
    return cases


def save_cases(cases: Iterable[Case], path: Path) -> None:
    """Write cases in the short forms; .jsonl, .json, .yaml or .yml decides the format.

    Raises CaseError for another suffix and when the file cannot be written.
    """
    records = [written_shortly(case) for case in cases]
    suffix = path.suffix.lower()
    if suffix == ".jsonl":
        text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    elif suffix == ".json":
        text = json.dumps(records, ensure_ascii=False, indent=2) + "\n"
    elif suffix in (".yaml", ".yml"):
        text = yaml_text(records)
    else:
        raise CaseError(f"{path}: cases are written to .jsonl, .json, .yaml or .yml")
    try:
        path.write_text(text, "utf-8", newline="\n")
    except OSError as error:
        raise CaseError(f"{path} cannot be written: {error.strerror}") from None


def written_shortly(case: Case) -> dict[str, Any]:
    """A case as files have it: without what says nothing, lists of one, `document` repeated."""
    documents = {one.document for group in case.gold for one in group}
    common = documents.pop() if len(documents) == 1 else None
    record: dict[str, Any] = {"id": case.id, "question": case.question}
    fields = {
        "history": [{"role": turn.role, "content": turn.content} for turn in case.history],
        "document": common,
        "gold": [_one_or_list([_gold(one, common) for one in group]) for group in case.gold],
        "facts": [_one_or_list(list(group)) for group in case.facts],
        "forbidden": list(case.forbidden),
        "speaker": None if case.speaker is None else _one_or_list(list(case.speaker)),
        "abstain": case.abstain if case.abstain != "never" else None,
        "within": list(case.within),
        "tags": list(case.tags),
        "note": case.note,
    }
    # An empty list of speakers says something: the document itself makes the claim.
    given = {n: value for n, value in fields.items() if value or (n, value) == ("speaker", [])}
    return record | given


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, without a byte order mark. Raises CaseError when there is none."""
    try:
        data = path.read_bytes()
    except IsADirectoryError:
        raise CaseError(f"{path} is a folder: name a file") from None
    except OSError as error:
        raise CaseError(f"{path} cannot be read: {error.strerror}") from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CaseError(f"{path}:{line}: not UTF-8: save the file as UTF-8") from None


def json_lines(text: str) -> Iterator[tuple[int, Any]]:
    """Line number, from 1, and value of each line that is not blank; a string for what is wrong
    with the line comes as a ValueError in place of the value."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, _parsed(line)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_distinct)
    except json.JSONDecodeError as error:
        return ValueError(f"not valid JSON: {error.msg} at column {error.colno}")
    except RecursionError:
        return ValueError("not valid JSON: nested too deep")
    except ValueError as error:
        return ValueError(f"not valid JSON: {error}")


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, value in pairs:
        if name in made:
            raise ValueError(f"the field {name!r} stands twice")
        made[name] = value
    return made


def _records(path: Path) -> tuple[list[Record], list[tuple[int, str]]]:
    """The objects of a file, and what is wrong with its lines as such."""
    suffix = path.suffix.lower()
    text = read_text(path)
    if suffix == ".jsonl":
        lines = list(json_lines(text))
    elif suffix == ".json":
        lines = list(_json_list(text))
    elif suffix in (".yaml", ".yml"):
        found = yaml_records(text)
        return [Record(*one) for one in found.records], found.errors
    else:
        raise CaseError(f"{path}: cases are read from .jsonl, .json, .yaml and .yml")
    wrong = [(line, str(value)) for line, value in lines if isinstance(value, ValueError)]
    right = [(line, value) for line, value in lines if not isinstance(value, ValueError)]
    return [Record(value, line) for line, value in right], wrong


def _json_list(text: str) -> Iterator[tuple[int, Any]]:
    """The items of a JSON list with their lines, as `json_lines` has them."""
    try:
        whole = json.loads(text) if text.strip() else []
    except json.JSONDecodeError as error:
        yield error.lineno, ValueError(f"not valid JSON: {error.msg} at column {error.colno}")
        return
    except (RecursionError, ValueError) as error:
        yield 1, ValueError(f"not valid JSON: {error}")
        return
    if not isinstance(whole, list):
        yield 1, ValueError("not a list of cases: a .json file is one list, [{...}, {...}]")
        return
    decoder = json.JSONDecoder()
    line, counted, at = 1, 0, text.find("[") + 1
    for _ in whole:
        gap = _BETWEEN.match(text, at)
        assert gap is not None
        at = gap.end()
        line, counted = line + text.count("\n", counted, at), at
        _, end = decoder.raw_decode(text, at)
        yield line, _parsed(text[at:end])
        at = end


def _checked(record: Record) -> tuple[list[tuple[int, str]], Case | None]:
    if not isinstance(record.data, dict):
        return [(record.line, "a case is an object with fields, {...}")], None
    given = {name: value for name, value in record.data.items() if value is not None}
    try:
        return [], Case.model_validate(given)
    except ValidationError as error:
        line_of = record.line_of or (lambda place: record.line)
        return [(line_of(place), said) for place, said in problems(error)], None


def _gold(one: GoldWords, common: str | None) -> str | dict[str, Any]:
    if one.start is None and common is not None:
        return one.words
    record = one.model_dump(exclude_none=True)
    return {name: value for name, value in record.items() if name != "document" or not common}


def _one_or_list(group: list[Any]) -> Any:
    return group[0] if len(group) == 1 else group
