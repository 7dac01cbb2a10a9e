"""JSON: an article with a text field, or a list of records, one below the other.

Which field is the text is told by its usual names, or else by how much prose is in it.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

from ingest.errors import UnreadableFile
from ingest.readers.plain import plain_blocks
from ingest.readers.rough import RoughBlock, RoughDocument
from ingest.readers.table import table_blocks
from ingest.readers.text import decode, normalise

_TEXT_NAMES = (
    *("text", "fulltext", "full_text", "content", "body", "article", "articlebody", "article_body"),
    *("story", "transcript", "message", "description", "abstract", "summary"),
)
_TITLE_NAMES = ("title", "headline", "subject", "name")
_KNOWN = {"author", "date", "url", "site"}  # metadata that other formats have by these names
_PROSE = 6  # words a string, on average: fewer are names, places, codes
_LONG = 500  # characters from which a value is a text of its own
_LONG_NAME = 200
_MOST_METADATA = 50  # fields; an object with more is a table
# In JSON these may stand inside strings, but a line of plain text ends at them.
_LINE_ENDS = {char.encode(): b"\\u%04x" % ord(char) for char in "\u2028\u2029\x85"}

Record = dict[str, Any]


class _Number(str):
    """A number as it is written: 1.50 stays 1.50."""

    __slots__ = ()


def read_json(data: bytes) -> RoughDocument:
    """An object becomes an article; a list of objects, or an object around one, becomes records.

    Anything else becomes its strings and "name: value" rows. Raises UnreadableFile for what is
    not JSON, naming line and column.
    """
    return _document(_load(_text(data)))


def read_jsonl(data: bytes) -> RoughDocument:
    """One JSON value a line, read like a list. Raises UnreadableFile naming the line at fault."""
    lines = enumerate(_text(data).split("\n"), start=1)
    return _document([_load(line, number) for number, line in lines if line.strip()])


def _text(data: bytes) -> str:
    with suppress(UnicodeDecodeError):
        data.decode()  # in other encodings these bytes are something else
        for mark, escape in _LINE_ENDS.items():
            data = data.replace(mark, escape)
    return decode(data)


def _load(text: str, line: int = 0) -> Any:
    try:
        return json.loads(
            text, strict=False, parse_float=_Number, parse_int=_Number, parse_constant=_Number
        )
    except json.JSONDecodeError as error:
        place = f"line {line or error.lineno}, column {error.colno}"
        raise UnreadableFile(f"damaged: not JSON at {place}: {error.msg}") from None
    except RecursionError:
        raise UnreadableFile(f"nested too deeply{f' in line {line}' if line else ''}") from None


def _document(value: Any) -> RoughDocument:
    while isinstance(value, dict) and [type(part) for part in value.values()] == [dict]:
        (value,) = value.values()  # {"article": {...}}
    if not isinstance(value, dict):
        blocks = _records(value) if _are_records(value) else _readable(value)
        return RoughDocument(tuple(blocks), marked_up=True)
    lists = [name for name, part in value.items() if _are_records(part)]
    for name in lists:  # {"data": [{...}, {...}]}
        is_most = _size(value[name]) > _size(value) / 2
        if is_most or (len(lists) == 1 and not _text_field([value])):
            around = _article({key: value[key] for key in value if key != name}, is_all=False)
            return replace(around, blocks=(*around.blocks, *_records(value[name])))
    return _article(value, is_all=True)


def _article(record: Record, is_all: bool) -> RoughDocument:
    """One object. Where there is no text, neither in it nor beside it, its fields are the text."""
    text, title, rest = _parts(record, _text_field([record]))
    fields, blocks = _fields(rest)
    blocks = [*plain_blocks(text), *blocks]
    metadata = {}
    if (blocks or not is_all) and len(fields) <= _MOST_METADATA:
        metadata = {n.lower() if n.lower() in _KNOWN else n: value for n, value in fields}
    else:
        blocks = _together([*blocks, *(block for field in fields for block in _row([field]))])
    return RoughDocument(tuple(blocks), title or None, marked_up=True, metadata=metadata)


def _records(records: list[Record]) -> list[RoughBlock]:
    text_field = _text_field(records)
    blocks: list[RoughBlock] = []
    for record in records:
        text, title, rest = _parts(record, text_field) if text_field else ("", "", record)
        fields, long = _fields(rest)
        if title:
            blocks.append(RoughBlock("heading", title, level=2))
        blocks += [*plain_blocks(text), *long, *_row(fields)]
    return _together(blocks)


def _readable(value: Any) -> list[RoughBlock]:
    """Strings as paragraphs, lists of values as rows of cells, all else as "name: value"."""
    blocks: list[RoughBlock] = []
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, list) and not any(isinstance(part, dict | list) for part in item):
            blocks += table_blocks([[_shown(part) for part in item]])
        elif isinstance(item, dict | list):
            fields, long = _fields(item)
            blocks += [*long, *_row(fields)]
        else:
            blocks += plain_blocks(_shown(item))
    return _together(blocks)


def _are_records(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def _text_field(records: list[Record]) -> str | None:
    """The name, in lower case, of the field that has the text."""
    length: Counter[str] = Counter()
    words: Counter[str] = Counter()  # above those that prose needs
    for record in records:
        for name, value in record.items():
            if text := _string(value):
                strings = len(value) if isinstance(value, list) else 1
                length[name.casefold()] += len(text)
                words[name.casefold()] += len(text.split()) - _PROSE * strings
    named = next((name for name in _TEXT_NAMES if name in length), None)
    longest = max(length, key=length.__getitem__, default=None)
    return named or (longest if longest and words[longest] >= 0 else None)


def _parts(record: Record, text_field: str | None) -> tuple[str, str, Record]:
    """Text, title, and the fields that are neither."""
    by_name = {name.casefold(): name for name, value in record.items() if _string(value)}
    text = by_name.pop(text_field, None) if text_field else None
    title = next((by_name[name] for name in _TITLE_NAMES if name in by_name), None)
    rest = {name: value for name, value in record.items() if name not in (text, title)}
    heading = " ".join(_string(record[title]).split()) if title is not None else ""
    return _string(record[text]) if text is not None else "", heading, rest


def _fields(value: Any) -> tuple[list[tuple[str, str]], list[RoughBlock]]:
    """Names and values, and the long ones as paragraphs."""
    leaves = list(_leaves(value))
    long = [block for _, text in leaves if len(text) > _LONG for block in plain_blocks(text)]
    return [(name, text) for name, text in leaves if len(text) <= _LONG], long


def _leaves(value: Any) -> Iterator[tuple[str, str]]:
    """Values by their paths, "a.b"; a list of plain values is one: "x, y". Not what is empty."""
    todo = [("", value)]
    while todo:
        path, item = todo.pop()
        if isinstance(item, list) and any(isinstance(part, dict | list) for part in item):
            item = {str(number): part for number, part in enumerate(item, start=1)}
        if isinstance(item, dict):
            inner = [(f"{path}.{name}" if path else name, part) for name, part in item.items()]
            todo += [(normalise(name)[-_LONG_NAME:], part) for name, part in reversed(inner)]
        else:
            parts = [_shown(part) for part in (item if isinstance(item, list) else [item])]
            if shown := ", ".join(filter(None, parts)):
                yield path, shown


def _size(value: Any) -> int:
    return sum(len(text) for _, text in _leaves(value))


def _row(fields: list[tuple[str, str]]) -> list[RoughBlock]:
    return table_blocks([[text for _, text in fields]], [name for name, _ in fields])


def _together(blocks: Iterable[RoughBlock]) -> list[RoughBlock]:
    """Rows below rows, as in one table."""
    joined: list[RoughBlock] = []
    for block in blocks:
        is_next = bool(joined) and joined[-1].kind == block.kind == "table"
        joined.append(replace(block, gap="\n") if is_next else block)
    return joined


def _string(value: Any) -> str:
    """The text of a string, or of a list of them, its paragraphs; of anything else, nothing."""
    strings = value if isinstance(value, list) else [value]
    if any(not isinstance(item, str) or isinstance(item, _Number) for item in strings):
        return ""
    return normalise("\n\n".join(strings)).strip()


def _shown(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return {True: "true", False: "false", None: ""}[value]
    return normalise(value).strip()
