"""Sentences to make claims of, from articles and from plain text."""

from collections.abc import Iterator, Sequence

from eval.cases.drafts.sentences import Prose
from eval.claims.claim import Told
from eval.claims.names import names_of
from ingest.sentences import sentence_spans

_LEAST_WORDS, _MOST_WORDS = 6, 60


def told_in(texts: Sequence[str]) -> Iterator[Told]:
    """The sentences of canonical texts; paragraphs are set apart by an empty line.

    Names of one's own text, and those of the others, may take a name's place.
    """
    proses = [Prose(text) for text in texts]
    named = [names_of(_sentences(prose.text), prose) for prose in proses]
    every = list(dict.fromkeys(name for names in named for name in names))
    for prose, own in zip(proses, named, strict=True):
        # One's own names several times over: they are the likely mistakes.
        names = [*own, *own, *every[:: max(1, len(every) // (len(own) + 1))]]
        for paragraph in prose.text.split("\n\n"):
            sentences = tuple(_sentences(paragraph))
            for place, sentence in enumerate(sentences):
                if is_claim(sentence):
                    yield Told(sentences, place, prose, names)


def is_claim(sentence: str) -> bool:
    """Whether it is a whole sentence of sane length."""
    words = len(sentence.split())
    return _LEAST_WORDS <= words <= _MOST_WORDS and sentence.rstrip('”"’)').endswith((".", "!"))


def _sentences(text: str) -> list[str]:
    return [" ".join(text[start:end].split()) for start, end in sentence_spans(text)]
