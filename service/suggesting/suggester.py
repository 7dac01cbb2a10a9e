"""Makes suggestions: reads a sample, asks what its sentences answer, keeps what is answered well.

Work is bounded: so many documents, so many questions, so many seconds.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice, zip_longest
from typing import Final

from cachetools import LRUCache

from ingest.errors import ModelError
from ingest.one_at_a_time import OneAtATime
from service.answering.answer import Citation
from service.answering.answerer import Answerer
from service.suggesting.choosing import chosen, varied
from service.suggesting.reading import candidates, sample
from service.suggesting.suggestion import Asked, Candidate, Suggestion

_MOST_ASKED: Final = 40
_MOST_SECONDS: Final = 6.0
_SECONDS_TO_CHOOSE: Final = 1.5  # after which as many as are wanted are enough
_ENOUGH: Final = 2  # times as many as are wanted, to choose from
_REMEMBERED: Final = 200  # sets of suggestions
_SURER: Final = 0.6  # of the way from the least confidence of an answer to certainty

_Key = tuple[str, int, tuple[str, ...] | None]


class Suggester:
    """Suggests first questions over the index of an answerer, which quotes."""

    def __init__(self, answerer: Answerer, threshold: float) -> None:
        """`threshold`: least confidence at which the answerer answers, 0 to 1."""
        self._answerer = answerer
        self._least = threshold + _SURER * (1 - threshold)
        self._making = OneAtATime()
        self._made: LRUCache[_Key, tuple[Suggestion, ...]] = LRUCache(_REMEMBERED)

    def suggest(
        self, limit: int, document_ids: Sequence[str] | None = None
    ) -> tuple[Suggestion, ...]:
        """At most `limit` questions, each answered from its document; the same while the index is.

        Raises IndexMissing, IndexUnreachable or IndexMismatch.
        """
        index = self._answerer.retriever.index
        within = None if document_ids is None else tuple(sorted(set(document_ids)))
        with self._making.turn():
            key = (index.revision(), limit, within)
            if key not in self._made:
                made, is_whole = self._make(limit, within)
                if not is_whole:  # a machine that is busy now may find more later
                    return made
                self._made[key] = made
            return self._made[key]

    def _make(
        self, limit: int, document_ids: tuple[str, ...] | None
    ) -> tuple[tuple[Suggestion, ...], bool]:
        """Suggestions, and whether all was done that may be."""
        began = time.monotonic()
        good: list[Asked] = []
        for candidate in islice(self._promising(document_ids), _MOST_ASKED):
            took = time.monotonic() - began
            if len(good) >= limit * (1 if took > _SECONDS_TO_CHOOSE else _ENOUGH):
                break
            if took > _MOST_SECONDS:
                return chosen(good, limit), False
            if found := self._asked(candidate, document_ids):
                good.append(found)
        return chosen(good, limit), True

    def _promising(self, document_ids: tuple[str, ...] | None) -> Iterator[Candidate]:
        """The best of each document, then the second ones, and so on, of changing kinds."""
        index = self._answerer.retriever.index
        of_each = [varied(candidates(index, one)) for one in sample(index, document_ids)]
        for rank in zip_longest(*of_each):
            yield from filter(None, rank)

    def _asked(self, candidate: Candidate, document_ids: tuple[str, ...] | None) -> Asked | None:
        """None for a question that is not answered well."""
        with suppress(ModelError):
            answer = self._answerer.ask(candidate.draft.question, (), document_ids)
            if answer.kind != "answer" or answer.confidence < self._least:
                return None
            first = answer.statements[0]
            if any(_is_where_it_was_made(one, candidate) for one in first.citations):
                return Asked(candidate, answer.confidence, first.text)
        return None


def _is_where_it_was_made(citation: Citation, candidate: Candidate) -> bool:
    return citation.document_id == candidate.record.document_id and (
        citation.start_char_index < candidate.end and candidate.start < citation.end_char_index
    )
