"""Who makes the claim of a quoted sentence, looked for in its passage and those beside it."""

from collections.abc import Sequence

from ingest.index import Index
from service.answering.attribution import speaker_of
from service.retrieval.neighbours import Neighbours, neighbours
from service.retrieval.retrieved import RetrievedPassage


class Speakers:
    """Of sentences of these passages."""

    def __init__(self, index: Index, passages: Sequence[RetrievedPassage]) -> None:
        distinct = {one.passage.id: one for one in passages}
        beside = neighbours(index, list(distinct.values()))
        self._beside: dict[str, Neighbours] = dict(zip(distinct, beside, strict=True))

    def of(self, source: RetrievedPassage, start: int, end: int) -> str | None:
        """Who the text says makes the claim of a span of its document; None for what it says
        itself. The name may stand in a neighbouring sentence or passage."""
        before, after = self.beside(source).before, self.beside(source).after
        origin = before.start if before else source.passage.start
        text = "".join(one.text for one in (before, source.passage, after) if one)
        found = speaker_of(text, start - origin, end - origin)
        return found.name if found else None

    def beside(self, source: RetrievedPassage) -> Neighbours:
        return self._beside.get(source.passage.id, Neighbours(None, None))
