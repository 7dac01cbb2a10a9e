"""Markdown (CommonMark and tables) by markdown-it-py: the words, without the marks."""

import re
from collections.abc import Iterator

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.documents import BlockKind
from ingest.readers.rough import RoughBlock, RoughDocument
from ingest.readers.text import decode

_FRONT_MATTER = re.compile(r"\A---[^\S\n]*\n(.*?\n)(?:---|\.\.\.)[^\S\n]*(?:\n|\Z)", re.DOTALL)
_TITLE_LINE = re.compile(r"^title:[^\S\n]*([^\s\[{].*)$", re.MULTILINE)
_PARSER = MarkdownIt("commonmark", {"html": False, "maxNesting": 100}).enable("table")


def read_markdown(data: bytes) -> RoughDocument:
    text = decode(data)
    title = None
    if front := _FRONT_MATTER.match(text):
        title = _title_of(front.group(1))
        text = text[front.end() :]
    return RoughDocument(tuple(_blocks(_PARSER.parse(text))), title, marked_up=True)


def _title_of(front_matter: str) -> str | None:
    try:
        # BaseLoader makes nothing but strings, lists and dicts: a wrong date is no error.
        fields = yaml.load(front_matter, Loader=yaml.BaseLoader)  # noqa: S506
        title = fields.get("title", "") if isinstance(fields, dict) else ""
    except (yaml.YAMLError, RecursionError):  # people write `title: One: two`, which is no YAML
        line = _TITLE_LINE.search(front_matter)
        title = line.group(1) if line else ""
    return title.strip() or None if isinstance(title, str) else None


def _blocks(tokens: list[Token]) -> Iterator[RoughBlock]:
    kind: BlockKind = "paragraph"
    level = 0
    items = 0
    row: list[str] = []
    rows = 0
    for token in tokens:
        if token.type == "heading_open":
            kind, level = "heading", int(token.tag[1])
        elif token.type == "heading_close":
            kind, level = "paragraph", 0
        elif token.type in ("list_item_open", "list_item_close"):
            items += token.nesting
        elif token.type == "tr_open":
            kind, row = "table", []
        elif token.type == "tr_close":
            yield RoughBlock("table", " | ".join(row).strip(), gap="\n" if rows else "\n\n")
            kind, rows = "paragraph", rows + 1
        elif token.type == "table_close":
            rows = 0
        elif token.type in ("fence", "code_block") and token.content.strip():
            yield RoughBlock("code", token.content.strip("\n"))
        elif token.type == "inline":
            words = _words(token)
            if kind == "table":
                row.append(words)
            elif words:
                yield RoughBlock("list_item" if items else kind, words, level)


def _words(inline: Token) -> str:
    parts = []
    for child in inline.children or []:
        if child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif child.type == "image" or child.type in ("text", "code_inline", "text_special"):
            parts.append(child.content)
    return "".join(parts).strip()
