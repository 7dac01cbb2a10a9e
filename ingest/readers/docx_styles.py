"""What the style of a Word paragraph makes it: a heading, an item of a list, a caption."""

import re
from dataclasses import dataclass
from typing import Any, Literal

_NAMESPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"heading ?([1-9])")
_LIST = re.compile(r"list(?: (?:paragraph|bullet|number|continue))?(?: \d)?")
_CONTENTS = re.compile(r"toc \d|table of figures")
_MOST_BASES = 20

StyleKind = Literal["title", "heading", "list_item", "caption", "contents", "paragraph"]


@dataclass(frozen=True, slots=True)
class Style:
    kind: StyleKind
    level: int = 0


def w(name: str) -> str:
    """A name in WordprocessingML's namespace."""
    return _NAMESPACE + name


def value_of(element: Any, *path: str) -> str | None:
    """The `val` of a descendant, "" where it has none, None where there is no such descendant."""
    found = element.find("/".join(map(w, path)))
    return None if found is None else found.get(w("val"), "")


def number_of(element: Any, *path: str) -> int | None:
    value = value_of(element, *path)
    return int(value) if value and value.isdecimal() and len(value) < 10 else None


class Styles:
    """Styles by their ids. Word stores its own styles' names in English in every language, and
    only their ids are translated; styles that people make are based on them."""

    def __init__(self, styles: Any) -> None:
        self._elements = {
            element.get(w("styleId")): element
            for element in styles.iterchildren(w("style"))
            if element.get(w("type")) == "paragraph"
        }
        self._known: dict[str, Style] = {}

    def of_paragraph(self, paragraph: Any) -> Style:
        style = self._of_id(value_of(paragraph, "pPr", "pStyle") or "")
        if style.kind in ("title", "contents", "caption"):
            return style
        outline = number_of(paragraph, "pPr", "outlineLvl")
        if outline is not None:
            return Style("heading", outline + 1) if outline < 9 else Style("paragraph")
        if style.kind == "heading":
            return style
        numbering = value_of(paragraph, "pPr", "numPr", "numId")
        if numbering is not None:
            return Style("list_item") if numbering != "0" else Style("paragraph")
        return style

    def _of_id(self, style_id: str) -> Style:
        if style_id not in self._known:
            self._known[style_id] = self._found(style_id)
        return self._known[style_id]

    def _found(self, style_id: str) -> Style:
        for _ in range(_MOST_BASES):  # styles can be based on each other in a circle
            element = self._elements.get(style_id)
            if element is None:
                break
            style = _own(element)
            if style:
                return style
            style_id = value_of(element, "basedOn") or ""
        return Style("paragraph")


def _own(element: Any) -> Style | None:
    """What a style says without the one it is based on."""
    name = (value_of(element, "name") or "").casefold()
    if name == "title":
        return Style("title", 1)
    if heading := _HEADING.fullmatch(name):
        return Style("heading", int(heading[1]))
    if name == "caption":
        return Style("caption")
    if _CONTENTS.fullmatch(name):
        return Style("contents")
    outline = number_of(element, "pPr", "outlineLvl")
    if outline is not None:
        return Style("heading", outline + 1) if outline < 9 else Style("paragraph")
    if _LIST.fullmatch(name) or value_of(element, "pPr", "numPr", "numId") not in (None, "0"):
        return Style("list_item")
    return None
