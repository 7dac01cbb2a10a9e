"""Markdown (CommonMark and tables) by markdown-it-py: the words, without the marks."""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.documents import BlockKind
from ingest.readers.rough import RoughBlock, RoughDocument
from ingest.readers.text import decode

_FRONT_MATTER = re.compile(r"\A---[^\S\n]*\n(.*?\n)(?:---|\.\.\.)[^\S\n]*(?:\n|\Z)", re.DOTALL)
_TITLE = re.compile(r"^title:[^\S\n]*(.+)$", re.MULTILINE)
_PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")


def read_markdown(data: bytes) -> RoughDocument:
    text = decode(data)
    title = None
    if front := _FRONT_MATTER.match(text):
        if named := _TITLE.search(front.group(1)):
            title = named.group(1).strip().strip("\"'") or None
        text = text[front.end() :]
    return RoughDocument(tuple(_blocks(_PARSER.parse(text))), title, marked_up=True)


def _blocks(tokens: list[Token]) -> Iterator[RoughBlock]:
    kind: BlockKind = "paragraph"
    level = 0
    in_item = False
    row: list[str] = []
    rows = 0
    for token in tokens:
        if token.type == "heading_open":
            kind, level = "heading", int(token.tag[1])
        elif token.type == "heading_close":
            kind, level = "paragraph", 0
        elif token.type in ("list_item_open", "list_item_close"):
            in_item = token.type == "list_item_open"
        elif token.type == "tr_open":
            kind, row = "table", []
        elif token.type == "tr_close":
            yield RoughBlock("table", " | ".join(row), gap="\n" if rows else "\n\n")
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
                yield RoughBlock("list_item" if in_item else kind, words, level)


def _words(inline: Token) -> str:
    parts = []
    for child in inline.children or []:
        if child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif child.type == "image" or child.type in ("text", "code_inline", "text_special"):
            parts.append(child.content)
    return "".join(parts).strip()
