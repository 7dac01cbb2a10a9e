"""Sentences of passages as statements: the very words, what they lean on, and who says them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.index import Index
from service.answering.answer import Citation, Statement
from service.answering.choice import Choice
from service.answering.leaning import needed_before
from service.answering.sentences import Sentence, sentences_of
from service.answering.speakers import Speakers
from service.retrieval.retrieved import RetrievedPassage

_MOST_PLACES = 10  # footnotes of a statement that stands in many documents


class Quoting:
    """Quotes from passages of an index."""

    def __init__(self, index: Index, passages: Sequence[RetrievedPassage]) -> None:
        self._speakers = Speakers(index, passages)

    def statements(self, chosen: Sequence[Choice]) -> Iterator[Statement]:
        """A statement for each sentence, but one for those that need each other."""
        needed = [self._needed_before(choice.best.sentence) for choice in chosen]
        brought = {_place(one) for sentences in needed for one in sentences}
        for choice, sentences in zip(chosen, needed, strict=True):
            if _place(choice.best.sentence) not in brought:
                yield self._statement(choice, sentences)

    def speaker_of(self, sentence: Sentence) -> str | None:
        return self._speakers.of(sentence.source, sentence.start, sentence.end)

    def _needed_before(self, sentence: Sentence) -> list[Sentence]:
        source = sentence.source
        before = self._speakers.beside(source).before
        near = sentences_of(replace(source, passage=before, also=())) if before else []
        return needed_before(sentence, [*near, *sentences_of(source)])

    def _statement(self, choice: Choice, needed: Sequence[Sentence]) -> Statement:
        sentence = choice.best.sentence
        quoted = [*needed, sentence]
        citations = list(_citations(quoted))
        if not needed:
            citations += [one for same in choice.same for one in _citations([same.sentence])]
            citations += _elsewhere(sentence)
        text = " ".join(one.text for one in quoted)
        distinct = tuple(dict.fromkeys(citations))[:_MOST_PLACES]
        return Statement(text, distinct, self.speaker_of(sentence))


def _citations(quoted: Sequence[Sentence]) -> Iterator[Citation]:
    """One for each passage that sentences in a row stand in."""
    for passage_id in dict.fromkeys(one.source.passage.id for one in quoted):
        here = [one for one in quoted if one.source.passage.id == passage_id]
        source = here[0].source
        yield Citation(source.record, source.passage, here[0].start, here[-1].end, 1.0)


def _elsewhere(sentence: Sentence) -> Iterator[Citation]:
    """The same words in the passages that say the same as the sentence's own."""
    source = sentence.source
    origin = source.passage.start
    words = source.passage.text[sentence.start - origin : sentence.end - origin]
    for place in source.also:
        at = place.passage.text.find(words)
        if at >= 0:
            start = place.passage.start + at
            yield Citation(place.record, place.passage, start, start + len(words), 1.0)


def _place(sentence: Sentence) -> tuple[str, int]:
    return sentence.source.passage.id, sentence.start
