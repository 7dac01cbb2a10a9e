"""Elements of a page: what is seen of them."""

import re
from typing import Any

from ingest.readers.text import normalise

_UNSEEN = re.compile("[\u00ad\u200b]")  # where a word may be broken
_HIDDEN = re.compile(
    "annotation|area|audio|canvas|datalist|embed|head|iframe|input|map|noscript|object|script|"
    "style|svg|template|textarea|title|video"
)
_HIDING = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_MOST_SPAN = 50  # rows or columns; with the next two, no table can grow beyond measure


def is_hidden(element: Any) -> bool:
    return (
        bool(_HIDDEN.fullmatch(element.tag))
        or "hidden" in element.attrib
        or (element.tag == "dialog" and "open" not in element.attrib)
        or bool(_HIDING.search(element.get("style", "")))
    )


def span_of(cell: Any, name: str) -> int:
    value = cell.get(name, "1").strip()
    return max(1, min(int(value), _MOST_SPAN)) if value.isdecimal() and len(value) < 9 else 1


def one_line(text: str) -> str:
    return " ".join(_UNSEEN.sub("", normalise(text)).split())
