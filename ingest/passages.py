"""Tiling: a document becomes passages that, joined, are its text again, character for character.

A passage ends at a sentence end and fits the embedding model together with the title and the
headings it is embedded with. Paragraphs stay whole where they can; a heading opens a passage, and
a caption has one of its own, since it belongs to a picture and not to the text around it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.chunks import chunks
from ingest.documents import Block, Document, PageStart, Passage
from ingest.sentences import block_spans

CountTokens = Callable[[Sequence[str]], list[int]]
"""Token counts of texts, without special tokens, in one call for many texts."""

SPECIAL_TOKENS = 2
_CONTEXT_SHARE = 4  # title and headings take at most a quarter of what the model reads
_LONGEST_HEADING = 300  # characters of a heading that every passage below it keeps
_OVERLONG_STEP = 100
_LETTERS_PER_TOKEN = 24  # at most: to most models a word without end is one unknown token
_COUNTED_AT_ONCE = 1000  # tokenizers need a lot of memory for a text


@dataclass(frozen=True, slots=True)
class PassageSettings:
    """Sizes in tokens of the embedding model."""

    most_tokens: int = 256
    """What the model reads: text, title, headings and special tokens."""
    target_tokens: int = 128
    """Whole paragraphs are joined up to this size."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence with the white space after it: the smallest piece that passages are made of."""

    start: int
    end: int
    tokens: int
    block: Block
    opens_block: bool


def split_document(
    document: Document, count_tokens: CountTokens, settings: PassageSettings
) -> list[Passage]:
    """Tile a document.

    Invariant: `"".join(p.text for p in passages) == document.text`, and positions count from 0.
    """
    room = settings.most_tokens - SPECIAL_TOKENS - settings.most_tokens // _CONTEXT_SHARE
    sizes = _sizes_of(count_tokens, room)
    units = _fitting(document.text, _units(document, sizes), room, sizes)
    groups = list(_grouped(units, room, min(room, settings.target_tokens)))
    headings = _HeadingPath(document)
    passages = []
    for position, group in enumerate(groups):
        start, end = group[0].start, group[-1].end
        passages.append(
            Passage(
                document_id=document.id,
                position=position,
                start=start,
                text=document.text[start:end],
                blocks=_blocks_within(document.text, group),
                headings=headings.above(group[0].block.start),
                pages=_pages_within(document, start, end),
            )
        )
    return passages


