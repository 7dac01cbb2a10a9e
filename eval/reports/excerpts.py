"""A document's words around a citation or gold words, with both marked in them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from eval.cases.case import GoldWords
from eval.cases.gold import places_of
from eval.results import CaseResult
from eval.targets.library import Library
from eval.targets.response import CitedSpan

CONTEXT = 160
"""Characters before and after the words."""

Mark = Literal["plain", "cited", "gold", "both"]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Segment:
    text: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words of a document. In a citation's excerpt `cited` marks that citation alone; in that of
    gold words it marks all that the answer cites there. `gold` marks all the case's gold words."""

    source: str
    start: int | None
    """Of the words themselves, in code points; None when they are not in the document."""
    page: int | None
    segments: tuple[Segment, ...]
    note: str = ""
    """What is wrong with the place, in words."""

    def words(self, *marks: Mark) -> str:
        return "".join(segment.text for segment in self.segments if segment.mark in marks)


@dataclass(frozen=True, slots=True)
class CaseExcerpts:
    cited: tuple[Excerpt, ...]
    """One for each citation of the response, in its order."""
    gold: tuple[Excerpt, ...]
    """One for each group of gold words: of the alternative that is cited, else of the first."""


def excerpts_of(result: CaseResult, library: Library) -> CaseExcerpts:
    case, citations = result.case, result.response.citations
    gold = [words for group in case.gold for words in group]
    return CaseExcerpts(
        cited=tuple(_of_citation(citation, gold, library) for citation in citations),
        gold=tuple(_of_group(group, gold, citations, library) for group in case.gold),
    )


def _of_citation(citation: CitedSpan, gold: Sequence[GoldWords], library: Library) -> Excerpt:
    identifier, start, end = citation.document_id, citation.start, citation.end
    if identifier is None or start is None or end is None:
        return _unplaced(citation.source, citation.cited_text, "cited", "found in no document")
    text = library.text(identifier)
    if not 0 <= start < end <= len(text):
        note = "the document ends before the cited place"
        return _unplaced(citation.source, citation.cited_text, "cited", note)
    marked = _gold_spans(gold, identifier, text, library)
    segments = _segments(text, _window(text, (start, end)), [(start, end)], marked)
    verbatim = text[start:end] == citation.cited_text
    note = "" if verbatim else f"the footnote says something else: {citation.cited_text}"
    return Excerpt(citation.source, start, citation.page, segments, note)


def _of_group(
    group: Sequence[GoldWords],
    gold: Sequence[GoldWords],
    citations: Sequence[CitedSpan],
    library: Library,
) -> Excerpt:
    places = list(_places(group, library))
    if not places:
        words = group[0]
        return _unplaced(words.document, words.words, "gold", "not in the document")
    identifier, source, span = next(
        (place for place in places if _overlapping(place[2], _cited_spans(citations, place[0]))),
        places[0],
    )
    text = library.text(identifier)
    cited = _cited_spans(citations, identifier)
    marked = _gold_spans(gold, identifier, text, library)
    return Excerpt(source, span[0], None, _segments(text, _window(text, span), cited, marked))


def _unplaced(source: str, words: str, mark: Mark, note: str) -> Excerpt:
    return Excerpt(source, None, None, (Segment(words, mark),), note)


def _places(group: Sequence[GoldWords], library: Library) -> Iterator[tuple[str, str, Span]]:
    """Document, source and span of each place where an alternative stands."""
    for words in group:
        identifier = library.find(words.document)
        if identifier is not None:
            for span in _found(words, library.text(identifier)):
                yield identifier, words.document, span


def _gold_spans(
    gold: Sequence[GoldWords], identifier: str, text: str, library: Library
) -> list[Span]:
    here = (words for words in gold if library.find(words.document) == identifier)
    return [span for words in here for span in _found(words, text)]


def _found(words: GoldWords, text: str) -> Iterator[Span]:
    starts = places_of(words.words, text) if words.start is None else (words.start,)
    for start in starts:
        yield start, start + len(words.words)


def _cited_spans(citations: Sequence[CitedSpan], identifier: str) -> list[Span]:
    return [
        (citation.start, citation.end)
        for citation in citations
        if citation.document_id == identifier
        and citation.start is not None
        and citation.end is not None
    ]


def _overlapping(span: Span, others: Iterable[Span]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)


def _window(text: str, span: Span) -> Span:
    """The span with its context, cut between words."""
    start, end = max(0, span[0] - CONTEXT), min(len(text), span[1] + CONTEXT)
    if start > 0 and not text[start - 1].isspace():
        start = next((at + 1 for at in range(start, span[0]) if text[at].isspace()), span[0])
    if end < len(text) and not text[end].isspace():
        end = next((at for at in range(end - 1, span[1] - 1, -1) if text[at].isspace()), span[1])
    return start, end


def _segments(
    text: str, window: Span, cited: Sequence[Span], gold: Sequence[Span]
) -> tuple[Segment, ...]:
    """The window cut wherever a mark begins or ends; no two neighbours have the same mark."""
    start, end = window
    cuts = {edge for span in (*cited, *gold) for edge in span if start < edge < end}
    segments: list[Segment] = []
    for left, right in pairwise(sorted({start, end, *cuts})):
        mark = _mark(_overlapping((left, right), cited), _overlapping((left, right), gold))
        if segments and segments[-1].mark == mark:
            segments[-1] = Segment(segments[-1].text + text[left:right], mark)
        else:
            segments.append(Segment(text[left:right], mark))
    return tuple(segments)


def _mark(cited: bool, gold: bool) -> Mark:
    if cited and gold:
        return "both"
    if cited:
        return "cited"
    return "gold" if gold else "plain"
