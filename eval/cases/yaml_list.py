"""A YAML list of objects, with the line of everything in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import yaml

from eval.cases.problems import Place

_MERGE = "tag:yaml.org,2002:merge"
_ODD_BREAKS = frozenset("\x85\u2028\u2029")
_KEPT = ("tag:yaml.org,2002:null", _MERGE)


class _Loader(yaml.SafeLoader):
    """Takes plain words for text, as whoever writes a case means them: `no`, `1947`, 2023-01-01."""

    yaml_implicit_resolvers = {  # noqa: RUF012 (PyYAML's name and type)
        first: [(tag, pattern) for tag, pattern in resolvers if tag in _KEPT]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


_Record = tuple[Any, int, Callable[[Place], int]]


@dataclass(frozen=True, slots=True)
class YamlRecords:
    """The objects, each with its line and what tells the line of a place in it; and the problems
    of the file, with their lines. Lines count from 1."""

    records: list[_Record]
    errors: list[tuple[int, str]]


class _Dumper(yaml.SafeDumper):
    """Quotes what PyYAML would take for line breaks when it reads it back."""


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    style = '"' if _ODD_BREAKS.intersection(text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style)


_Dumper.add_representer(str, _text)


def yaml_text(records: list[dict[str, Any]]) -> str:
    return yaml.dump(records, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)


def yaml_records(text: str) -> YamlRecords:
    try:
        root = yaml.compose(text, _Loader)
        if root is None:
            return YamlRecords([], [])
        if not isinstance(root, yaml.SequenceNode):
            said = "not a list of cases: each begins with '- id: ...'"
            return YamlRecords([], [(_line(root), said)])
        errors = [error for node in root.value for error in _repeated(node)]
        made = [_record(node) for node in root.value]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = f"not valid YAML: {error.problem or error.context}"
        return YamlRecords([], [(mark.line + 1 if mark else 1, said)])
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        return YamlRecords([], [(line, f"not valid YAML: {error.reason}")])
    except RecursionError:
        return YamlRecords([], [(1, "not valid YAML: nested too deep")])
    except ValueError as error:  # from a tag such as `!!int` on words
        return YamlRecords([], [(1, f"not valid YAML: {error}")])
    return YamlRecords(made, errors)


def _record(node: yaml.Node) -> _Record:
    return _built(node), _line(node), partial(_line_of, node)


def _built(node: yaml.Node) -> Any:
    loader = _Loader("")
    try:
        return loader.construct_document(node)
    finally:
        loader.dispose()


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _line_of(node: yaml.Node, place: Place) -> int:
    """The line of the innermost part of `place` that stands in the file: short forms leave out
    lists."""
    for part in place:
        inner = _inside(node, part)
        if inner is None:
            break
        node = inner
    return _line(node)


def _inside(node: yaml.Node, part: int | str) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == part), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        inner: yaml.Node = node.value[part]
        return inner
    return None


def _repeated(node: yaml.Node) -> Iterator[tuple[int, str]]:
    """The fields of a case that stand twice: YAML itself would take the last."""
    seen: set[str] = set()
    for key, _ in node.value if isinstance(node, yaml.MappingNode) else ():
        if isinstance(key, yaml.ScalarNode) and key.tag != _MERGE:
            if key.value in seen:
                yield _line(key), f"the field {key.value!r} stands twice"
            seen.add(key.value)
