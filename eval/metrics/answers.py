"""Answers: whether they say what has to be said, and nothing that must not be said."""

import re
import unicodedata

from eval.asked import Asked

_QUOTES = str.maketrans(dict.fromkeys("‘’‚‛`´", "'") | dict.fromkeys("“”„«»", '"'))
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")


def fact_recall(asked: Asked) -> float | None:
    """Share of the required facts of which the answer has one wording.

    A wording counts when it stands in the statements at word boundaries, whatever its case, white
    space, and kind of quotes and dashes; so `60` is not found in `1960`, nor in `60,000`.
    """
    if not asked.case.facts:
        return None
    said = said_text(asked)
    stated = [any(states(said, wording) for wording in group) for group in asked.case.facts]
    return sum(stated) / len(stated)


def forbidden_said(asked: Asked) -> float | None:
    """Share of the forbidden statements that the answer makes, found as facts are."""
    if not asked.case.forbidden:
        return None
    return len(forbidden_found(asked)) / len(asked.case.forbidden)


def forbidden_found(asked: Asked) -> list[str]:
    said = said_text(asked)
    return [words for words in asked.case.forbidden if states(said, words)]


def said_text(asked: Asked) -> str:
    """The statements, or, where there are none, the answer as it came; normalised."""
    response = asked.response
    said = " ".join(statement.text for statement in response.statements)
    return normalised(said or response.answer)


def states(said: str, wording: str) -> bool:
    """Whether a normalised text has a wording at word boundaries."""
    pattern = rf"(?<!\w)(?<!\d[.,]){re.escape(normalised(wording))}(?!\w)(?![.,]\d)"
    return re.search(pattern, said) is not None


def normalised(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text.translate(_QUOTES)).casefold()
    return " ".join(_DASHES.sub("-", folded).split())


def statement_count(asked: Asked) -> float | None:
    """Statements of an answer that is no abstention."""
    return None if asked.response.abstained else len(asked.response.statements)
