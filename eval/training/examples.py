"""Training examples for the extractive engine, from SQuAD-format files.

Every answerable question is asked four times: of an index of all articles and of one of its own
article alone, each time as it is, and with what answers it taken away (its article from the
large index; from the small one, every passage in which the answer's words occur). The first kind
should be answered, the second refused. Questions that the file says have no answer are refused.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.cases.squad import SquadArticle, SquadQuestion, write_articles
from ingest.documents import document_id
from ingest.embedding import Encoder
from ingest.index.opening import open_index
from ingest.run import run as ingest
from ingest.settings import IngestSettings
from service.answering.asked import AskedWords
from service.answering.ranking import SentenceRanker
from service.answering.sentences import ScoredSentence, read_sentences
from service.retrieval.fulltext import FullText, fulltext_place
from service.retrieval.hybrid import RetrievedPassage, Retriever

SEED = 7
UNANSWERABLE = "written to have no answer"
_RETRIEVED = 8
_CONSIDERED = 40

RankerOf = Callable[[str], SentenceRanker | None]
"""The ranker for questions on an article: one that was not trained on it, if there is one."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question with what was found for it. `gold` marks the sentences that hold the answer."""

    question: str
    article: str
    asked: AskedWords
    passages: Sequence[RetrievedPassage]
    sentences: Sequence[ScoredSentence]
    gold: tuple[bool, ...]
    answerable: bool
    kind: str


def collect_examples(
    articles: list[SquadArticle],
    encoder: Encoder,
    ranker_of: RankerOf,
    settings: IngestSettings,
    folder: Path,
    most: int | None,
) -> Iterator[Example]:
    """Examples of `most` questions drawn at random (seeded); indexes are made in `folder`."""
    questions = [question for article in articles for question in article.questions]
    random.Random(SEED).shuffle(questions)
    questions = questions[:most]
    together = _retriever(articles, folder / "all", encoder, settings)
    for article in articles:
        ranker = ranker_of(article.source)
        if ranker is None:
            continue
        alone = _retriever([article], folder / article.source, encoder, settings)
        for question in questions:
            if question.article == article.source:
                yield from _examples(question, together, ranker, alone=False)
                if question.spans:
                    yield from _examples(question, alone, ranker, alone=True)


def _retriever(
    articles: list[SquadArticle], folder: Path, encoder: Encoder, settings: IngestSettings
) -> Retriever:
    write_articles(articles, folder / "documents")
    place = str(folder / "index")
    ingest(settings.model_copy(update={"index": place}), [str(folder / "documents")])
    fulltext = FullText(fulltext_place(place, settings.cache))
    retriever = Retriever(open_index(place), fulltext, encoder)
    retriever.sync()
    return retriever


def _examples(
    question: SquadQuestion, retriever: Retriever, ranker: SentenceRanker, alone: bool
) -> Iterator[Example]:
    found = retriever.retrieve(question.question, _CONSIDERED)
    if not question.spans:
        yield _example(question, found, retriever, ranker, False, UNANSWERABLE)
        return
    where = "alone" if alone else "all"
    yield _example(question, found, retriever, ranker, True, where)
    rest = _without_answer(question, found, retriever, alone)
    yield _example(question, rest, retriever, ranker, False, f"{where} without the answer")


def _without_answer(
    question: SquadQuestion, found: list[RetrievedPassage], retriever: Retriever, alone: bool
) -> list[RetrievedPassage]:
    article = document_id(question.article)
    if not alone:
        return [item for item in found if item.record.document_id != article]
    start, end = question.spans[0]
    answer = retriever.index.document(article).text[start:end].casefold()
    return [item for item in found if answer not in item.passage.text.casefold()]


def _example(
    question: SquadQuestion,
    found: Sequence[RetrievedPassage],
    retriever: Retriever,
    ranker: SentenceRanker,
    answerable: bool,
    kind: str,
) -> Example:
    passages = found[:_RETRIEVED]
    asked = AskedWords.of(question.question, retriever.fulltext)
    sentences = read_sentences(question.question, asked, passages, ranker)
    gold = tuple(_holds(one, question) for one in sentences)
    return Example(
        question.question, question.article, asked, passages, sentences, gold, answerable, kind
    )


def _holds(one: ScoredSentence, question: SquadQuestion) -> bool:
    """Whether any of the answers stands in the sentence."""
    sentence = one.sentence
    return sentence.source.record.document_id == document_id(question.article) and any(
        sentence.start <= start and end <= sentence.end for start, end in question.spans
    )
