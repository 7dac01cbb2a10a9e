"""The text of a PDF page as pieces of lines with their geometry, by PDFium's raw functions.

PDFium says where each character is; it separates words by white space, its own or the file's.
Calls to it take most of the time, so it is asked only for the first and the last character of a
word, and for the font only where a line begins or the height of the letters changes.
"""

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ingest.readers.pdf.lines import RIGHT_TO_LEFT, SOFT_HYPHEN, Line
from ingest.readers.text import normalise

_WORD = re.compile(r"[^\s\x00\x02\ufffe]+[\x02\ufffe]?|\n")
_LEADERS = re.compile(r"(?: ?[.·_]){5,} ?")  # they fill a line up to a page number
_BOLD = re.compile(r"bold|black|heavy|-bd|demi", re.IGNORECASE)
_FORCE_BOLD = 1 << 18
_BOLD_WEIGHT = 600
_TURN_STEP = 5  # degrees that directions of text are rounded to
_SAME_LINE = 0.6  # of the font size: superscripts stay in their line
_CELL_GAP = 1.5  # of the font size: a wider space separates columns or cells
_SAME_HEIGHT = 0.01  # points


class _Style(NamedTuple):
    size: float
    bold: bool
    turn: int
    """Direction of the text in degrees."""
    cos: float
    sin: float


class _Word(NamedTuple):
    text: str
    left: float
    right: float
    base: float
    style: _Style


@dataclass(slots=True)
class _Piece:
    left: float
    right: float
    size: float
    base: float
    words: list[str] = field(default_factory=list)
    weights: dict[tuple[float, float], int] = field(default_factory=dict)
    letters: int = 0
    bold: int = 0

    def goes_on(self, word: _Word) -> bool:
        size = max(self.size, word.style.size)
        before = self.words[-1]
        if before.endswith(SOFT_HYPHEN) or abs(word.base - self.base) > _SAME_LINE * size:
            return False
        after = word.left - self.right
        if not (before.isascii() and word.text.isascii()) and RIGHT_TO_LEFT.search(
            before + word.text
        ):  # numbers in such a line run the other way
            return max(after, self.left - word.right) < _CELL_GAP * size
        return -0.5 * size < after < _CELL_GAP * size

    def add(self, word: _Word) -> None:
        self.left, self.right = min(self.left, word.left), max(self.right, word.right)
        self.size, self.base = word.style.size, word.base
        length = len(word.text)
        key = (word.style.size, round(word.base, 2))
        self.weights[key] = self.weights.get(key, 0) + length
        self.letters += length
        self.bold += length * word.style.bold
        self.words.append(word.text)

    def line(self, page: int) -> Line:
        size, base = max(self.weights, key=lambda key: self.weights[key])
        text = _LEADERS.sub(" .... ", " ".join(self.words)).strip()
        bold = self.bold > 0.9 * self.letters
        return Line(text, self.left, self.right, base, size, bold, page)


@dataclass(frozen=True, slots=True)
class PageText:
    """Pieces in the file's order. `lines` run in the page's main direction, `aside` in others
    (stamps at the margin, watermarks). Left to right and top to bottom are of the main direction.
    """

    number: int
    top: float
    bottom: float
    lines: tuple[Line, ...]
    aside: tuple[Line, ...]


def page_text(page: Any, number: int) -> PageText:
    """The text of a PdfPage of pypdfium2. Raises what pypdfium2 raises."""
    box = page.get_bbox()
    pieces: dict[int, list[_Piece]] = {}
    letters: Counter[int] = Counter()
    textpage = page.get_textpage()
    try:
        for word in _words(textpage.raw, box):
            turn = word.style.turn
            letters[turn] += len(word.text)
            line = pieces.setdefault(turn, [])
            if not (line and line[-1].goes_on(word)):
                line.append(_Piece(word.left, word.right, word.style.size, word.base))
            line[-1].add(word)
    finally:
        textpage.close()
    main = letters.most_common(1)[0][0] if letters else 0
    lines = tuple(piece.line(number) for piece in pieces.pop(main, []))
    aside = tuple(piece.line(number) for others in pieces.values() for piece in others)
    left, bottom, right, top = box
    cos, sin = _cos_sin(main)
    edges = [x * sin - y * cos for x in (left, right) for y in (bottom, top)]
    return PageText(number, min(edges), max(edges), lines, aside)


