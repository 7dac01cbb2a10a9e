"""Near-duplicates become one: the same agency story in ten papers is one source with ten places."""

from collections.abc import Sequence
from dataclasses import replace

from service.retrieval.retrieved import Place, RetrievedPassage
from service.retrieval.wording import Wording


def fold(passages: Sequence[RetrievedPassage]) -> list[RetrievedPassage]:
    """The passages in their order, without those that say the same as one before them
    (`Wording.same`), which is then given their places in `also`.

    Only passages whose telling words are equal are compared with each other.
    """
    kept: list[RetrievedPassage] = []
    places: list[list[Place]] = []
    alike: dict[tuple[str, ...], list[tuple[int, Wording]]] = {}
    seen: dict[str, int] = {}
    for found in passages:
        text = found.passage.text
        if text not in seen:
            wording = Wording(found.passage)
            group = alike.setdefault(wording.telling, [])
            same = next((number for number, other in group if wording.same(other)), None)
            seen[text] = len(kept) if same is None else same
            if same is None:
                group.append((len(kept), wording))
                kept.append(found)
                places.append([])
                continue
        places[seen[text]] += [Place(found.passage, found.record), *found.also]
    return [
        replace(one, also=(*one.also, *others)) if others else one
        for one, others in zip(kept, places, strict=True)
    ]
