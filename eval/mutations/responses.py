"""Faults in what a service answers: each takes a right response and gives a broken one.

None is an error that a service would notice; all are what a person would be misled by.
"""

import random
import re
import zlib
from collections.abc import Callable, Iterator

from eval.asked import place_of
from eval.targets.library import Library
from eval.targets.response import CitedSpan, Response, SaidStatement
from ingest.sentences import sentence_spans

Fault = Callable[[Response, Library], Response]

_SHIFT = 7
_FAR = 40
_NEGATION = re.compile(
    r"\b(?:not|never|no|nor|neither|without)\b\s?|(?<=\w)n['’]t\b", re.IGNORECASE
)
_NAME = re.compile(r"(?<![.!?“\"] )(?<!^)\b[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*")
_NUMBER = re.compile(r"\d+")


def shifted_offsets(response: Response, library: Library) -> Response:
    """The words are kept, the offsets are a few characters off."""

    def shift(citation: CitedSpan) -> CitedSpan:
        assert citation.start is not None and citation.end is not None
        moved = {"start": citation.start + _SHIFT, "end": citation.end + _SHIFT}
        return citation.model_copy(update=moved)

    return _with_citations(response, [shift(c) for c in response.citations])


def shifted_spans(response: Response, library: Library) -> Response:
    """Offsets and words agree, but are those of the text a little further on."""
    return _with_citations(
        response, [_moved(citation, library, _FAR) for citation in response.citations]
    )


def shuffled_citations(response: Response, library: Library) -> Response:
    """Each footnote points at some sentence of the retrieved passages, drawn at random."""
    sentences = list(_retrieved_sentences(response, library))
    if not sentences:
        return response
    draw = random.Random(zlib.crc32(response.answer.encode()))
    return _with_citations(response, [draw.choice(sentences) for _ in response.citations])


def first_passage_cited(response: Response, library: Library) -> Response:
    """Each footnote points at the whole first passage, as chunk-level citations do."""
    if not response.passages:
        return response
    first = response.passages[0]
    cited = CitedSpan(
        document_id=first.document_id,
        source=_source_of(first.document_id, library),
        start=first.start,
        end=first.end,
        cited_text=library.text(first.document_id)[first.start : first.end],
    )
    return _with_citations(response, [cited] * len(response.citations))


def other_source_named(response: Response, library: Library) -> Response:
    """Words and offsets are right, the name of the document is another's."""
    renamed = [c.model_copy(update={"source": f"{c.source}.bak"}) for c in response.citations]
    return _with_citations(response, renamed)


def sentence_added(response: Response, library: Library) -> Response:
    """Between the cited statements stands one that is nobody's."""
    added = SaidStatement(text="This is well known.", citations=())
    return response.model_copy(update={"statements": (*response.statements, added)})


def uncited(response: Response, library: Library) -> Response:
    """Statements come without footnotes."""
    bare = [SaidStatement(text=s.text, citations=()) for s in response.statements]
    return response.model_copy(update={"statements": tuple(bare), "citations": ()})


def always_abstains(response: Response, library: Library) -> Response:
    """It says that it does not know, whatever is asked."""
    return Response(
        answer="I do not know.",
        abstained=True,
        passages=response.passages,
        confidence=response.confidence,
        timings_ms=response.timings_ms,
    )


def dropped_negations(response: Response, library: Library) -> Response:
    """ "never", "not" and their like are left out of what is said."""
    return _saying(response, lambda text: " ".join(_NEGATION.sub("", text).split()))


def swapped_speakers(response: Response, library: Library) -> Response:
    """Names are replaced by other names of the retrieved passages."""
    names = sorted({m.group() for p in response.passages for m in _NAME.finditer(p.text)})

    def swap(text: str) -> str:
        others = iter([name for name in names if name not in text])
        return _NAME.sub(lambda found: next(others, found.group()), text)

    return _saying(response, swap)


def unattributed(response: Response, library: Library) -> Response:
    """Nobody is named as who makes a claim."""
    bare = [
        s.model_copy(update={"attribution": ""}) if s.attribution else s
        for s in response.statements
    ]
    return response.model_copy(update={"statements": tuple(bare)})


def changed_numbers(response: Response, library: Library) -> Response:
    """Each number is one more than the document's."""
    return _saying(response, lambda text: _NUMBER.sub(lambda n: str(int(n.group()) + 1), text))


def _with_citations(response: Response, citations: list[CitedSpan]) -> Response:
    return response.model_copy(update={"citations": tuple(citations)})


def _saying(response: Response, change: Callable[[str], str]) -> Response:
    said = [s.model_copy(update={"text": change(s.text)}) for s in response.statements]
    if tuple(said) == response.statements:
        return response
    answer = " ".join(statement.text for statement in said)
    return response.model_copy(update={"statements": tuple(said), "answer": answer})


def _moved(citation: CitedSpan, library: Library, by: int) -> CitedSpan:
    place = place_of(citation)
    assert place is not None
    text = library.text(place.document_id)
    by = by if place.end + by <= len(text) else -by
    start, end = max(0, place.start + by), place.end + by
    return citation.model_copy(update={"start": start, "end": end, "cited_text": text[start:end]})


def _source_of(document_id: str, library: Library) -> str:
    return next(name for name in library.sources() if library.find(name) == document_id)


def _retrieved_sentences(response: Response, library: Library) -> Iterator[CitedSpan]:
    for passage in response.passages:
        source = _source_of(passage.document_id, library)
        for start, end in sentence_spans(passage.text):
            yield CitedSpan(
                document_id=passage.document_id,
                source=source,
                start=passage.start + start,
                end=passage.start + end,
                cited_text=passage.text[start:end],
            )
