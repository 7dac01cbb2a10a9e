"""How language models say that they have no answer (`refusals.txt`)."""

import re
from functools import cache
from importlib.resources import files

NO_ANSWER = "NO ANSWER"
"""The line that the prompts ask for when the sentences do not answer."""

_FIXED = re.compile(r"\W*no[ _-]answer\W*", re.IGNORECASE)


def is_no_answer(sentence: str) -> bool:
    """Whether it is the line that the prompts ask for."""
    return bool(_FIXED.fullmatch(sentence))


def refuses(sentence: str) -> bool:
    """Whether a sentence says that there is no answer. One that cites may state it as a fact."""
    said = sentence.replace("’", "'")
    return is_no_answer(said) or any(refusal.search(said) for refusal in _refusals())


@cache
def _refusals() -> tuple[re.Pattern[str], ...]:
    written = files("service.answering.written").joinpath("refusals.txt").read_text("utf-8")
    lines = [line for line in written.splitlines() if line and not line.startswith("#")]
    return tuple(re.compile(line, re.IGNORECASE) for line in lines)