def _words(textpage: Any, page_box: tuple[float, float, float, float]) -> Iterator[_Word]:
    """Words in the file's order, those off the page left out; x and y along their direction."""
    # Imported here because loading PDFium takes time that only those who read PDFs need spend.
    from pypdfium2 import raw

    box_of = raw.FPDFText_GetLooseCharBox
    first, last = raw.FS_RECTF(), raw.FS_RECTF()
    page_left, page_bottom, page_right, page_top = page_box
    style, height, descent = _Style(1.0, False, 0, 1.0, 0.0), -1.0, 0.0
    for match in _WORD.finditer(_characters(textpage)):
        word = match[0]
        if word == "\n":
            height = -1.0
            continue
        text = word if word.isascii() and word.isprintable() else _letters(word)
        if not text:
            continue
        start = match.start()
        box_of(textpage, start, first)
        box_of(textpage, match.end() - 1, last)
        left, right = min(first.left, last.left), max(first.right, last.right)
        bottom, top = min(first.bottom, last.bottom), max(first.top, last.top)
        # Written so that what is not a number is off the page too.
        if not (
            right > page_left and left < page_right and top > page_bottom and bottom < page_top
        ):
            continue
        # A bold word often starts a line of light ones of the same height.
        new = abs(first.top - first.bottom - height) > _SAME_HEIGHT or style.turn or style.bold
        if new:
            style = _style(textpage, start)
            height = first.top - first.bottom
        if not style.turn:
            if new:
                descent = _baseline(textpage, start, style) + first.bottom
            yield _Word(text, left, right, descent - first.bottom, style)
            continue
        along = _extent((left, bottom, right, top), style, len(text))
        yield _Word(text, *along, _baseline(textpage, start, style), style)


def _extent(
    box: tuple[float, float, float, float], style: _Style, letters: int
) -> tuple[float, float]:
    """From where to where turned text runs, along its direction."""
    left, bottom, right, top = box
    along = [x * style.cos + y * style.sin for x in (left, right) for y in (bottom, top)]
    if style.turn % 90 == 0:
        return min(along), max(along)
    # The upright box around slanted text says little of its length.
    middle, half = sum(along) / 4, style.size * letters / 4
    return middle - half, middle + half


def _characters(textpage: Any) -> str:
    """One character for each of PDFium's, so that positions in the string are its indices."""
    from pypdfium2 import raw

    count = raw.FPDFText_CountChars(textpage)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(textpage, 0, count, buffer) - 1
    text = bytes(buffer)[: 2 * written].decode("utf-16-le", "surrogatepass")
    if written == count == len(text):
        return text
    # PDFium leaves characters without Unicode out of its text, and pairs those beyond 16 bits.
    codes = [raw.FPDFText_GetUnicode(textpage, index) for index in range(count)]
    return "".join(chr(code) if code < 0x110000 else "\0" for code in codes)


def _letters(word: str) -> str:
    """A word in its normal form; PDFium has already made letters of most ligatures."""
    broken = word[-1] in "\x02\ufffe"
    text = word.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return normalise(text).strip() + (SOFT_HYPHEN if broken else "")


def _style(textpage: Any, index: int) -> _Style:
    from pypdfium2 import raw

    matrix, flags, name = raw.FS_MATRIX(), ctypes.c_int(), ctypes.create_string_buffer(128)
    raw.FPDFText_GetMatrix(textpage, index, matrix)
    size = raw.FPDFText_GetFontSize(textpage, index) * math.hypot(matrix.c, matrix.d)
    raw.FPDFText_GetFontInfo(textpage, index, name, 128, flags)
    bold = (
        bool(_BOLD.search(name.value.decode("utf-8", "replace")))
        or bool(flags.value & _FORCE_BOLD)
        or raw.FPDFText_GetFontWeight(textpage, index) >= _BOLD_WEIGHT
    )
    if not math.isfinite(size + matrix.a + matrix.b):
        return _Style(1.0, bold, 0, 1.0, 0.0)
    angle = math.degrees(math.atan2(matrix.b, matrix.a))
    turn = round(angle / _TURN_STEP) * _TURN_STEP % 360
    return _Style(max(round(abs(size), 2), 0.1), bold, turn, *_cos_sin(turn))


def _cos_sin(turn: int) -> tuple[float, float]:
    return math.cos(math.radians(turn)), math.sin(math.radians(turn))


def _baseline(textpage: Any, index: int, style: _Style) -> float:
    """The y of a character's baseline, downwards."""
    from pypdfium2 import raw

    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(textpage, index, x, y)
    base = x.value * style.sin - y.value * style.cos
    return base if math.isfinite(base) else 0.0