def embedded_text(title: str, passage: Passage, cut: Callable[[str, int], str], most: int) -> str:
    """What is embedded for a passage: title and headings, which are no part of its text, first.

    `cut(text, tokens)` shortens a text to a number of tokens; `most` is what the model reads.
    """
    if passage.blocks and passage.blocks[0].kind == "title":
        return passage.text  # it begins with the title already
    context = " - ".join([title, *passage.headings])
    return cut(context, most // _CONTEXT_SHARE - 1) + "\n" + passage.text


def _sizes_of(count_tokens: CountTokens, room: int) -> CountTokens:
    """Tokens, and for texts of few but long words more, so that passages are bounded in characters
    too. Texts that cannot fit into `room` are not counted exactly, which would cost memory."""

    def sizes(texts: Sequence[str]) -> list[int]:
        found = [-(-len(text) // _LETTERS_PER_TOKEN) for text in texts]
        short = [at for at, size in enumerate(found) if size <= room]
        for some in chunks(short, _COUNTED_AT_ONCE):
            for at, tokens in zip(some, count_tokens([texts[at] for at in some]), strict=True):
                found[at] = max(found[at], tokens)
        return found

    return sizes


def _units(document: Document, count_tokens: CountTokens) -> list[_Unit]:
    blocks = document.blocks or (Block("paragraph", 0, len(document.text)),)
    starts: list[tuple[int, Block, bool]] = []
    for block in blocks:
        spans = block_spans(block.kind, document.text[block.start : block.end]) or [(0, 0)]
        for number, (start, _) in enumerate(spans):
            at = block.start if number == 0 else block.start + start
            starts.append((at, block, number == 0))
    if not starts:
        return []
    starts[0] = (0, *starts[0][1:])
    ends = [start for start, _, _ in starts[1:]] + [len(document.text)]
    counts = count_tokens([document.text[s[0] : e] for s, e in zip(starts, ends, strict=True)])
    return [
        _Unit(start, end, tokens, block, opens)
        for (start, block, opens), end, tokens in zip(starts, ends, counts, strict=True)
        if end > start
    ]


def _fitting(
    text: str, units: list[_Unit], room: int, count_tokens: CountTokens
) -> Iterator[_Unit]:
    """Cut what no passage could hold: a sentence longer than the model reads."""
    for unit in units:
        opens = unit.opens_block
        while unit.tokens > room:
            cut, head = _cut_at(text, unit, room, count_tokens)
            yield replace(unit, end=cut, tokens=head, opens_block=opens)
            rest = count_tokens([text[cut : unit.end]])[0]
            unit, opens = replace(unit, start=cut, tokens=rest), False
        yield replace(unit, opens_block=opens)


def _cut_at(text: str, unit: _Unit, room: int, count_tokens: CountTokens) -> tuple[int, int]:
    """The furthest place at which `unit` can be cut so that its head fits, at a space if any, and
    the tokens of that head."""
    high = min(unit.end - 1, unit.start + _OVERLONG_STEP + 8 * room)  # few tokens are longer
    low = _furthest(text, unit.start, high, room, count_tokens)
    space = max(text.rfind(" ", unit.start, low), text.rfind("\n", unit.start, low))
    cut = space + 1 if space > unit.start + (low - unit.start) // 2 else low
    return cut, count_tokens([text[unit.start : cut]])[0]


def _furthest(text: str, start: int, high: int, room: int, count_tokens: CountTokens) -> int:
    """The furthest end, up to `high`, of a head that fits into `room`; tokens are spread about
    evenly, so a few looks are enough."""
    low, at_low = start + 1, 1
    at_high = count_tokens([text[start:high]])[0]
    if at_high <= room:
        return max(low, high)
    while high - low > 1:
        share = (room + 0.5 - at_low) / (at_high - at_low)
        middle = min(max(low + round(share * (high - low)), low + 1), high - 1)
        tokens = count_tokens([text[start:middle]])[0]
        if tokens <= room:
            low, at_low = middle, tokens
        else:
            high, at_high = middle, tokens
    return low


def _grouped(units: Iterator[_Unit], room: int, target: int) -> Iterator[list[_Unit]]:
    group: list[_Unit] = []
    tokens = 0
    for paragraph in _paragraphs(units):
        size = sum(unit.tokens for unit in paragraph)
        opens = group and (_must_open(paragraph[0], group[-1]) or tokens + size > target)
        if opens and not (_only_headings(group) and tokens + size <= room):
            yield group
            group, tokens = [], 0
        if tokens + size <= room:
            group, tokens = group + paragraph, tokens + size
            continue
        *whole, last = _balanced(paragraph, room)
        yield from whole
        group, tokens = last, sum(unit.tokens for unit in last)
    if group:
        yield group


def _paragraphs(units: Iterator[_Unit]) -> Iterator[list[_Unit]]:
    paragraph: list[_Unit] = []
    for unit in units:
        if unit.opens_block and paragraph:
            yield paragraph
            paragraph = []
        paragraph.append(unit)
    if paragraph:
        yield paragraph


def _must_open(unit: _Unit, before: _Unit) -> bool:
    kinds = (unit.block.kind, before.block.kind)
    return kinds[0] in ("title", "heading") or (kinds[0] != kinds[1] and "caption" in kinds)


def _only_headings(group: list[_Unit]) -> bool:
    return all(unit.block.kind in ("title", "heading") for unit in group)


def _balanced(paragraph: list[_Unit], room: int) -> list[list[_Unit]]:
    """Split an overlong paragraph into parts of about the same size, each within `room`."""
    total = sum(unit.tokens for unit in paragraph)
    aim = total / -(-total // room)
    parts: list[list[_Unit]] = [[]]
    size = 0
    for unit in paragraph:
        if parts[-1] and (size + unit.tokens > room or size + unit.tokens / 2 > aim):
            parts.append([])
            size = 0
        parts[-1].append(unit)
        size += unit.tokens
    return parts


def _blocks_within(text: str, group: list[_Unit]) -> tuple[Block, ...]:
    """The blocks of a passage, cut to it, without white space around them."""
    blocks: list[Block] = []
    for unit in group:
        start = max(unit.block.start, group[0].start)
        end = min(unit.block.end, group[-1].end)
        end = start + len(text[start:end].rstrip())
        inside = replace(unit.block, start=start, end=end)
        if inside.end > inside.start and (not blocks or blocks[-1] != inside):
            blocks.append(inside)
    return tuple(blocks)


def _pages_within(document: Document, start: int, end: int) -> tuple[PageStart, ...]:
    """The page that `start` is on, and those that start before `end`."""
    first = bisect_right(document.pages, start, key=lambda page: page.start)
    last = bisect_left(document.pages, end, key=lambda page: page.start)
    return document.pages[max(0, first - 1) : last]


class _HeadingPath:
    """Headings above a place, outermost first; asked for places in ascending order."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._coming = [block for block in reversed(document.blocks) if block.kind == "heading"]
        self._path: list[Block] = []

    def above(self, place: int) -> tuple[str, ...]:
        while self._coming and self._coming[-1].start <= place:
            block = self._coming.pop()
            self._path = [above for above in self._path if above.level < block.level] + [block]
        ends = (min(block.end, block.start + _LONGEST_HEADING) for block in self._path)
        texts = (self._text[b.start : end] for b, end in zip(self._path, ends, strict=True))
        return tuple(" ".join(text.split()) for text in texts)
