"""Attribution: whether an answer names who makes a claim, and nobody where the document does."""

import re
import unicodedata

from eval.asked import Asked, places_of
from eval.metrics.citations import wholly
from eval.targets.response import SaidStatement

_WORD = re.compile(r"\w+")


def speaker_named(asked: Asked) -> float | None:
    """Share of the statements citing gold words that name one of the case's speakers as who says
    it, or nobody where the document itself does.

    A speaker is found at word boundaries, whatever the case and punctuation. Left out are cases
    without `speaker`, targets that do not say who makes a claim, and answers of which no statement
    cites gold words whole: `span recall` counts these.
    """
    if asked.case.speaker is None:
        return None
    named = [
        _names(said.attribution, asked.case.speaker)
        for said in asked.response.statements
        if said.attribution is not None and _cites_gold(asked, said)
    ]
    return sum(named) / len(named) if named else None


def _cites_gold(asked: Asked, said: SaidStatement) -> bool:
    cited = places_of(asked.response, said)
    return any(wholly(place, cited) for place in asked.gold_places)


def _names(attribution: str, speakers: tuple[str, ...]) -> bool:
    words = _words(attribution)
    if not speakers:
        return not words.strip()
    return any(_words(speaker) in words for speaker in speakers)


def _words(text: str) -> str:
    """Between spaces, so that `port` is not in `report`; "U.N." is one word, as "UN" is."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace(".", "")
    return f" {' '.join(_WORD.findall(plain))} "
