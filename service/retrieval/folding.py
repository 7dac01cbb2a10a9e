"""Near-duplicates become one: the same agency story in ten papers is one source with ten places."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from service.retrieval.retrieved import Place, RetrievedPassage
from service.retrieval.wording import Wording

_DIGIT = re.compile(r"\d")


def fold(passages: Sequence[RetrievedPassage]) -> list[RetrievedPassage]:
    """The passages in their order, without those that say the same as one before them
    (`Wording.same`), which is then given their places in `also`."""
    kept: list[RetrievedPassage] = []
    places: list[list[Place]] = []
    for found, same in zip(passages, _first_alike(passages), strict=True):
        if same is None:
            kept.append(found)
            places.append([])
        else:
            places[same] += [Place(found.passage, found.record), *found.also]
    return [
        replace(one, also=(*one.also, *others)) if others else one
        for one, others in zip(kept, places, strict=True)
    ]


def _first_alike(passages: Sequence[RetrievedPassage]) -> list[int | None]:
    """For each passage, the number, among those kept, of the one that it says the same as; None if
    it is kept itself.

    Only passages whose telling words are equal are compared with each other. Digits tell, so one
    with the digits of no other is not even taken apart into words, which takes the time here.
    """
    digits = {text: _digits(text) for text in {found.passage.text for found in passages}}
    having = Counter(digits.values())
    alike: dict[tuple[str, ...], list[tuple[int, Wording]]] = {}
    seen: dict[str, int] = {}
    found_alike: list[int | None] = []
    kept = 0
    for text, passage in ((found.passage.text, found.passage) for found in passages):
        same = seen.get(text)
        if same is None and having[digits[text]] > 1:
            wording = Wording(passage)
            group = alike.setdefault(wording.telling, [])
            same = next((number for number, other in group if wording.same(other)), None)
            if same is None:
                group.append((kept, wording))
        seen[text] = kept if same is None else same
        found_alike.append(same)
        kept += same is None
    return found_alike


def _digits(text: str) -> str:
    """All digits, in no order of the text: a title's may stand elsewhere in another paper."""
    return "".join(sorted(_DIGIT.findall(text)))
