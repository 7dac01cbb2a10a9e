"""A cheap sample of a collection, and the questions that its sentences answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.documents import Passage, passage_id
from ingest.index import Index
from ingest.index.record import DocumentRecord
from service.answering.sentences import Sentence, sentences_of
from service.answering.written.language import is_surely
from service.retrieval.retrieved import RetrievedPassage
from service.suggesting.claims import claim
from service.suggesting.forms import FORMS, Told
from service.suggesting.headings import heading
from service.suggesting.suggestion import Candidate, Draft
from service.suggesting.topics import topics_of
from service.suggesting.well_formed import is_well_formed

_MOST_DOCUMENTS = 12
_FIRST_PASSAGES = 10
_LATER_PASSAGES = 6
_SHOWS_LANGUAGE = 2000  # characters
_ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class _Read:
    """The beginning of a document, and some of the rest."""

    record: DocumentRecord
    passages: Sequence[Passage]

    @property
    def text(self) -> str:
        return "\n\n".join(passage.text for passage in self.passages)

    def sentences(self) -> list[Sentence]:
        found = [
            sentence
            for passage in self.passages
            for sentence in sentences_of(RetrievedPassage(passage, self.record, 0.0, 0.0, 0.0))
        ]
        return [one for one in found if not one.is_caption]


def sample(index: Index, document_ids: Sequence[str] | None) -> list[DocumentRecord]:
    """Documents that lie evenly in the collection, or among those of the ids."""
    if document_ids is None:
        total = index.document_count()
        found = [
            record
            for offset in _evenly(total, _MOST_DOCUMENTS)
            for record in index.page_of_records(1, offset)
        ]
    else:
        known = index.records(document_ids)
        wanted = [known[key] for key in dict.fromkeys(document_ids) if key in known]
        found = [wanted[at] for at in _evenly(len(wanted), _MOST_DOCUMENTS)]
    return [record for record in found if record.state == "whole"]


def candidates(index: Index, record: DocumentRecord) -> list[Candidate]:
    """Well-formed questions that a document answers, each with what should answer it, the most
    promising first."""
    read = _Read(record, index.passages(_ids(record), {record.document_id: record}))
    found = list(_of_headings(read))
    if is_surely(read.text[:_SHOWS_LANGUAGE], _ENGLISH):
        found += _of_sentences(read)
    distinct = {one.draft.question.lower(): one for one in reversed(found)}
    formed = [one for one in distinct.values() if is_well_formed(one.draft.question)]
    return sorted(formed, key=lambda one: (-one.draft.worth, one.start))


def _ids(record: DocumentRecord) -> list[str]:
    later = range(_FIRST_PASSAGES, record.passages)
    positions = [
        *range(min(_FIRST_PASSAGES, record.passages)),
        *(later[at] for at in _evenly(len(later), _LATER_PASSAGES)),
    ]
    return [passage_id(record.document_id, position) for position in positions]


def _of_headings(read: _Read) -> Iterator[Candidate]:
    around = read.text
    for passage in read.passages:
        blocks = passage.blocks
        for place, block in enumerate(blocks):
            if block.kind != "heading":
                continue
            words = passage.text[block.start - passage.start : block.end - passage.start]
            ends = [one.start for one in blocks[place + 1 :] if one.kind in ("heading", "title")]
            end = ends[0] if ends else passage.end
            if words.strip() == read.record.title:
                continue
            for draft in heading(words, read.record.title, around):
                yield Candidate(draft, read.record, block.start, end)


def _of_sentences(read: _Read) -> Iterator[Candidate]:
    sentences = read.sentences()
    title, around = read.record.title, read.text
    topics = list(topics_of(title, [sentence.text for sentence in sentences]))
    for sentence in sentences:
        for draft in _drafts(sentence, title, around, topics):
            yield Candidate(draft, read.record, sentence.start, sentence.end)


def _drafts(sentence: Sentence, title: str, around: str, topics: list[str]) -> Iterator[Draft]:
    passage = sentence.source.passage
    span = (sentence.start - passage.start, sentence.end - passage.start)
    for draft, topic in claim(passage.text, span, topics):
        topics.append(topics.pop(topics.index(topic)))  # the next claim on another, if it may be
        yield draft
    told = Told.of(sentence.text, title, " ".join(passage.headings), around)
    if told is not None:
        for form in FORMS:
            yield from form(told)


def _evenly(total: int, most: int) -> list[int]:
    """At most so many places among `total`, at even distances from the first on."""
    wanted = min(total, most)
    return [place * total // wanted for place in range(wanted)]
