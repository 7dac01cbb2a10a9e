"""Web pages: trafilatura says which text is the article, the page itself how it is written.

trafilatura's output is not the text: it leaves captions out and changes white space.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from ingest.readers.html.elements import one_line, span_of
from ingest.readers.html.encoding import declared_charset, decode_as
from ingest.readers.html.walk import Piece, parse, pieces_of
from ingest.readers.rough import Dropped, RoughDocument

_WORD = re.compile(r"\w+")
_KNOWN = 0.6  # share of a piece's word triples in the article, which may miss a link or two
_FEW_WORDS = 10  # in furniture, so few may be the article's by chance
_SHORT_PAGE = 2000  # characters, below which trafilatura has too little to judge by
_MOST_EFFORT = 2_000_000  # some 20 seconds; on a page of 5 MB it is less than half of that


def read_html(data: bytes) -> RoughDocument:
    """The article of a page, its title, and what it says of itself: author, date, url, site.

    Where trafilatura finds little of the page's text, all but the page's furniture is kept.
    Raises UnreadableFile for bytes that are no text, and for elements nested beyond all measure.
    """
    page = parse(decode_as(data, declared_charset(data)))
    if page is None:
        return RoughDocument((), marked_up=True)
    pieces = pieces_of(page)
    title, metadata = _about(page)
    judged = _judged(pieces, _article(page), title or "")
    plain = _plain(pieces)
    enough = 0.8 if _amount(plain) < _SHORT_PAGE else 0.2
    chosen = judged if _amount(judged) > enough * _amount(plain) else plain
    return RoughDocument(
        tuple(block for piece in chosen for block in piece.blocks),
        title,
        marked_up=True,
        is_page=True,
        metadata=metadata,
        dropped=tuple(_outside(pieces, chosen)),
    )


def _outside(pieces: list[Piece], chosen: list[Piece]) -> Iterator[Dropped]:
    kept = {id(piece) for piece in chosen}
    for piece in pieces:
        if id(piece) not in kept:
            yield Dropped("outside the article", piece.text)


def _about(page: Any) -> tuple[str | None, dict[str, str]]:
    from trafilatura import extract_metadata  # loads for half a second

    try:
        # A date from anywhere in the text may be any date: only what is named one counts.
        dates = {"extensive_search": False, "original_date": True}
        found = extract_metadata(page, date_config=dates).as_dict()
    except Exception:  # its parsers of other people's metadata fail in many ways
        found = {"title": page.findtext(".//title")}
    names = {"author": "author", "date": "date", "url": "url", "site": "sitename"}
    metadata = {name: one_line(found.get(key) or "") for name, key in names.items()}
    title = one_line(found.get("title") or "")
    return title or None, {name: value for name, value in metadata.items() if value}


def _article(page: Any) -> list[Piece]:
    from trafilatura import extract  # loads for half a second

    if _effort(page) > _MOST_EFFORT:
        return []
    try:
        html = extract(
            page, output_format="html", include_comments=False, include_tables=True, fast=True
        )
        article = parse(html or "")
    except Exception:  # whatever it stumbles over, the page can be read without it
        article = None
    return pieces_of(article) if article is not None else []


def _effort(page: Any) -> int:
    """trafilatura looks at an element once for each one around it, and fills spanned cells."""
    depth = effort = 0
    for event, element in etree.iterwalk(page, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if event == "start":
            effort += depth + span_of(element, "rowspan") * span_of(element, "colspan")
    return effort


def _judged(pieces: list[Piece], article: list[Piece], title: str) -> list[Piece]:
    """Pieces that are in the article, and captions beside them."""
    whole = {_key(piece.text) for piece in article}
    triples = set(_triples(word for piece in article for word in _WORD.findall(piece.text)))

    def known(piece: Piece) -> bool:
        words = _WORD.findall(piece.text)
        if piece.place.furniture and len(words) < _FEW_WORDS:
            return False
        key = _key(piece.text)
        if key in whole or (piece.place.level == 1 and key in _key(title)):
            return True
        own = _triples(words)
        return bool(own) and sum(triple in triples for triple in own) >= _KNOWN * len(own)

    kept = [bool(article) and known(piece) for piece in pieces]
    for here, piece in enumerate(pieces):
        if piece.place.kind == "caption" and not piece.place.furniture:
            kept[here] = any(kept[max(0, here - 1) : here + 2])
    return [piece for piece, keep in zip(pieces, kept, strict=True) if keep]


def _plain(pieces: list[Piece]) -> list[Piece]:
    """The page without its furniture, or all of it, if it is nothing but furniture."""
    bare = [piece for piece in pieces if not piece.place.furniture]
    for some in ([piece for piece in bare if piece.place.central], bare):
        if any(_WORD.search(piece.text) for piece in some):
            return some
    return pieces


def _amount(pieces: Iterable[Piece]) -> int:
    return sum(len(piece.text) for piece in pieces)


def _triples(words: Iterable[str]) -> list[tuple[str, ...]]:
    words = list(words)
    return list(zip(words, words[1:], words[2:], strict=False))


def _key(text: str) -> str:
    return "".join(_WORD.findall(text))
