"""Untrue by a turn: negated, a negation taken away, or a word become its opposite."""

import re
from random import Random

from eval.cases.drafts.verbs import PAST
from eval.claims.claim import Reworded, Told, replaced

_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|has|have|had|can|could|will|would|should|may|might|must|does|did|do)\b"
    r"(?! not|n?['’]t\b| never| no )"
)
_NOT = re.compile(
    r"\b(?:(?P<aux>is|are|was|were|has|have|had|can|could|will|would|should|may|might|must|does|"
    r"did|do)(?: not|n['’]t)|(?P<can>can)(?:not|['’]t)|never)\b(?! only)"
)
_PAST = re.compile(rf"(?<=[a-z’'] )(?P<verb>{'|'.join(sorted(PAST))})\b(?! by\b)")
_OPPOSITES = """
increased:decreased increase:decrease rose:fell higher:lower highest:lowest more:less most:least
before:after above:below first:last north:south northern:southern east:west eastern:western
larger:smaller largest:smallest oldest:youngest older:younger early:late earlier:later
longest:shortest won:lost win:lose accepted:rejected approved:rejected allowed:banned
supported:opposed male:female men:women father:mother son:daughter husband:wife true:false
legal:illegal possible:impossible public:private rich:poor strong:weak all:none always:never
often:rarely majority:minority better:worse best:worst positive:negative success:failure
successful:unsuccessful began:ended begin:end opened:closed open:closed inside:outside
internal:external hot:cold warm:cold high:low old:new many:few maximum:minimum upper:lower
left:right major:minor common:rare common:uncommon bought:sold added:removed joined:left
entered:left gained:lost arrived:departed
"""
_TURNS: dict[str, list[str]] = {}
for _one, _other in (pair.split(":") for pair in _OPPOSITES.split()):
    _TURNS.setdefault(_one, []).append(_other)
    _TURNS.setdefault(_other, []).append(_one)
_NEXT_WORD = re.compile(r"\s*\S+")
_TURNING = re.compile(rf"\b(?:{'|'.join(sorted(_TURNS))})\b", re.IGNORECASE)


def negated(told: Told, draw: Random) -> Reworded | None:
    """ "was" becomes "was not" and "not" goes; a verb in the past tense gets "did not"."""
    text = told.text
    denying = list(_NOT.finditer(text))
    if denying:
        return _affirmed(text, draw.choice(denying))
    auxiliaries = list(_AUXILIARY.finditer(text))
    if auxiliaries:
        found = auxiliaries[0] if draw.random() < 0.7 else draw.choice(auxiliaries)
        return replaced(text, found.span(), f"{found[0]} not")
    verbs = list(_PAST.finditer(text))
    if verbs:
        found = verbs[0]
        return replaced(text, found.span(), f"did not {PAST[found['verb']]}")
    return None


def opposite(told: Told, draw: Random) -> Reworded | None:
    """One word of it becomes its opposite: "rose" for "fell", "before" for "after"."""
    found = list(_TURNING.finditer(told.text))
    if not found:
        return None
    chosen = draw.choice(found)
    by = draw.choice(_TURNS[chosen[0].lower()])
    if chosen[0][0].isupper():
        by = by.capitalize()
    return replaced(told.text, chosen.span(), by)


def _affirmed(text: str, denial: re.Match[str]) -> Reworded:
    kept = denial["aux"] or denial["can"] or ""
    start, end = denial.span()
    if not kept:  # "never", with the space behind it
        end += len(text[end:]) - len(text[end:].lstrip())
    made = text[:start] + kept + text[end:]
    following = _NEXT_WORD.match(made, start + len(kept))
    return Reworded(made, ((start, following.end() if following else len(made)),))
