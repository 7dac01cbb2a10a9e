"""Ids of answers, as endpoints show them."""

import re

COMPLETION = "chatcmpl-"
"""What OpenAI's protocol puts before an answer's id."""
_ID = re.compile(rf"(?:{COMPLETION})?([0-9a-f]{{32}})")


def answer_id_of(given: str) -> str | None:
    """None for what no answer has."""
    found = _ID.fullmatch(given.strip())
    return found[1] if found else None
