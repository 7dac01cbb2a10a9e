"""A walk through a page: pieces of text between the borders of block-level elements."""

import re
from typing import Any, NamedTuple

import lxml.html
from lxml import etree

from ingest.documents import BlockKind
from ingest.errors import UnreadableFile
from ingest.readers.html.elements import is_hidden, one_line
from ingest.readers.html.tables import is_layout, read_table
from ingest.readers.rough import RoughBlock
from ingest.readers.text import normalise

_KINDS: dict[str, tuple[BlockKind, int]] = {
    **{f"h{level}": ("heading", level) for level in range(1, 7)},
    **dict.fromkeys(("li", "dd", "dt"), ("list_item", 0)),
    **dict.fromkeys(("caption", "figcaption"), ("caption", 0)),
    **dict.fromkeys(("listing", "pre", "xmp"), ("code", 0)),
}
_BLOCK = re.compile(
    "address|article|aside|blockquote|body|center|details|dialog|dir|div|dl|fieldset|figure|footer|"
    "form|header|hgroup|hr|html|legend|main|menu|nav|ol|optgroup|option|p|search|section|summary|"
    "table|tbody|td|tfoot|th|thead|tr|ul|" + "|".join(_KINDS)
)
_FURNITURE = re.compile("aside|button|dialog|footer|form|menu|nav|search|select")
_ROLE = re.compile("banner|complementary|contentinfo|dialog|navigation|search", re.I)
_LABEL = re.compile(
    r"(?<![^\W_])(?:ads?|advert|advertisement|breadcrumbs?|comments|consent|cookies?|disqus|gdpr|"
    r"newsletter|related|share|sharing|social)(?![^\W_])",
    re.I,
)  # in names of classes: of use only where trafilatura cannot judge


class Place(NamedTuple):
    """Where on the page the walk is."""

    kind: BlockKind = "paragraph"
    level: int = 0
    central: bool = False
    furniture: bool = False


class Piece(NamedTuple):
    """A paragraph, or a whole table: what is kept or dropped together."""

    blocks: list[RoughBlock]
    text: str
    place: Place


def html_blocks(html: str) -> list[RoughBlock]:
    """All that a page shows, in its order. Raises UnreadableFile as read_html does."""
    page = parse(html)
    pieces = pieces_of(page) if page is not None else []
    return [block for piece in pieces for block in piece.blocks]


def parse(html: str) -> Any:
    # huge_tree: without it, what is nested deeper than 256 elements is left out without a word
    parser = lxml.html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, no_network=True
    )
    try:
        page = lxml.html.document_fromstring(html.encode(), parser=parser)
    except (etree.LxmlError, ValueError):  # nothing but comments and white space
        return None
    if any("xcessive depth" in error.message for error in parser.error_log):
        raise UnreadableFile("elements nested too deeply")
    return page


def pieces_of(page: Any) -> list[Piece]:
    articles = list(page.iter("article"))
    mains = [*page.iter("main"), *page.iterfind(".//*[@role='main']")]
    center = next(iter(mains or (articles if len(articles) == 1 else page.iter("body"))), page)
    needed = set()  # a header around the title or the main part is no furniture
    for element in [center, *page.iter("h1")]:
        while element is not None and element not in needed:
            needed.add(element)
            element = element.getparent()
    return _Walk(page, Place(), center, needed).pieces


class _Walk:
    """The pieces of an element in their order: text between the borders of block-level elements."""

    def __init__(self, root: Any, place: Place, center: Any = None, needed: Any = ()) -> None:
        self.pieces: list[Piece] = []
        self._text: list[str] = []
        self._places = [place]
        self._center, self._needed = center, needed
        skipped = None
        events = etree.iterwalk(root, events=("start", "end"))
        for event, element in events:
            if event == "start":
                if is_hidden(element) or self._takes_table(element):
                    events.skip_subtree()
                    skipped = element
                else:
                    self._enter(element)
                continue
            if element is not skipped and _BLOCK.fullmatch(element.tag):
                self._flush()
                self._places.pop()
            if element is not root:
                self._text.append(element.tail or "")
        self._flush()

    def _enter(self, element: Any) -> None:
        if _BLOCK.fullmatch(element.tag):
            self._flush()
            outer = self._places[-1]
            kind, level = _KINDS.get(element.tag, outer[:2])
            central = outer.central or element is self._center
            furniture = outer.furniture or self._is_furniture(element, central)
            self._places.append(Place(kind, level, central, furniture))
        self._text.append("\n" if element.tag == "br" else element.text or "")

    def _is_furniture(self, element: Any, central: bool) -> bool:
        if element in self._needed or element.getparent().tag == "blockquote":
            return False
        return bool(
            _FURNITURE.fullmatch(element.tag)
            or (element.tag == "header" and not central)
            or _ROLE.fullmatch(element.get("role", ""))
            or _LABEL.search(element.get("class", ""))
            or _LABEL.search(element.get("id", ""))
        )

    def _flush(self) -> None:
        text, place = "".join(self._text), self._places[-1]
        self._text.clear()
        text = normalise(text).strip("\n").rstrip() if place.kind == "code" else one_line(text)
        if text:
            block = RoughBlock(place.kind, text, place.level)
            self.pieces.append(Piece([block], text, place))

    def _takes_table(self, element: Any) -> bool:
        """Read a table of values as one piece. One that lays out the page is walked instead."""
        if element.tag != "table" or is_layout(element):
            return False
        self._flush()
        place = self._places[-1]
        for caption in element.iter("caption"):
            self.pieces += _Walk(caption, place).pieces
        blocks, text = read_table(element, lambda cell: _cell(cell, place))
        self.pieces.append(Piece(blocks, text, place))
        return True


def _cell(cell: Any, place: Place) -> str:
    if len(cell) == 0:
        return one_line(cell.text or "")
    return " ".join(piece.text for piece in _Walk(cell, place).pieces)
