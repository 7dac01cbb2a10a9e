"""Questions kept in a spreadsheet: a CSV or TSV file with a header row, as cases.

`eval/suites/README.md` lists the columns. Encoding and delimiter are told from the file.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from eval.cases.case import Case
from eval.cases.files import CaseError
from eval.cases.gold import alike, no_document, not_there
from eval.cases.problems import nearest_name, problems, shown
from eval.targets.library import Library
from ingest.errors import UnreadableFile
from ingest.readers.text import decode

COLUMNS = (
    "id",
    "question",
    "answer",
    "document",
    "gold",
    "facts",
    "forbidden",
    "speaker",
    "abstain",
    "tags",
)
_OTHER_NAMES = {"quote": "gold", "evidence": "gold"}
_DELIMITERS = ",;\t|"
_ABSTAIN = {"": "never", "yes": "must", "true": "must", "no": "never", "false": "never"}
_NOBODY = "-"  # an empty cell says nothing about who makes the claim
_MOST_PLACES = 5  # an answer that stands more often is too common a word to be cited


class _RowError(Exception):
    """A row that cannot become a case."""


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of a row by column, without surrounding white space; `line` counts from 1."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def several(self, column: str, separators: str = "|;") -> list[str]:
        parts = re.split(f"[{re.escape(separators)}]", self[column])
        return [part.strip() for part in parts if part.strip()]


def csv_cases(path: Path, library: Library) -> tuple[list[Case], list[str]]:
    """The cases, and notes on what a person should look at, each with its line.

    Raises CaseError with the problems of all rows: a document that is not there, gold words that
    do not stand in it, an id that stands twice.
    """
    table = _Table(path)
    reading = _Reading(path.stem, library, table.notes)
    for row in table.rows():
        reading.read(row)
    errors = sorted([*table.errors, *reading.errors])
    if errors:
        raise CaseError.of([f"{path}:{line}: {said}" for line, said in errors])
    return reading.cases, [f"line {line}: {said}" for line, said in sorted(table.notes)]


class _Table:
    """A file's rows below its header. Raises CaseError for a file that is no such table."""

    def __init__(self, path: Path) -> None:
        self.errors: list[tuple[int, str]] = []
        self.notes: list[tuple[int, str]] = []
        self._path = path
        self._text = _read(path)
        opening = self._text.lstrip("\n").split("\n", 1)[0]
        self._delimiter = max(_DELIMITERS, key=lambda delimiter: _columns_in(opening, delimiter))

    def rows(self) -> Iterator[_Row]:
        lines = self._lines()
        line, header = next(lines, (1, []))
        names = self._names(line, header)
        for line, cells in lines:
            if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
                said = f"{len(cells)} cells under {len(names)} columns: put cells that have "
                self.errors.append((line, f"{said}{self._delimiter!r} in them in double quotes"))
                continue
            named = zip(names, cells, strict=False)
            yield _Row(line, {name: cell.strip() for name, cell in named})

    def _lines(self) -> Iterator[tuple[int, list[str]]]:
        """Rows that are not blank, with the line they begin in."""
        reader = csv.reader(io.StringIO(self._text, newline=""), delimiter=self._delimiter)
        line = 1
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield line, cells
                line = reader.line_num + 1
        except csv.Error as error:
            self.errors.append((line, f"not in the form of a CSV file: {error}"))

    def _names(self, line: int, header: list[str]) -> list[str]:
        names = [_column(cell) for cell in header]
        if "question" not in names:
            said = f"no column 'question' in the header row: {shown(header)}"
            raise CaseError(f"{self._path}:{line}: {said}")
        for name in {name for name in names if name in COLUMNS and names.count(name) > 1}:
            raise CaseError(f"{self._path}:{line}: two columns for {name!r}")
        for name in names:
            if name and name not in COLUMNS:
                said = f"the column {name!r} is passed over: {nearest_name(name, COLUMNS)}"
                self.notes.append((line, said))
        return names


