"""Foreign text made fit to be shown: nothing in it steers a terminal or breaks an XML parser."""

import re

_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff"
_DIRECTIONS = "\u202a-\u202e\u2066-\u2069"  # they would turn round what we write beside them
_NOT_TEXT = re.compile(f"[{_CONTROLS}]")
_NOT_LEGIBLE = re.compile(f"[{_CONTROLS}{_DIRECTIONS}]")
_LINE_ENDS = re.compile(r"\r\n?")


def without_controls(text: str) -> str:
    """The text with no control characters but line ends and tabs: legal in XML and HTML."""
    return _NOT_TEXT.sub("", _LINE_ENDS.sub("\n", text))


def legible(text: str) -> str:
    """Without marks of writing direction too, for places that do not keep texts apart."""
    return _NOT_LEGIBLE.sub("", _LINE_ENDS.sub("\n", text))


def on_one_line(text: str) -> str:
    return " ".join(legible(text).split())


def shortened(text: str, most: int) -> str:
    """At most so many characters, cut after a word where there is one."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    at_word = cut.rsplit(maxsplit=1)[0] if cut.split() else cut
    return (at_word if len(at_word) > most // 2 else cut).rstrip() + "…"
