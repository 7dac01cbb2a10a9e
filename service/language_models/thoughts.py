"""Models that think aloud: what stands between <think> and </think> is no part of an answer."""

import re

_OPENING = re.compile(r"<think(?:ing)?>", re.IGNORECASE)
_CLOSING = re.compile(r"</think(?:ing)?>", re.IGNORECASE)
_LONGEST_TAG = len("</thinking>")


class ThoughtFilter:
    """Takes a stream's pieces, tags split between them or not, and gives the answer's text.

    White space before the answer goes. Some servers swallow the opening tag, so at a closing one
    without it, what is not given yet goes too; what was given cannot be taken back.
    """

    def __init__(self) -> None:
        self.thought = False
        """Whether there were any thoughts."""
        self._inside = False
        self._begun = False
        self._held = ""

    def feed(self, piece: str) -> str:
        """The text that is certain now, perhaps none."""
        self._held += piece
        given = ""
        while found := (_CLOSING if self._inside else _ANY).search(self._held):
            opens = _OPENING.match(found[0]) is not None
            if not self._inside:
                given = given + self._held[: found.start()] if opens else ""
            self._inside = opens
            self.thought = True
            self._held = self._held[found.end() :]
        keep = _partial_tag(self._held)
        if not self._inside:
            given += self._held[: len(self._held) - keep]
        self._held = self._held[len(self._held) - keep :]
        return self._from_its_beginning(given)

    def end(self) -> str:
        """What was held back, now that no tag can come of it."""
        held, self._held = self._held, ""
        return "" if self._inside else self._from_its_beginning(held)

    def _from_its_beginning(self, text: str) -> str:
        if not self._begun:
            text = text.lstrip()
            self._begun = bool(text)
        return text


_ANY = re.compile(f"{_OPENING.pattern}|{_CLOSING.pattern}", re.IGNORECASE)


def _partial_tag(text: str) -> int:
    """How many letters at the end may become a tag."""
    start = text.rfind("<", max(0, len(text) - _LONGEST_TAG))
    if start < 0:
        return 0
    tail = text[start:].lower()
    tags = ("<think>", "<thinking>", "</think>", "</thinking>")
    return len(tail) if any(tag.startswith(tail) for tag in tags) else 0