@dataclass(frozen=True, slots=True)
class _Reading:
    """Rows made into cases, with what was found wrong and what a person should know."""

    name: str
    library: Library
    notes: list[tuple[int, str]]
    cases: list[Case] = field(default_factory=list)
    errors: list[tuple[int, str]] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
    """Where each id stands."""

    def read(self, row: _Row) -> None:
        try:
            record = self._record(row)
            if record is None:
                return
            case = Case.model_validate(record)
        except _RowError as error:
            self.errors.append((row.line, str(error)))
        except ValidationError as error:
            self.errors.extend((row.line, said) for _, said in problems(error))
        else:
            if case.id in self.lines:
                said = f"the id {case.id!r} stands twice, first in line {self.lines[case.id]}"
                self.errors.append((row.line, said))
            self.lines.setdefault(case.id, row.line)
            self.cases.append(case)

    def _record(self, row: _Row) -> dict[str, Any] | None:
        """The fields of a row's case; None where there is nothing to check."""
        abstain = row["abstain"].casefold()
        record: dict[str, Any] = {
            "id": row["id"] or f"{self.name}-{row.line}",
            "question": row["question"],
            "gold": [self._gold(words, row["document"]) for words in row.several("gold", "|")],
            "facts": row.several("facts"),
            "forbidden": row.several("forbidden"),
            "speaker": [] if row["speaker"] == _NOBODY else row.several("speaker") or None,
            "abstain": _ABSTAIN.get(abstain, abstain),
            "tags": row.several("tags"),
        }
        if row["answer"]:
            self._add_answer(row, record)
        if not any(record[name] for name in ("gold", "facts", "forbidden")) and (
            record["abstain"] != "must"
        ):
            self.notes.append((row.line, "only a question, nothing to check: it was passed over"))
            return None
        return record

    def _add_answer(self, row: _Row, record: dict[str, Any]) -> None:
        answer = row["answer"]
        if record["gold"]:
            record["note"] = f"Answer: {answer}"
            return
        found = {
            source: spans
            for source in self._sources(row["document"])
            if (spans := list(alike(answer, self._text(source))))
        }
        places = [(source, *span) for source, spans in found.items() for span in spans]
        if len(found) == 1 and len(places) <= _MOST_PLACES:
            record["gold"] = [[self._words(*place) for place in places]]
            return
        record["facts"] = [*record["facts"], answer]
        where = "no document"
        if found:
            where = f"{len(places)} places of {len(found)} document{'s' * (len(found) > 1)}"
        said = f"the answer {shown(answer)} stands in {where}; it became a required fact"
        self.notes.append((row.line, said))

    def _gold(self, words: str, document: str) -> list[dict[str, Any]]:
        """The words as the document has them: a spreadsheet changes quotes and white space."""
        for source in self._sources(document):
            text = self._text(source)
            if words in text:
                return [{"document": source, "words": words}]
            spans = list(alike(words, text))
            if spans:
                distinct = dict.fromkeys(text[start:end] for start, end in spans)
                return [{"document": source, "words": one} for one in distinct]
        if document:
            raise _RowError(not_there(words, document, self._text(document)))
        raise _RowError(f"the words {words!r} stand in no document")

    def _words(self, source: str, start: int, end: int) -> dict[str, Any]:
        return {"document": source, "words": self._text(source)[start:end], "start": start}

    def _sources(self, document: str) -> list[str]:
        if not document:
            return self.library.sources()
        if self.library.find(document) is None:
            raise _RowError(no_document(document, self.library))
        return [document]

    def _text(self, source: str) -> str:
        document = self.library.find(source)
        return self.library.text(document) if document else ""


def _read(path: Path) -> str:
    try:
        return decode(path.read_bytes())
    except IsADirectoryError:
        raise CaseError(f"{path} is a folder: name a file") from None
    except OSError as error:
        raise CaseError(f"{path} cannot be read: {error.strerror}") from None
    except UnreadableFile as error:
        raise CaseError(f"{path}: {error}") from None


def _columns_in(opening: str, delimiter: str) -> int:
    """How many known columns a header row has if this is the delimiter."""
    cells = next(csv.reader([opening], delimiter=delimiter), [])
    return sum(_column(cell) in COLUMNS for cell in cells)


def _column(cell: str) -> str:
    name = cell.strip().casefold()
    return _OTHER_NAMES.get(name, name)
